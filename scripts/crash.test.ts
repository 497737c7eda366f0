import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { isNight } from '../graders/nightly.testing.ts';
import { createRandom } from '../graders/numerics/random.ts';
import { killPeople } from './crash/people.ts';

test('marking, importing, approving and publishing, killed while at it, lose and double nothing', async () => {
  const home = await mkdtemp(join(tmpdir(), 'gradmark-killed-'));
  const { held, kills, faults } = await killPeople(home, isNight ? 8 : 4, 6, createRandom(1, 'people'));
  expect(faults).toEqual([]);
  expect(held).toEqual(kills);
  // A machine may be too busy to be in time for every one, but not for most.
  expect([...kills.values()].reduce((all, n) => all + n, 0)).toBeGreaterThanOrEqual(isNight ? 6 : 3);
  await rm(home, { recursive: true });
});

test.runIf(isNight)('killed graders, full disks and vanished folders leave everything whole', async () => {
  const script = fileURLToPath(new URL('crash.ts', import.meta.url));
  const { exitCode, all } = await execa(process.execPath, [script, '--few', '--only', 'graders'], {
    all: true,
    reject: false,
  });
  expect(all).toContain('3 of 3 kills left everything whole');
  expect(exitCode, all).toBe(0);
});
