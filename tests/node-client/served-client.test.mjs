import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, it } from "node:test";
import { App } from "./support/app.mjs";

let app;

before(async () => (app = await App.start()));
after(() => app?.stop());

const kinds = ["", ".min", ".esm.min", ".msgpack.min"];
const names = kinds.flatMap((kind) => [`socket.io${kind}.js`, `socket.io${kind}.js.map`]);

it("the app serves the very files of the npm package", { timeout: 30_000 }, async () => {
  for (const name of names) {
    const answer = await fetch(`${app.url}/socket.io/${name}`);
    const file = await readFile(new URL(`node_modules/socket.io-client/dist/${name}`, import.meta.url), "utf8");

    assert.equal(answer.status, 200, name);
    assert.ok((await answer.text()) === file, `${name} is another`);
  }
});
