import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { App } from "./support/app.mjs";
import { Clients, webSocket, ways } from "./support/clients.mjs";
import { Inbox, ask, get } from "./support/waiting.mjs";

let app;
const clients = new Clients(() => app);

before(async () => (app = await App.start()));
after(() => app?.stop());

// Those of one test must be gone before the next: each sees all of /chat.
afterEach(() => clients.emptyChat());

/** Three clients; all that they hear until nothing of what was done before can come any more. */
class Company {
  static async open(way) {
    const company = new Company();
    company.sockets = await Promise.all([1, 2, 3].map(() => clients.open("/chat", { way })));
    company.inboxes = company.sockets.map((socket) => new Inbox(socket, "said", (id, data) => [socketName(company, id), data]));
    return company;
  }

  async heard() {
    const [first] = this.sockets;
    assert.deepEqual(await ask(first, "all", "that is all"), []);
    const isEnd = ([, data]) => data === "that is all";
    const heard = await Promise.all(this.inboxes.map((inbox) => inbox.when((items) => items.some(isEnd), "the end")));
    return heard.map((items) => items.splice(0).filter((item) => !isEnd(item)));
  }
}

const socketName = (company, id) => ["a", "b", "c"][company.sockets.findIndex((socket) => socket.id === id)];

for (const way of ways) {
  describe(`rooms over ${way.name}`, { timeout: 60_000 }, () => {
    it("join and leave answer with the client's rooms, sorted, without its own id", async () => {
      const socket = await clients.open("/chat", { way });

      assert.deepEqual(await ask(socket, "join", "b"), [["b"]]);
      assert.deepEqual(await ask(socket, "join", "a"), [["a", "b"]]);
      assert.deepEqual(await ask(socket, "join", "a"), [["a", "b"]]);
      assert.deepEqual(await ask(socket, "join", "комната 😀"), [["a", "b", "комната 😀"]]);
      assert.deepEqual(await ask(socket, "leave", "never joined"), [["a", "b", "комната 😀"]]);
      assert.deepEqual(await ask(socket, "leave", "a"), [["b", "комната 😀"]]);
      assert.deepEqual(await ask(socket, "leave", "b"), [["комната 😀"]]);
      assert.deepEqual(await ask(socket, "leave", "комната 😀"), [[]]);
    });

    it("room-all reaches the members of the room, the sender too if it is one", async () => {
      const company = await Company.open(way);
      const [a, b, c] = company.sockets;
      await Promise.all([ask(a, "join", "r"), ask(b, "join", "r")]);

      assert.deepEqual(await ask(a, "room-all", "r", { from: "a" }), []);
      assert.deepEqual(await ask(c, "room-all", "r", "from outside"), []);
      await ask(b, "leave", "r");
      await ask(a, "room-all", "r", Buffer.from("after b left"));
      await ask(a, "room-all", "empty room", "nobody");

      const both = [["a", { from: "a" }], ["c", "from outside"]];
      assert.deepEqual(await company.heard(), [[...both, ["a", Buffer.from("after b left")]], both, []]);
    });

    it("room-others leaves out the sender", async () => {
      const company = await Company.open(way);
      const [a, b, c] = company.sockets;
      await Promise.all([ask(a, "join", "r"), ask(b, "join", "r")]);

      assert.deepEqual(await ask(a, "room-others", "r", 1), []);
      assert.deepEqual(await ask(c, "room-others", "r", 2), []);
      assert.deepEqual(await company.heard(), [[["c", 2]], [["a", 1], ["c", 2]], []]);
    });

    it("two-rooms reaches each member of either once", async () => {
      const company = await Company.open(way);
      const [a, b, c] = company.sockets;
      await Promise.all([ask(a, "join", "x"), ask(a, "join", "y"), ask(b, "join", "y")]);

      assert.deepEqual(await ask(c, "two-rooms", "x", "y", "both"), []);
      await ask(a, "two-rooms", "x", "empty", "one");
      await ask(a, "two-rooms", "y", "y", { same: Buffer.from("same") });
      await ask(b, "two-rooms", b.id, "x", "an id too");

      assert.deepEqual(await company.heard(), [
        [["c", "both"], ["a", "one"], ["a", { same: Buffer.from("same") }], ["b", "an id too"]],
        [["c", "both"], ["a", { same: Buffer.from("same") }], ["b", "an id too"]],
        [],
      ]);
    });

    it("others, all and all-except reach whom they say", async () => {
      const company = await Company.open(way);
      const [a, b, c] = company.sockets;
      await ask(b, "join", "r");

      assert.deepEqual(await ask(a, "others", "others"), []);
      assert.deepEqual(await ask(b, "all", { all: Buffer.from("all") }), []);
      assert.deepEqual(await ask(c, "all-except", "r", "except r"), []);
      assert.deepEqual(await ask(b, "all-except", "empty", "except nobody"), []);
      assert.deepEqual(await ask(b, "all-except", c.id, "except c"), []);

      const all = ["b", { all: Buffer.from("all") }];
      assert.deepEqual(await company.heard(), [
        [all, ["c", "except r"], ["b", "except nobody"], ["b", "except c"]],
        [["a", "others"], all, ["b", "except nobody"], ["b", "except c"]],
        [["a", "others"], all, ["c", "except r"], ["b", "except nobody"]],
      ]);
    });

    it("to-id reaches the one client with that id", async () => {
      const company = await Company.open(way);
      const [a, b] = company.sockets;

      assert.deepEqual(await ask(a, "to-id", b.id, { secret: Buffer.from("b") }), []);
      assert.deepEqual(await ask(a, "to-id", a.id, "myself"), []);
      assert.deepEqual(await ask(a, "to-id", "nobody's id", "x"), []);
      assert.deepEqual(await company.heard(), [[["a", "myself"]], [["a", { secret: Buffer.from("b") }]], []]);
    });

    it("who answers the sorted ids in a room, or in all of /chat", async () => {
      const { sockets: [a, b, c] } = await Company.open(way);
      await Promise.all([ask(c, "join", "r"), ask(a, "join", "r")]);

      assert.deepEqual(await get(b, "who", "r"), [a.id, c.id].sort());
      assert.deepEqual(await get(b, "who", null), [a.id, b.id, c.id].sort());
      assert.deepEqual(await get(b, "who", "empty"), []);
      assert.deepEqual(await get(b, "who", a.id), [a.id]);
    });

    it("a client sees what it does in the order in which it does it, without waiting", async () => {
      const company = await Company.open(way);
      const [a] = company.sockets;
      a.emit("room-all", "r", "not in it yet");
      a.emit("join", "r");
      a.emit("room-all", "r", "in it");
      a.emit("others", "others");
      a.emit("leave", "r");
      a.emit("room-all", "r", "out of it");
      const others = [["a", "others"]];

      assert.deepEqual(await company.heard(), [[["a", "in it"]], others, others]);
    });

    it("left tells who left and why, when it is out of all rooms", async () => {
      const watcher = await clients.open("/chat", { way: webSocket });
      const left = new Inbox(watcher, "left");
      const endings = [
        [(socket) => socket.disconnect(), "client namespace disconnect"],
        [(socket) => socket.emit("kick", false), "server namespace disconnect"],
        [(socket) => socket.emit("kick", true), "server namespace disconnect"],
        [(socket) => socket.io.engine.close(), "transport close"],
      ];
      for (const [end, reason] of endings) {
        const socket = await clients.open("/chat", { way });
        await ask(socket, "join", "r");
        const { id } = socket;
        end(socket);

        assert.deepEqual(await left.count(1), [[id, reason]]);
        assert.deepEqual(await get(watcher, "who", "r"), []);
        assert.deepEqual(await get(watcher, "who", null), [watcher.id]);
        left.items.length = 0;
      }
    });
  });
}

describe("rooms", { timeout: 60_000 }, () => {
  it("left says 'transport close' when a WebSocket breaks off", async () => {
    const [watcher, socket] = [await clients.open("/chat"), await clients.open("/chat")];
    const left = new Inbox(watcher, "left");
    const { id } = socket;
    socket.io.engine.transport.ws.terminate();

    assert.deepEqual(await left.count(1), [[id, "transport close"]]);
  });

  it("clients over all transports hear each other", async () => {
    const sockets = await Promise.all(ways.map((way) => clients.open("/chat", { way })));
    await Promise.all(sockets.map((socket) => ask(socket, "join", "r")));
    const inboxes = sockets.map((socket) => new Inbox(socket, "said"));
    for (const socket of sockets) {
      await ask(socket, "room-all", "r", { from: Buffer.from(socket.id) });
    }

    for (const inbox of inboxes) {
      assert.deepEqual(await inbox.count(3), sockets.map(({ id }) => [id, { from: Buffer.from(id) }]));
    }
  });
});
