import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { App } from "./support/app.mjs";
import { Clients, ways } from "./support/clients.mjs";
import { numbers } from "./support/values.mjs";
import { Inbox, ask, event, get } from "./support/waiting.mjs";

let app;
const clients = new Clients(() => app);

before(async () => (app = await App.start()));
after(() => app?.stop());
afterEach(() => clients.closeAll());

for (const way of ways) {
  describe(`namespaces over ${way.name}`, { timeout: 60_000 }, () => {
    const open = (namespace, options) => clients.open(namespace, { way, ...options });

    it("/custom greets with the auth payload, and echoes", async () => {
      for (const auth of [undefined, { token: "x", nested: [{ a: null }] }]) {
        const socket = clients.create("/custom", { way, auth });
        const greeting = event(socket, "auth");
        await clients.connected(socket);
        const back = event(socket, "message-back");
        socket.emit("message", 1, { two: Buffer.from("2") });

        assert.deepEqual(await greeting, [auth ?? {}]);
        assert.deepEqual(await back, [1, { two: Buffer.from("2") }]);
        assert.deepEqual(await ask(socket, "message-with-ack", "a", null), ["a", null]);
      }
    });

    it("an auth payload may come from a function", async () => {
      const socket = clients.create("/custom", { way, auth: (send) => send({ token: "from a function" }) });
      const greeting = event(socket, "auth");
      await clients.connected(socket);

      assert.deepEqual(await greeting, [{ token: "from a function" }]);
    });

    it("/guarded refuses with message and data who has not the token", async () => {
      for (const auth of [undefined, {}, { token: "wrong" }, { token: 1 }, { token: null }, { TOKEN: "let-me-in" }]) {
        const refusal = await clients.refused(clients.create("/guarded", { way, auth }));

        assert.equal(refusal.message, "not authorized", JSON.stringify(auth));
        assert.deepEqual(refusal.data, { code: 401, hint: "token" });
      }
    });

    it("/guarded takes who has it, and tells its name", async () => {
      const named = await open("/guarded", { auth: { token: "let-me-in", name: "Zoë" } });
      const nameless = await open("/guarded", { auth: { token: "let-me-in" } });

      assert.deepEqual(await get(named, "whoami"), { name: "Zoë", id: named.id });
      assert.deepEqual(await get(nameless, "whoami"), { name: null, id: nameless.id });
    });

    it("who was refused may try again on the same connection", async () => {
      const manager = clients.manager({ way });
      const main = await clients.join(manager, "/");
      const guarded = manager.socket("/guarded", { auth: { token: "wrong" } });
      await clients.refused(guarded);
      guarded.auth = { token: "let-me-in" };
      await clients.connected(guarded);

      assert.equal((await get(guarded, "whoami")).id, guarded.id);
      assert.equal(await get(main, "getId"), main.id);
    });

    it("/no always refuses, without data", async () => {
      const refusal = await clients.refused(clients.create("/no", { way, auth: { token: "let-me-in" } }));

      assert.equal(refusal.message, "Auth failed (custom namespace)");
      assert.equal(refusal.data, undefined);
    });

    it("a namespace that there is not is refused, and the connection stays", async () => {
      const manager = clients.manager({ way });
      const main = await clients.join(manager, "/");
      for (const name of ["/nope", "/Custom", "/custom/", "/custom/deep", "/ключ"]) {
        const refusal = await clients.refused(manager.socket(name));
        assert.equal(refusal.message, "Invalid namespace", name);
        assert.equal(refusal.data, undefined);
      }

      assert.equal(await get(main, "getId"), main.id);
    });

    it("/foo answers getId; /asd, /valid and /timeout_socket take everybody", async () => {
      const foo = await open("/foo");

      assert.equal(await get(foo, "getId"), foo.id);
      for (const name of ["/asd", "/valid", "/timeout_socket"]) {
        assert.ok((await open(name)).id, name);
      }
    });

    it("/abc greets with the handshake", async () => {
      const socket = clients.create("/abc", { way, query: { a: "b c" }, auth: { token: "abc" }, extraHeaders: { "X-Test": "1" } });
      const greeting = event(socket, "handshake");
      await clients.connected(socket);
      const [handshake] = await greeting;

      assert.equal(handshake.query.a, "b c");
      assert.deepEqual(handshake.auth, { token: "abc" });
      assert.equal(handshake.headers["x-test"], "1");
    });

    it("/bench echoes, and delivers to rooms", async () => {
      const [inside, outside] = [await open("/bench"), await open("/bench")];
      const [heard, notHeard] = [new Inbox(inside, "chat"), new Inbox(outside, "chat")];

      assert.deepEqual(await ask(inside, "join", "r"), []);
      assert.deepEqual(await ask(outside, "chat", { room: "r", msg: { text: "from outside" } }), []);
      assert.deepEqual(await ask(inside, "chat", { room: "r", msg: Buffer.from("from inside") }), []);
      outside.emit("chat", { room: "r", msg: "no ack" });
      assert.deepEqual(await heard.count(3), [[{ text: "from outside" }], [Buffer.from("from inside")], ["no ack"]]);
      assert.deepEqual(await ask(outside, "echo", [1, Buffer.from("x")]), [[1, Buffer.from("x")]]);
      assert.deepEqual(notHeard.items, []);
    });

    it("several share a connection, each with its own id, events and acks", async () => {
      const manager = clients.manager({ way });
      const names = ["/", "/custom", "/foo", "/chat"];
      const sockets = await Promise.all(names.map((name) => clients.join(manager, name)));
      const [main, custom, foo] = sockets;
      const inboxes = sockets.map((socket) => new Inbox(socket, "message-back", (text) => text));
      for (const n of numbers(50)) {
        main.emit("message", `main ${n}`);
        custom.emit("message", `custom ${n}`);
      }

      assert.equal(new Set(sockets.map((socket) => socket.id)).size, names.length);
      assert.deepEqual(await inboxes[0].count(50), numbers(50).map((n) => `main ${n}`));
      assert.deepEqual(await inboxes[1].count(50), numbers(50).map((n) => `custom ${n}`));
      assert.deepEqual([await get(main, "getId"), await get(foo, "getId")], [main.id, foo.id]);
      assert.deepEqual(inboxes.map((inbox) => inbox.items.length), [50, 50, 0, 0]);
    });

    it("leaving one leaves the others, and it can be joined again", async () => {
      const manager = clients.manager({ way });
      const [main, custom] = [await clients.join(manager, "/"), await clients.join(manager, "/custom")];
      const before = custom.id;
      custom.disconnect();

      assert.equal(await get(main, "getId"), main.id);
      await clients.connected(custom);
      assert.notEqual(custom.id, before);
      assert.deepEqual(await ask(custom, "message-with-ack", 1), [1]);
      assert.equal(await get(main, "getId"), main.id);
    });
  });
}
