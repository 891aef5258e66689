// The basics with older clients of the same protocol.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import * as current from "socket.io-client";
import * as client31 from "socket.io-client-3.1";
import * as client40 from "socket.io-client-4.0";
import { App } from "./support/app.mjs";
import { Clients, ways } from "./support/clients.mjs";
import { numbers } from "./support/values.mjs";
import { Inbox, ask, event, get } from "./support/waiting.mjs";

let app;

before(async () => (app = await App.start()));
after(() => app?.stop());

for (const [version, library] of Object.entries({ "4.8": current, "4.0": client40, 3.1: client31 })) {
  const clients = new Clients(() => app, { library });

  describe(`client ${version}`, { timeout: 60_000 }, () => {
    afterEach(() => clients.closeAll());

    for (const way of ways) {
      it(`sends, receives and acknowledges over ${way.name}`, async () => {
        const socket = await clients.open("/", { way, query: { a: "b" } });
        const list = ["text", 1, { deep: [Buffer.from("binary")] }, null];
        const back = event(socket, "message-back");
        socket.emit("message", ...list);
        socket.on("question", (argument, answer) => answer(argument, "too"));

        assert.deepEqual(await back, list);
        assert.deepEqual(await ask(socket, "message-with-ack", ...list), list);
        assert.deepEqual(await get(socket, "ask", 10_000, 1), { ok: true, answer: [1, "too"] });
        assert.equal(await get(socket, "getId"), socket.id);
        assert.equal((await get(socket, "getHandshake")).query.a, "b");
      });

      it(`joins namespaces, is refused and tries again over ${way.name}`, async () => {
        const manager = clients.manager({ way });
        const main = await clients.join(manager, "/");
        const foo = await clients.join(manager, "/foo");
        const guarded = manager.socket("/guarded", { auth: { token: "wrong" } });
        const refusal = await clients.refused(guarded);
        guarded.auth = { token: "let-me-in", name: version };
        await clients.connected(guarded);

        assert.deepEqual([refusal.message, refusal.data], ["not authorized", { code: 401, hint: "token" }]);
        assert.deepEqual(await get(guarded, "whoami"), { name: version, id: guarded.id });
        assert.equal((await clients.refused(manager.socket("/nope"))).message, "Invalid namespace");
        assert.deepEqual([await get(main, "getId"), await get(foo, "getId")], [main.id, foo.id]);
      });

      it(`talks in rooms over ${way.name}`, async () => {
        const sockets = await Promise.all(numbers(3).map(() => clients.open("/chat", { way })));
        const [a, b, c] = sockets;
        const [heardByB, heardByC] = [new Inbox(b, "said"), new Inbox(c, "said")];
        await Promise.all([ask(a, "join", "r"), ask(b, "join", "r")]);
        numbers(100).forEach((n) => a.emit("room-others", "r", n));

        assert.deepEqual(await heardByB.count(100), numbers(100).map((n) => [a.id, n]));
        assert.deepEqual(heardByC.items, []);
      });

      it(`reconnects after a drop, stays away after a kick over ${way.name}`, async () => {
        const socket = await clients.open("/", { way, reconnection: true, reconnectionDelay: 20 });
        const [dropped, back] = [event(socket, "disconnect"), event(socket.io, "reconnect")];
        socket.emit("drop");
        assert.match((await dropped)[0], /^transport (close|error)$/);
        await back;
        await ask(socket, "getId");
        const kicked = event(socket, "disconnect");
        socket.emit("kick", true);

        assert.equal((await kicked)[0], "io server disconnect");
      });
    }
  });
}
