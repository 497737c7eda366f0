/** Commands on a machine whose cache folder cannot be used: in a mount namespace, where the folder is whatever we make it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';

const out = mkdtempSync(join(tmpdir(), 'gradmark-unusable-'));
afterAll(() => rmSync(out, { recursive: true }));

const COMMANDS: Readonly<Record<string, string[]>> = {
  grade: ['grade', 'boston-init-mnist-grads', join(packageRoot, 'fixtures/course'), '--out', out],
  check: ['check', join(packageRoot, 'reference/boston-init-mnist-grads'), '--assignment', 'boston-init-mnist-grads'],
  audit: ['audit', 'boston-init-mnist-grads', '--quick'],
  doctor: ['doctor'],
};

/** Root's folder is /var/cache/gradmark: inside the namespace this user is root, and what lies there is made by `prepare`. */
function run(prepare: string, command: string) {
  const own = process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const script = `mount -t tmpfs -o size=64k none /var/cache && ${prepare} && exec "$@"`;
  const words = [process.execPath, join(packageRoot, 'bin/gradmark.js'), ...COMMANDS[command]!];
  return execaSync('unshare', [...own, '--mount', 'sh', '-c', script, 'sh', ...words], { reject: false });
}

const FILE = 'touch /var/cache/gradmark';
const READ_ONLY = 'mkdir /var/cache/gradmark && mount -o remount,ro /var/cache';
const OPEN = 'mkdir -m 777 /var/cache/gradmark';

test.each([
  ['grade', 'a file in its place', FILE, 'is not a folder of its own'],
  ['check', 'a full disk', 'mkdir /var/cache/gradmark', 'the disk is full'],
  ['check', 'a parent that cannot be written to', 'mount -o remount,ro /var/cache', 'the file system is read-only'],
  ['audit', 'a folder that is read-only', READ_ONLY, 'the file system is read-only'],
  ['doctor', 'a folder that anybody may write to', OPEN, 'can be written to by other users'],
  ['doctor', 'a full disk', 'mkdir /var/cache/gradmark', 'the disk is full'],
])('%s says a sentence about %s', (command, _, prepare, says) => {
  const { exitCode, stdout, stderr } = run(prepare, command);
  const said = command === 'doctor' ? stdout : stderr;
  expect(said).toContain('/var/cache/gradmark');
  expect(said).toContain(says);
  expect(said).toContain('or run gradmark as an ordinary user');
  expect(said).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(3);
});
