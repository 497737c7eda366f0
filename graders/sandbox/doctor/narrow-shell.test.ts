/** The doctor where less is given than it needs: limits, other users, a /proc of its own. It says so in words, and in one of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { packageRoot } from '../../package-root.ts';

const gradmark = [process.execPath, join(packageRoot, 'bin/gradmark.js')];
const program = [...gradmark, 'doctor'];
/** Inside a user namespace of one user, who is root there. */
const alone = process.geteuid?.() === 0 ? ['unshare', '--user', '--map-root-user'] : [];

test.each([
  ['-n 32', 'only 32 files may be open at once here (ulimit -n)', 'start gradmark where "ulimit -H -n" shows'],
  ['-t 29', 'this shell has a limit (ulimit) that is lower', 'start gradmark where "ulimit -H -a" shows'],
])('a shell with ulimit %s is told the same by every command, and nothing is on hold', (limit, because, mend) => {
  const work = join(packageRoot, 'fixtures/course/ada-l');
  const out = ['--out', '/nowhere/at-all', '--allow-unsafe'];
  const commands = [['doctor'], ['check', work], ['grade', 'boston-init-mnist-grads', work, ...out]];
  for (const words of commands) {
    const line = ['-c', `ulimit ${limit} && exec "$@"`, 'bash', ...gradmark, ...words];
    const { exitCode, stdout, stderr } = execaSync('bash', line, { reject: false });
    expect(stdout + stderr).toContain(because);
    expect(stdout + stderr).toContain(mend);
    expect(stdout + stderr).not.toMatch(/^\s+at |hold|Everything else works/m);
    expect(exitCode).toBe(3);
  }
});

test('few addresses are told before a grading runs out of them', () => {
  const line = ['-c', 'ulimit -S -v 20000000 && exec "$@"', 'bash', ...program];
  const { stdout } = execaSync('bash', line, { reject: false });
  expect(stdout).toMatch(/^ {2}memory .* but this shell allows gradmark 19\.1 GB of addresses \(ulimit -v\) \(needs/m);
  expect(stdout).toMatch(/To mend:\n(.*\n)* {2}start gradmark where "ulimit -v" shows unlimited$/);
});

test.each([
  ['is too long for a socket', 'x'.repeat(120), 'true', 'its name is too long'],
  ['has no room', 'full', 'mount -t tmpfs -o size=4k none "$TMPDIR" && echo > "$TMPDIR/all"', 'the disk is full'],
])('a folder for temporary files that %s is told, and nothing waits', (_, name, prepare, says) => {
  const TMPDIR = join(mkdtempSync(join(tmpdir(), 'gradmark-narrow-')), name);
  const own = process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const script = `mkdir "$TMPDIR" && ${prepare} && exec "$@"`;
  const words = [...own, '--mount', 'sh', '-c', script, 'sh', ...program];
  const { exitCode, stdout, stderr } = execaSync('unshare', words, {
    env: { TMPDIR },
    reject: false,
    timeout: 300_000,
  });
  rmSync(dirname(TMPDIR), { recursive: true });
  expect(stdout).toContain(`${TMPDIR} cannot be used: ${says}`);
  expect(stdout).toContain('Set TMPDIR to a folder that you may write to.');
  expect(stderr).toBe('');
  expect(exitCode).toBe(3);
});

test.skipIf(alone.length === 0)('root who may become no other user is said to be so, once', () => {
  const [file, ...args] = [...alone, ...program] as [string, ...string[]];
  const { exitCode, stdout } = execaSync(file, args, { reject: false });
  expect(stdout).toMatch(/^ {2}user +root, who may become no other user here \(needs attention\)$/m);
  expect(stdout).not.toContain('a user of its own');
  expect(exitCode).toBe(3);
});

test.skipIf(alone.length === 0).each([
  ['check', []],
  ['grade', ['--out', '/nowhere/at-all', '--allow-unsafe']],
  ['grade', ['--out', '/nowhere/at-all', '--contained-by', 'container']],
])('where no program can be run, %s says so as the doctor does, and puts no mark on hold', (command, options) => {
  const work = join(packageRoot, 'fixtures/course/ada-l');
  const words = command === 'check' ? [command, work] : [command, 'boston-init-mnist-grads', work];
  const [file, ...args] = [...alone, ...gradmark, ...words, ...options] as [string, ...string[]];
  const { exitCode, stdout, stderr } = execaSync(file, args, { reject: false });
  expect(stderr).toMatch(/^gradmark: Nothing can be run here: root of this container may not become another user/m);
  expect(stderr).toContain('To mend: run gradmark as an ordinary user');
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at |hold|wall/m);
  expect(exitCode).toBe(3);
});

test('a /proc of other processes is no ground to watch a program on', () => {
  const apart = ['--user', '--map-root-user', '--pid', '--fork'];
  const { exitCode, stdout } = execaSync('unshare', [...apart, ...program], { reject: false });
  expect(stdout).toContain('Level A is not available: /proc does not show the processes of this container');
  expect(stdout).toMatch(/^ {2}mount -t proc proc \/proc/m);
  expect(exitCode).toBe(3);
});
