/** As a user with a number and no name, whom no file of the machine knows: so containers are started with `docker run --user`. */
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { program, smallClass } from './small-class.testing.ts';

const room = smallClass();
afterAll(() => room.remove());
const uid = 54_321;

/** In a user namespace, where this user is that one: what belongs to it here belongs to it there. */
function asNobodyKnown(...words: string[]) {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
  const options = { cwd: room.folder, env, extendEnv: false, reject: false } as const;
  return execaSync('unshare', [`--map-user=${uid}`, process.execPath, ...words], options);
}

test('what somebody says is signed with the number', () => {
  const words = ['adjust', 'out', 'ann', 'Q1', '6', '--why', 'The sheet had a slip.'];
  const { exitCode, stderr } = asNobodyKnown(program, ...words);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(room.read('out/results.json')).toContain(`"by": "user ${uid}"`);
});

test('the sandbox has a folder', () => {
  const module = join(packageRoot, 'graders/sandbox/stage/cache-folder.ts');
  const script = `import(${JSON.stringify(module)}).then(({ cacheCandidates }) => console.log(cacheCandidates().join()))`;
  expect(asNobodyKnown('-e', script)).toMatchObject({ stderr: '', stdout: expect.stringMatching(/gradmark-54321$/) });
});

test('where the key of a queue lies has to be said', () => {
  const { exitCode, stderr } = asNobodyKnown(program, 'queue', 'status', 'postgres://nobody@127.0.0.1:1/none');
  expect(stderr).toBe(
    'gradmark: This machine knows no home folder of yours: say with --key where the key of the queue lies.',
  );
  expect(exitCode).toBe(2);
});
