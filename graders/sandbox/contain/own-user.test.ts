import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { launch } from '../session/launch.ts';
import { launchOptions } from '../session/session.testing.ts';
import { processTree } from './watchdog.ts';
import { ownIds, takeOwnUser } from './own-user.ts';

const isRoot = process.geteuid?.() === 0;
/** Ids of this test run alone. */
const few = { first: 1e9 + process.pid, count: 2 };

test('no user is given twice at once, not to another grader either; one that is given back is given again', async () => {
  const taken = [await takeOwnUser(few), await takeOwnUser(few)];
  expect(taken.map(({ id }) => id).sort()).toEqual([few.first, few.first + 1]);
  await expect(takeOwnUser(few)).rejects.toThrow('run programs already');
  const code = `import { takeOwnUser } from ${JSON.stringify(new URL('own-user.ts', import.meta.url).href)};
    console.log(await takeOwnUser(${JSON.stringify(few)}).then(({ id }) => id, (error) => error.message));`;
  const elsewhere = () =>
    spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }).stdout.trim();
  expect(elsewhere()).toContain('run programs already');
  taken[1]!.release();
  expect(elsewhere()).toBe(String(taken[1]!.id));
  // That grader is gone, and has given back nothing.
  expect((await takeOwnUser(few)).id).toBe(taken[1]!.id);
});

/** The users of a process and of all that it started. */
const usersOf = (root: number) =>
  new Set(
    processTree(root).map((pid) => Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))![1])),
  );

test.runIf(isRoot)('programs that run side by side share no user, and none of them is root', async () => {
  const options = await launchOptions();
  const side = await Promise.all(Array.from({ length: 4 }, () => launch(options)));
  const users = side.map(({ pid }) => usersOf(pid));
  for (const { kill } of side) kill('killed', '');
  await Promise.all(side.map(({ stopped }) => stopped));
  expect(users.every((own) => own.size === 1)).toBe(true);
  const ids = users.flatMap((own) => [...own]);
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id >= ownIds.first && id < ownIds.first + ownIds.count).toBe(true);
});
