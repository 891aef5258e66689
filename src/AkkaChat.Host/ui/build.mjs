// Bundles the page into ../wwwroot. Names carry a hash of their content, so browsers may keep them for ever; index.html
// is the one file with a fixed name.

import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = new URL('.', import.meta.url);
const out = new URL('../wwwroot/', here);

const bundle = await build({
  absWorkingDir: fileURLToPath(here),
  entryPoints: { app: 'src/main.ts', 'app-style': 'styles/app.css' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome120', 'firefox125', 'safari17'],
  legalComments: 'none',
  outdir: 'out',
  write: false,
  logLevel: 'warning',
});

const files = new Map();
for (const { path, contents } of bundle.outputFiles) files.set(path.endsWith('.css') ? 'app.css' : 'app.js', contents);
for (const name of ['favicon.svg', 'favicon-unread.svg']) files.set(name, await readFile(new URL(name, here)));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

let page = await readFile(new URL('index.html', here), 'utf8');
for (const [name, contents] of files) {
  const hashed = withHash(name, contents);
  page = page.replaceAll(`{{${name}}}`, hashed);
  await writeFile(new URL(hashed, out), contents);
}
// Last: MSBuild takes its time stamp for that of the whole page (Ui.targets).
await writeFile(new URL('index.html', out), page);

function withHash(name, contents) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 12);
  return name.replace('.', `.${hash}.`);
}
