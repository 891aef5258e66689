import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { App } from "./support/app.mjs";
import { Clients, ways } from "./support/clients.mjs";
import { numbers } from "./support/values.mjs";
import { Inbox, ask, event, get } from "./support/waiting.mjs";

let app;
const clients = new Clients(() => app);
const reconnecting = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100 };

/** What a client says that has lost its connection; on polling that shows as an error if no poll was waiting. */
const lost = /^transport (close|error)$/;

before(async () => (app = await App.start()));
after(() => app?.stop());
afterEach(() => clients.closeAll());

for (const way of ways) {
  describe(`connections over ${way.name}`, { timeout: 60_000 }, () => {
    const open = (namespace, options) => clients.open(namespace, { way, ...options });

    it("kick puts out of one namespace and leaves the others", async () => {
      const manager = clients.manager({ way });
      const [main, custom] = [await clients.join(manager, "/"), await clients.join(manager, "/custom")];
      const before = main.id;
      const gone = event(main, "disconnect");
      main.emit("kick", false);

      assert.equal((await gone)[0], "io server disconnect");
      assert.deepEqual(await ask(custom, "message-with-ack", 1), [1]);
      await clients.connected(main);
      assert.notEqual(main.id, before);
      assert.equal(await get(main, "getId"), main.id);
    });

    it("kick of all puts out of every namespace and closes the connection", async () => {
      const manager = clients.manager({ way });
      const sockets = await Promise.all(["/", "/custom", "/chat"].map((name) => clients.join(manager, name)));
      const gone = sockets.map((socket) => event(socket, "disconnect"));
      const closed = event(manager, "close");
      sockets[0].emit("kick", true);

      assert.deepEqual((await Promise.all(gone)).map(([reason]) => reason), Array(3).fill("io server disconnect"));
      await closed;
    });

    it("a client that was kicked does not reconnect by itself, but may", async () => {
      const socket = await open("/", reconnecting);
      const gone = event(socket, "disconnect");
      socket.emit("kick", true);
      await gone;

      assert.equal(socket.active, false);
      await clients.connected(socket);
      assert.equal(await get(socket, "getId"), socket.id);
    });

    it("drop closes the connection without a DISCONNECT packet, and the client reconnects by itself", async () => {
      const socket = await open("/", reconnecting);
      const before = socket.id;
      const [gone, back] = [event(socket, "disconnect"), event(socket.io, "reconnect")];
      socket.emit("drop");

      assert.match((await gone)[0], lost);
      await back;
      await ask(socket, "getId");
      assert.notEqual(socket.id, before);
    });

    it("what is emitted while the connection is away arrives after the reconnection, in order", async () => {
      const socket = await open("/", reconnecting);
      const back = new Inbox(socket, "message-back", (n) => n);
      const gone = event(socket, "disconnect");
      socket.emit("drop");
      await gone;
      numbers(100).forEach((n) => socket.emit("message", n));

      assert.deepEqual(await back.count(100), numbers(100));
    });

    it("a client that was dropped is in no room any more, and its successor may join", async () => {
      const manager = clients.manager({ way, ...reconnecting });
      const [main, chat] = [await clients.join(manager, "/"), await clients.join(manager, "/chat")];
      const watcher = await clients.open("/chat");
      const left = new Inbox(watcher, "left");
      await ask(chat, "join", "r");
      const { id } = chat;
      const again = event(chat, "connect");
      main.emit("drop");

      assert.deepEqual(await left.count(1), [[id, "transport close"]]);
      assert.deepEqual(await get(watcher, "who", "r"), []);
      await again;
      assert.deepEqual(await ask(chat, "join", "r"), [["r"]]);
    });

    it("a client that leaves and comes back twenty times is each time a new one", async () => {
      const socket = await open("/");
      const ids = new Set();
      for (let round = 0; round < 20; round++) {
        ids.add(await get(socket, "getId"));
        socket.disconnect();
        await clients.connected(socket);
      }

      assert.equal(ids.size, 20);
    });

    it("an event over the limit ends its connection and no other", async () => {
      const [large, healthy] = [await open("/"), await open("/")];
      const gone = event(large, "disconnect");
      large.emit("message", "x".repeat(1_000_001));

      assert.match((await gone)[0], lost);
      assert.equal(await get(healthy, "getId"), healthy.id);
    });

    it("more attachments than allowed end the connection and no other", async () => {
      const [large, healthy] = [await open("/"), await open("/")];
      const gone = event(large, "disconnect");
      large.emit("message", numbers(11).map((n) => Buffer.from([n])));

      assert.match((await gone)[0], lost);
      assert.equal(await get(healthy, "getId"), healthy.id);
    });

    it("an event of exactly the limit is taken", async () => {
      const socket = await open("/");
      const envelope = '42["message",""]'.length;
      const text = "x".repeat(1_000_000 - envelope);
      const back = event(socket, "message-back");
      socket.emit("message", text);

      assert.ok((await back)[0] === text);
    });
  });
}

describe("connections", { timeout: 60_000 }, () => {
  it("fifty clients come and go together", async () => {
    for (const way of ways) {
      const sockets = await Promise.all(numbers(50).map(() => clients.open("/chat", { way })));
      const ids = await get(sockets[0], "who", null);
      assert.equal(sockets.filter(({ id }) => ids.includes(id)).length, 50);
      await clients.emptyChat();
    }
  });
});
