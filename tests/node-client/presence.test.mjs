import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, describe, it } from "node:test";
import { App } from "./support/app.mjs";
import { Clients, ways } from "./support/clients.mjs";
import { ask } from "./support/waiting.mjs";

// The rule by which a client adds up what it hears, as docs/presence.md has it.
const page = readFileSync(new URL("../../docs/presence.md", import.meta.url), "utf8");
const rule = page.split("```js\n")[1].split("await socket")[0];

let app;
const clients = new Clients(() => app);

before(async () => (app = await App.start()));
after(() => app?.stop());
afterEach(() => clients.closeAll());

/** Enters a room; the result waits until the client sees these people. */
async function enter(socket, who) {
  let seen = "";
  let look = () => {};
  const show = (people) => {
    seen = [...people].map(([key, metas]) => `${key}: ${metas.map((meta) => meta.status).sort()}`).sort().join("; ");
    look();
  };
  new Function("socket", "show", rule)(socket, show);
  await ask(socket, "enter", "team", who);
  return (expected) =>
    new Promise((resolve) => {
      look = () => seen === expected && resolve();
      look();
    });
}

for (const way of ways) {
  describe(`presence over ${way.name}`, { timeout: 60_000 }, () => {
    it("the rule of the documentation adds up to who is there, on how many devices", async () => {
      const [ann, tablet, bob] = await Promise.all([1, 2, 3].map(() => clients.open("/presence", { way })));
      const annSees = await enter(ann, "ann");
      await annSees("ann: online");
      const tabletSees = await enter(tablet, "ann");
      const bobSees = await enter(bob, "bob");
      for (const sees of [annSees, tabletSees, bobSees]) {
        await sees("ann: online,online; bob: online");
      }

      await ask(tablet, "status", "team", "away");
      await bobSees("ann: away,online; bob: online");
      ann.disconnect();
      await bobSees("ann: away; bob: online");
      assert.deepEqual(await ask(tablet, "leave", "team"), []);
      await bobSees("bob: online");
    });
  });
}
