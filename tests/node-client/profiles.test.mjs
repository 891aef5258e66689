import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { App } from "./support/app.mjs";
import { Clients, ways } from "./support/clients.mjs";
import { Inbox, ask, event } from "./support/waiting.mjs";

const limit = { timeout: 60_000 };

let app;
const clients = new Clients(() => app);

afterEach(() => clients.closeAll());

const starts = (profile) => {
  before(async () => (app = await App.start({ profile })));
  after(() => app?.stop());
};

/** The answer that opens a session, and how long it took. */
const opening = async () => {
  const from = performance.now();
  const answer = await fetch(`${app.url}/socket.io/?EIO=4&transport=polling`);
  const text = await answer.text();
  assert.equal(text[0], "0");
  return { ...JSON.parse(text.slice(1)), milliseconds: performance.now() - from };
};

describe("profile fast", limit, () => {
  starts("fast");

  it("has its heartbeat and limits", async () => {
    const { pingInterval, pingTimeout, maxPayload, upgrades } = await opening();

    assert.deepEqual({ pingInterval, pingTimeout, maxPayload, upgrades },
      { pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000, upgrades: ["websocket"] });
  });

  it("greets on / with the auth payload, before anything else", async () => {
    for (const way of ways) {
      for (const auth of [undefined, { token: "x" }]) {
        const socket = clients.create("/", { way, auth });
        const first = new Promise((resolve) => socket.onAny((...args) => resolve(args)));
        const greetings = new Inbox(socket, "auth");
        socket.emit("message", "early");
        await clients.connected(socket);

        assert.deepEqual(await first, ["auth", auth ?? {}]);
        await ask(socket, "getId");
        assert.deepEqual(greetings.items, [[auth ?? {}]]);
      }
    }
  });

  it("keeps clients that answer its pings", async () => {
    const sockets = await Promise.all(ways.map((way) => clients.open("/", { way })));
    await Promise.all(sockets.map(({ io }) => new Inbox(io, "ping").count(5)));

    assert.deepEqual(sockets.map((socket) => socket.ended), [undefined, undefined, undefined]);
  });

  it("closes clients that do not answer, and says 'ping timeout'", async () => {
    const left = new Inbox(await clients.open("/chat"), "left", (id, reason) => ({ id, reason, at: performance.now() }));
    await Promise.all(ways.map(async (way) => {
      const socket = clients.create("/chat", { way });
      let opened;
      socket.io.once("open", () => {
        opened = performance.now();
        silence(socket.io.engine);
      });
      await clients.connected(socket);
      const { id } = socket;

      const items = await left.when((all) => all.some((one) => one.id === id), `client over ${way.name}`);
      const { reason, at } = items.find((one) => one.id === id);
      assert.equal(reason, "ping timeout", way.name);
      assert.ok(at - opened > 450 && at - opened < 3500, `${way.name}: closed after ${at - opened} ms`);
    }));
  });

  it("closes a session that joins no namespace", async () => {
    await Promise.all(ways.map(async (way) => {
      const manager = clients.manager({ way });
      manager.open();
      await event(manager, "open");
      const opened = performance.now();
      await event(manager, "close");
      const after = performance.now() - opened;
      assert.ok(after > 500 && after < 3500, `${way.name}: closed after ${after} ms`);
    }));
  });
});

describe("no profile", limit, () => {
  starts(null);

  it("is fast", async () => assert.equal((await opening()).pingInterval, 300));
});

describe("profile relaxed", limit, () => {
  starts("relaxed");

  it("has its heartbeat and limits, and waits before it opens a session", async () => {
    const { pingInterval, pingTimeout, maxPayload, milliseconds } = await opening();

    assert.deepEqual({ pingInterval, pingTimeout, maxPayload }, { pingInterval: 2000, pingTimeout: 2000, maxPayload: 1_000_000 });
    assert.ok(milliseconds >= 9, `${milliseconds} ms`);
  });

  it("does not greet on /", async () => {
    const socket = clients.create("/", { auth: { token: "x" } });
    const greeting = new Inbox(socket, "auth");
    await clients.connected(socket);
    await ask(socket, "getId");

    assert.deepEqual(greeting.items, []);
  });
});

/** Lets a client answer no ping. */
function silence(engine) {
  const send = engine._sendPacket;
  engine._sendPacket = function (type, ...rest) {
    return type === "pong" ? undefined : send.call(this, type, ...rest);
  };
}
