import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { App } from "./support/app.mjs";
import { Clients, ways } from "./support/clients.mjs";
import { argumentLists, binaryKinds, binaryLists, numbers } from "./support/values.mjs";
import { Inbox, ask, event, get } from "./support/waiting.mjs";

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

let app;
const clients = new Clients(() => app);

before(async () => (app = await App.start()));
after(() => app?.stop());
afterEach(() => clients.closeAll());

for (const way of ways) {
  describe(`the main namespace over ${way.name}`, { timeout: 120_000 }, () => {
    const open = (options) => clients.open("/", { way, ...options });

    for (const [name, list] of Object.entries({ ...argumentLists, ...binaryLists })) {
      it(`message and message-with-ack give back ${name}`, async () => {
        const socket = await open();
        const back = event(socket, "message-back");
        socket.emit("message", ...list);

        assert.deepEqual(await back, list);
        assert.deepEqual(await ask(socket, "message-with-ack", ...list), list);
      });
    }

    it("takes every kind of binary", async () => {
      const socket = await open();
      for (const [kind, value] of Object.entries(binaryKinds)) {
        assert.deepEqual(await get(socket, "message-with-ack", { value }), { value: Buffer.from([1, 2, 3]) }, kind);
      }
    });

    it("takes large events", async () => {
      const socket = await open();
      const text = "0123456789".repeat(90_000);
      const binary = Buffer.alloc(600_000, "akka");

      assert.deepEqual(await ask(socket, "message-with-ack", text), [text]);
      assert.deepEqual(await ask(socket, "message-with-ack", { binary }), [{ binary }]);
    });

    it("answers each of many acks in flight with its own", async () => {
      const socket = await open();
      const answers = await Promise.all(numbers(300).map((n) => ask(socket, "message-with-ack", n, n % 3 ? "text" : Buffer.from([n]))));

      assert.deepEqual(answers, numbers(300).map((n) => [n, n % 3 ? "text" : Buffer.from([n])]));
    });

    it("refuses a client whose query says fail", async () => {
      const refusal = await clients.refused(clients.create("/", { way, query: { fail: "true" } }));

      assert.equal(refusal.message, "Auth failed (main namespace)");
      assert.equal(refusal.data, undefined);
      assert.ok((await open({ query: { fail: "" } })).connected);
    });

    it("getId answers the id that the client knows", async () => {
      const socket = await open();

      assert.equal(await get(socket, "getId"), socket.id);
      assert.match(socket.id, /^[\w~-]{20,}$/);
    });

    it("getHandshake answers query, auth payload and headers", async () => {
      const query = { name: "ä b&c=d/é", empty: "" };
      const socket = await open({ query, auth: { token: "x", deep: { list: [1] } }, extraHeaders: { "X-Test": "Yes" } });
      const handshake = await get(socket, "getHandshake");

      assert.deepEqual({ ...handshake.query, ...query, EIO: "4", transport: way.transports[0] }, handshake.query);
      assert.deepEqual(handshake.auth, { token: "x", deep: { list: [1] } });
      assert.equal(handshake.headers["x-test"], "Yes");
      assert.equal(handshake.headers.host, new URL(app.url).host);
      assert.deepEqual((await get(await open(), "getHandshake")).auth, {});
    });

    it("ask passes on what the client answers", async () => {
      const socket = await open();
      socket.on("question", (argument, answer) => answer(argument, "b", { c: Buffer.from("d") }));

      assert.deepEqual(await get(socket, "ask", 10_000, { a: Buffer.from("a") }), {
        ok: true,
        answer: [{ a: Buffer.from("a") }, "b", { c: Buffer.from("d") }],
      });
      socket.off("question").on("question", (_, answer) => answer());
      assert.deepEqual(await get(socket, "ask", 10_000, null), { ok: true, answer: [] });
    });

    it("ask ends in time when the client is silent, and ignores a later answer", async () => {
      const socket = await open();
      const questions = new Inbox(socket, "question");

      assert.deepEqual(await get(socket, "ask", 50, "first"), { ok: false, error: "timeout" });
      const [[argument, late]] = await questions.count(1);
      assert.equal(argument, "first");
      late("too late");
      const second = get(socket, "ask", 10_000, "second");
      (await questions.count(2))[1][1]("in time");
      assert.deepEqual(await second, { ok: true, answer: ["in time"] });
      assert.equal(await get(socket, "getId"), socket.id);
    });

    it("asks while it is asked, many times", async () => {
      const socket = await open();
      socket.on("question", (n, answer) => answer(n + 1));
      const answers = await Promise.all(numbers(50).map((n) => get(socket, "ask", 10_000, n)));

      assert.deepEqual(answers, numbers(50).map((n) => ({ ok: true, answer: [n + 1] })));
    });

    it("volatile packets arrive when a write is possible, each at most once and in order", async () => {
      const socket = await open();
      const { items } = new Inbox(socket, "volatile-back", (n) => n);
      let sent = 0;
      while (items.length < 3) {
        assert.ok(sent < 1000, `of ${sent} volatile packets to an idle client only ${items.length} arrived`);
        socket.emit("volatile", sent++);
        await ask(socket, "getId");
      }

      assert.deepEqual(items, [...new Set(items)].sort((a, b) => a - b));
      assert.ok(items.every((n) => n < sent));
    });

    it("ignores events that are not listed, and sends no ack for them", async () => {
      const socket = await open();
      socket.emit("no such event", 1, () => assert.fail("acknowledged"));
      socket.emit("toString", () => assert.fail("acknowledged"));

      assert.equal(await get(socket, "getId"), socket.id);
    });

    it("answers the events of the client's own tests", async () => {
      const socket = await open();
      const replies = ["hi", "got it", "takeDate", "takeDateObj", "false", "doge", "takebin", "buffack", "jsonbuff-ack", "abuff2-ack"];
      const inboxes = Object.fromEntries(replies.map((name) => [name, new Inbox(socket, name)]));
      const texts = new Inbox(socket, "takeUtf8", (text) => text);
      const bytes = Buffer.from("asdfasdf");
      socket.on("ack", (answer) => answer(5, { test: true }));
      for (const name of ["hi", "ack", "getDate", "getDateObj", "getUtf8", "false", "doge", "getbin"]) {
        socket.emit(name);
      }
      socket.emit("buffa", bytes);
      socket.emit("jsonbuff", { hello: "lol", message: bytes, goodbye: "gotcha" });
      socket.emit("abuff1", bytes);
      socket.emit("abuff2", "please arrive second");
      const first = async (name) => (await inboxes[name].count(1))[0];

      for (const name of ["hi", "got it", "buffack", "jsonbuff-ack", "abuff2-ack"]) {
        assert.deepEqual(await first(name), [], name);
      }
      assert.match((await first("takeDate"))[0], isoDate);
      assert.match((await first("takeDateObj"))[0].date, isoDate);
      assert.deepEqual(await first("false"), [false]);
      assert.deepEqual(await first("doge"), [bytes]);
      assert.deepEqual(await first("takebin"), [bytes]);
      assert.deepEqual(await texts.count(5), ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"]);
      assert.match(await get(socket, "getAckDate", { test: true }), isoDate);
      assert.deepEqual(await get(socket, "echo", { a: bytes }), { a: bytes });
    });

    it("asks for an ack each time it is told to, though it was not answered before, and acknowledges nothing itself", async () => {
      const socket = await open();
      const asked = new Inbox(socket, "ack", () => "asked");
      numbers(4).forEach(() => socket.emit("ack", () => assert.fail("acknowledged")));

      assert.deepEqual(await asked.count(4), Array(4).fill("asked"));
      assert.equal(await get(socket, "getId"), socket.id);
    });

    it("tells the right from the wrong ones among them", async () => {
      const socket = await open();
      const unexpected = ["got it", "buffack", "jsonbuff-ack", "abuff2-ack"].map((name) => new Inbox(socket, name));
      socket.on("ack", (answer) => answer(5, { test: false }));
      socket.emit("ack");
      socket.emit("buffa", "text");
      socket.emit("jsonbuff", { hello: "lol", message: "text", goodbye: "gotcha" });
      socket.emit("abuff1", "text");
      socket.emit("abuff2", "x");
      await ask(socket, "getId");

      assert.deepEqual(unexpected.map((inbox) => inbox.items), [[], [], [], []]);
    });
  });
}
