/** The doctor where it was started with less than a program is given, and where root is no other user: in words, and one of them. */
import { execaSync } from 'execa';
import { expect, test } from 'vitest';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';

const program = [process.execPath, join(packageRoot, 'bin/gradmark.js'), 'doctor'];
/** Inside a user namespace of one user, who is root there. */
const alone = process.geteuid?.() === 0 ? ['unshare', '--user', '--map-root-user'] : [];

test('a limit of the shell that is too low is told with what mends it', () => {
  const { exitCode, stdout } = execaSync('bash', ['-c', 'ulimit -t 5 && exec "$@"', 'bash', ...program], {
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
