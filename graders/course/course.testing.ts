/** Grades and rules by hand, for the tests of the course file. */
import type { Grade } from '../model/grade.ts';
import type { Origin } from '../model/origin.ts';
import type { Terms } from './course-file.ts';
import type { LateRule } from './late-rule.ts';
import { lateRule } from './late-rule.ts';

export const ruleOf = (terms: Terms, timeZone?: string): LateRule =>
  lateRule({ schema: 'gradmark/course/v1', ...(timeZone && { timeZone }), assignments: { a: terms } }, 'a')!;

/** A grade of one task; `at` is when it was handed in. */
export const gradeOf = (id: string, origin: Partial<Origin> = {}, score = 60, max = 70): Grade => ({
  ...{ id, sha256: '', score, max, manualMax: 0, held: false, notes: [] },
  origin: { platform: 'moodle', handedInAs: id, ...origin },
  tasks: [{ id: 'Q1', title: 'All', score, max, manualMax: 0, status: 'partial', checks: [] }],
});
