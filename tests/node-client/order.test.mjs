import assert from "node:assert/strict";
import { Agent } from "node:http";
import { connect } from "node:net";
import { after, afterEach, before, describe, it } from "node:test";
import { App } from "./support/app.mjs";
import { Clients, polling, upgrading, webSocket } from "./support/clients.mjs";
import { numbers } from "./support/values.mjs";
import { Inbox, ask } from "./support/waiting.mjs";

let app;
const clients = new Clients(() => app);

before(async () => (app = await App.start()));
after(() => app?.stop());
afterEach(() => clients.closeAll());

/** Lets a client's WebSocket connect when it is told to, so that an upgrade comes when much is on its way. */
class LateWebSocket extends Agent {
  #opened = new Promise((resolve) => (this.open = resolve));

  createConnection(options, callback) {
    this.#opened.then(() => callback(null, connect(options)));
  }
}

/**
 * Sends numbers by an event that sends them back, always with many in flight, from the connection until long after the
 * upgrade. Resolves to what was sent and what came back, and where the upgrade was.
 */
async function flood(socket, { window = 100, beforeUpgrade = 200, afterUpgrade = 300, send, late }) {
  const state = { sent: 0, atUpgrade: undefined };
  const done = () => state.atUpgrade && state.sent >= state.atUpgrade.sent + afterUpgrade;
  const next = () => done() || send(socket, state.sent++);
  const back = new Inbox(socket, "message-back", (n) => (next(), n));
  const onUpgrade = () => (state.atUpgrade = { sent: state.sent, received: back.items.length });
  socket.io.once("open", () => socket.io.engine.once("upgrade", onUpgrade));
  await clients.connected(socket);
  numbers(window).forEach(next);
  await back.count(beforeUpgrade);
  late.open();
  await back.when((items) => done() && items.length >= state.sent, "all back");
  return { ...state, received: back.items };
}

const upgradingBy = (agent) => ({ way: upgrading, transportOptions: { websocket: { agent } } });

/** Text and binary in turn, for these travel differently. */
const sendMixed = (socket, n) => socket.emit("message", n, n % 5 === 0 ? Buffer.from([n & 255]) : "text");

describe("order", { timeout: 90_000 }, () => {
  it("hundreds of messages each way in flight during the upgrade all come back, once, in order", async () => {
    const runs = await Promise.all(numbers(10).map(() => {
      const late = new LateWebSocket();
      return flood(clients.create("/", upgradingBy(late)), { send: sendMixed, late });
    }));

    for (const { sent, received, atUpgrade } of runs) {
      assert.deepEqual(received, numbers(sent));
      assert.ok(atUpgrade.sent > atUpgrade.received, "nothing was in flight at the upgrade");
    }
  });

  it("so do events in several namespaces of one connection", async () => {
    const late = new LateWebSocket();
    const manager = clients.manager(upgradingBy(late));
    const send = (socket, n) => socket.emit("message", n, Buffer.alloc(n % 7));
    const runs = await Promise.all(["/", "/custom"].map((name) => flood(manager.socket(name), { send, late })));

    for (const { sent, received } of runs) {
      assert.deepEqual(received, numbers(sent));
    }
  });

  it("what others send during the upgrade arrives, once, in order", async () => {
    const publisher = await clients.open("/chat", { way: webSocket });
    await Promise.all(numbers(5).map(async () => {
      const late = new LateWebSocket();
      const socket = clients.create("/chat", upgradingBy(late));
      const said = new Inbox(socket, "said", (_, n) => n);
      await clients.connected(socket);
      const upgraded = clients.upgraded(socket, upgrading).then(() => (socket.isUpgraded = true));
      let sent = 0;
      for (let rest = 200; rest > 0; rest -= socket.isUpgraded ? 50 : 0) {
        const acked = numbers(50).map(() => ask(publisher, "to-id", socket.id, sent++));
        late.open();
        await Promise.all(acked);
      }
      await upgraded;

      assert.deepEqual(await said.count(sent), numbers(sent));
    }));
  });

  it("acks in flight during the upgrade are all answered", async () => {
    const late = new LateWebSocket();
    const socket = await clients.connected(clients.create("/", upgradingBy(late)));
    const upgraded = clients.upgraded(socket, upgrading).then(() => true);
    socket.on("question", (n, answer) => answer(n));
    for (let isUpgraded = false; !isUpgraded; isUpgraded = await Promise.race([upgraded, false])) {
      const answers = numbers(50).map((n) => (n % 10 ? ask(socket, "message-with-ack", n) : ask(socket, "ask", 10_000, n)));
      late.open();
      assert.deepEqual(await Promise.all(answers), numbers(50).map((n) => [n % 10 ? n : { ok: true, answer: [n] }]));
    }
  });

  for (const way of [polling, webSocket]) {
    it(`a thousand messages at once over ${way.name} come back in order`, async () => {
      const socket = await clients.open("/", { way });
      const back = new Inbox(socket, "message-back", (n) => n);
      numbers(1000).forEach((n) => sendMixed(socket, n));

      assert.deepEqual(await back.count(1000), numbers(1000));
    });
  }

  it("a client sees its own broadcast before the ack", async () => {
    const socket = await clients.open("/chat");
    await ask(socket, "join", "r");
    const said = new Inbox(socket, "said", (_, n) => n);
    for (const n of numbers(50)) {
      await ask(socket, "room-all", "r", n);
      assert.deepEqual(said.items, numbers(n + 1));
    }
  });

  it("a hundred clients in a room see 200 messages of many publishers in the same order", async () => {
    const ways = numbers(100).map((n) => (n % 10 ? webSocket : n % 20 ? polling : upgrading));
    const sockets = await Promise.all(ways.map((way) => clients.open("/chat", { way })));
    await Promise.all(sockets.map((socket) => ask(socket, "join", "crowd")));
    const inboxes = sockets.map((socket) => new Inbox(socket, "said", (id, { n }) => `${id} ${n}`));
    const publishers = sockets.filter((_, index) => index % 5 === 0);
    for (const n of numbers(10)) {
      for (const publisher of publishers) {
        publisher.emit("room-all", "crowd", { n, padding: "x".repeat(100) });
      }
    }
    const orders = await Promise.all(inboxes.map((inbox) => inbox.count(200)));

    for (const order of orders) {
      assert.deepEqual(order, orders[0]);
    }
    for (const { id } of publishers) {
      assert.deepEqual(orders[0].filter((entry) => entry.startsWith(id)), numbers(10).map((n) => `${id} ${n}`));
    }
  });

  it("a hundred clients join, talk in ten rooms and leave, and hear their own room only", async () => {
    const sockets = await Promise.all(numbers(100).map(() => clients.open("/chat")));
    const inboxes = sockets.map((socket) => new Inbox(socket, "said", (_, text) => text));
    await Promise.all(sockets.map((socket, n) => ask(socket, "join", `room ${n % 10}`)));
    await Promise.all(sockets.map((socket, n) => ask(socket, "room-others", `room ${n % 10}`, n)));
    await Promise.all(sockets.map((socket, n) => ask(socket, "leave", `room ${n % 10}`)));
    await Promise.all(sockets.map((socket, n) => ask(socket, "room-others", `room ${n % 10}`, "after all left")));

    inboxes.forEach((inbox, n) => {
      const others = numbers(100).filter((other) => other % 10 === n % 10 && other !== n);
      assert.deepEqual(inbox.items.toSorted((a, b) => a - b), others);
    });
  });
});
