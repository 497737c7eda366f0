/** Wrong answers are judged where no program runs: a check that wanted one for it would be left out of audits and practice packs. */
import { describe, expect, test } from 'vitest';
import { batchContext } from '../batch/options.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { planMistakes, plantMistake } from './known-mistakes.ts';

describe.each([...(await listCourseworks([]))])('%s', (_, folder) => {
  test('the last known mistake of every problem is caught by a check that asks nothing but problems', async () => {
    const coursework = await openCoursework(folder);
    const batch = batchContext({ coursework, seed: 20_260, full: false, clock: () => performance.now() });
    const singles = planMistakes(coursework, 0).filter(({ row }) => row.kind === 'single');
    const last = new Map(singles.map((planned) => [planned.row.problem, planned]));
    const through: string[] = [];
    for (const planned of last.values()) {
      const { failed, broken } = await plantMistake(planned, coursework, batch);
      if (failed.length === 0) through.push(planned.key, ...broken);
    }
    expect(last.size).toBeGreaterThan(0);
    expect(through).toEqual([]);
  });
});
