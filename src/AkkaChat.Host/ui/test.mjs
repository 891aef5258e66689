// Runs tests/*.test.ts with Node's own test runner; esbuild turns them into JavaScript first.

import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('tests', import.meta.url));
const tests = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
const out = await mkdtemp(join(tmpdir(), 'akkachat-ui-'));
try {
  await build({
    entryPoints: tests.map((name) => join(folder, name)),
    bundle: true, platform: 'node', format: 'esm', outExtension: { '.js': '.mjs' }, outdir: out,
  });
  const files = tests.map((name) => join(out, name.replace(/\.ts$/, '.mjs')));
  process.exitCode = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
