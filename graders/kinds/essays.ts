/**
 * Answers in words, which a person reads: one check for each.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { essays } from 'gradmark/kinds/essays';
 *
 * const [check] = essays([['q2.why', 'Q2', 3, 'Why the loss oscillates']]);
 * assert.deepEqual([check!.manual, check!.points], [true, 3]);
 * ```
 */
import type { Check } from '../check.ts';
import { manualCheck } from '../manual.ts';

/** A check for every row: its id, the task of the sheet, its points, and what is to be written. */
export const essays = (
  rows: readonly (readonly [id: string, task: string, points: number, title: string])[],
): Check[] => rows.map(([id, task, points, title]) => manualCheck({ id, task, title, points }));
