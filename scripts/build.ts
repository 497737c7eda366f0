/**
 * Builds the package into dist/: compiled modules, and the files that they read beside themselves. Words are handed on to the
 * compiler: with `--noCheck` it builds what something else has checked.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const tsc = join(root, 'node_modules', '.bin', 'tsc');

rmSync(dist, { recursive: true, force: true });
const words = ['-p', join(root, 'tsconfig.build.json'), ...process.argv.slice(2)];
await execa(tsc, words, { cwd: root, stdio: 'inherit' });
const assets = [
  'reports/templates',
  'reports/vendored',
  'reports/results.schema.json',
  'graders/runtimes/python/guest',
  'graders/runtimes/python/packages.lock.txt',
  'graders/runtimes/python/torch.lock.txt',
  'graders/runtimes/python/tensorflow.lock.txt',
  'graders/audit/mutate.py',
];
for (const asset of assets) {
  cpSync(join(root, asset), join(dist, asset), { recursive: true });
}
