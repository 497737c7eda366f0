/** Builds the package into dist/: compiled modules, and the files that they read beside themselves. */
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(dist, { recursive: true, force: true });
await execa(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { cwd: root, stdio: 'inherit' });
const assets = [
  'reports/templates',
  'reports/vendored',
  'reports/results.schema.json',
  'graders/runtimes/python/guest',
];
for (const asset of assets) {
  cpSync(join(root, asset), join(dist, asset), { recursive: true });
}
