/** The doctor where less is given than it needs: limits, other users, a /proc of its own. It says so in words, and in one of them. */
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';

const program = [process.execPath, join(packageRoot, 'bin/gradmark.js'), 'doctor'];
/** Inside a user namespace of one user, who is root there. */
const alone = process.geteuid?.() === 0 ? ['unshare', '--user', '--map-root-user'] : [];

test('a limit of the shell that is too low is told with what mends it', () => {
  const { exitCode, stdout } = execaSync('bash', ['-c', 'ulimit -t 29 && exec "$@"', 'bash', ...program], {
    reject: false,
  });
  expect(stdout).toContain('Level A is not available: this shell has a limit (ulimit) that is lower');
  expect(stdout).toMatch(/To mend:\n {2}start gradmark where "ulimit -H -a"/);
  expect(exitCode).toBe(3);
});

test.skipIf(alone.length === 0)('root who may become no other user is said to be so, once', () => {
  const [file, ...args] = [...alone, ...program] as [string, ...string[]];
  const { exitCode, stdout } = execaSync(file, args, { reject: false });
  expect(stdout).toMatch(/^ {2}user +root, who may become no other user here \(needs attention\)$/m);
  expect(stdout).not.toContain('a user of its own');
  expect(exitCode).toBe(3);
});

test('a /proc of other processes is no ground to watch a program on', () => {
  const apart = ['--user', '--map-root-user', '--pid', '--fork'];
  const { exitCode, stdout } = execaSync('unshare', [...apart, ...program], { reject: false });
  expect(stdout).toContain('Level A is not available: /proc does not show the processes of this container');
  expect(stdout).toMatch(/^ {2}mount -t proc proc \/proc/m);
  expect(exitCode).toBe(3);
});
