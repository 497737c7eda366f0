import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bestLevel, holdsFurther } from './best-level.ts';
import type { TriedItem } from './try-levels.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walls-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** How often such tries are made by three processes one after the other, and whether the level holds for each. */
async function asked(of: string, state: TriedItem['state'], base = folder) {
  let made = 0;
  const tries = () => {
    made++;
    return Promise.resolve([
      { id: 'a', title: 'do this', state: 'stopped', said: '' } as const,
      { id: 'b', title: 'do that', state, said: '' },
    ]);
  };
  const holds = [];
  for (let process = 0; process < 3; process++) holds.push(await holdsFurther(of, tries, base));
  return { made, holds };
}

it.each([
  [
    'that all is stopped is remembered as long as the machine runs as it does',
    'stopped',
    { made: 1, holds: [true, true, true] },
  ],
  ['a breach refuses the level, every time anew', 'hole', { made: 3, holds: [false, false, false] }],
  [
    'an answer that does not come is no breach, and nothing to be remembered',
    'unknown',
    { made: 3, holds: [true, true, true] },
  ],
] as const)('%s', async (_, state, expected) => {
  expect(await asked(state, state)).toEqual(expected);
});

it('where nothing can be kept, a breach refuses the level as well', async () => {
  expect(await asked('hole', 'hole', '/proc')).toEqual({ made: 3, holds: [false, false, false] });
  expect((await asked('stopped', 'stopped', '/proc')).holds).toEqual([true, true, true]);
});

it('this machine isolates, and says so without being asked twice', async () => {
  expect(['A', 'A-']).toContain(await bestLevel());
  expect(bestLevel()).toBe(bestLevel());
});
