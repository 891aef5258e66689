import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { App, launch } from "./support/app.mjs";
import { Clients, ways } from "./support/clients.mjs";
import { Inbox, ask, event, get, within } from "./support/waiting.mjs";

let app;
const clients = new Clients(() => app);

afterEach(async () => {
  clients.closeAll();
  const last = app;
  app = undefined;
  await last?.stop();
});

describe("the process", { timeout: 90_000 }, () => {
  it("says so and fails if PROFILE is another", async () => {
    const { output, exited } = launch({ PORT: "1", PROFILE: "brisk" });
    const { code } = await within(exited, 30_000, "the app's end");

    assert.ok(code > 0, `code ${code}`);
    assert.match(output.text, /brisk/);
  });

  for (const signal of ["SIGTERM", "SIGINT"]) {
    it(`closes its connections on ${signal}, and ends`, async () => {
      app = await App.start();
      const sockets = await Promise.all(ways.flatMap((way) => ["/", "/chat"].map((name) => clients.open(name, { way }))));
      const gone = sockets.map((socket) => event(socket, "disconnect"));
      const stopping = app;
      app = undefined;
      await stopping.stop(signal);

      for (const [reason] of await Promise.all(gone)) {
        assert.match(reason, /^transport (close|error)$/);
      }
    });
  }

  it("may be replaced on the same port: its clients reconnect by themselves", async () => {
    app = await App.start();
    const reconnecting = { reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 200 };
    const sockets = await Promise.all([...ways, ...ways].map((way) => clients.open("/chat", { way, ...reconnecting })));
    const before = sockets.map((socket) => socket.id);
    const gone = sockets.map((socket) => event(socket, "disconnect"));
    await app.stop();
    await Promise.all(gone);
    const said = sockets.map((socket) => new Inbox(socket, "said", (_, text) => text));
    sockets[0].emit("to-id", "nobody", "x", () => sockets[0].emit("all", "kept while the server was away"));
    const back = sockets.map((socket) => event(socket, "connect", 30_000));
    app = await App.start({ port: app.port });
    await Promise.all(back);

    await Promise.all(sockets.map((socket) => ask(socket, "join", "r")));
    const ids = await get(sockets[0], "who", "r");
    assert.deepEqual(ids, sockets.map((socket) => socket.id).sort());
    assert.ok(before.every((id) => !ids.includes(id)));
    await ask(sockets[1], "all", "all back");
    for (const inbox of said) {
      await inbox.when((items) => items.includes("all back"), "the message after the restart");
    }
    await said[0].when((items) => items.includes("kept while the server was away"), "what was kept");
  });
});
