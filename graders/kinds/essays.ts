/** Answers in words, which a person reads: one check for each. */
import type { Check } from '../check.ts';
import { manualCheck } from '../manual.ts';

/** A check for every row: its id, the task of the sheet, its points, and what is to be written. */
export const essays = (
  rows: readonly (readonly [id: string, task: string, points: number, title: string])[],
): Check[] => rows.map(([id, task, points, title]) => manualCheck({ id, task, title, points }));
