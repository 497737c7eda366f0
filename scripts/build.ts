/**
 * Builds the package into dist/: compiled modules, and the files that they read beside themselves. Words are handed on to the
 * compiler: with `--noCheck` it builds what something else has checked.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { assets } from './pack/assets.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const tsc = join(root, 'node_modules', '.bin', 'tsc');

rmSync(dist, { recursive: true, force: true });
const words = ['-p', join(root, 'tsconfig.build.json'), ...process.argv.slice(2)];
await execa(tsc, words, { cwd: root, stdio: 'inherit' });
for (const asset of assets) {
  cpSync(join(root, asset), join(dist, asset), { recursive: true });
}
