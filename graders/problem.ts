/**
 * A problem is a question with its key: one thing that the student's program computes, and what is right and wrong there.
 * Checks judge answers to problems; `diagnose` explains wrong ones; `audit` plants the mistakes.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import type { Key } from 'gradmark/key';
 * import type { Problem } from 'gradmark/problem';
 * import type { Question } from 'gradmark/question';
 *
 * declare const question: Question<number>;
 * const key: Key<number> = { probes: () => [3], oracle: (x) => ({ y: arrayOf([x]) }), mistakes: [] };
 * const problem = (asked: typeof question): Problem<number> => ({ ...asked, ...key });
 * assert.deepEqual(problem({ id: 'same' } as typeof question).probes, key.probes);
 * ```
 */
import type { Key } from './key.ts';
import type { Question } from './question.ts';

export interface Problem<Probe> extends Question<Probe>, Key<Probe> {}

// A check list holds problems of many probe types; the probe type is private to each problem.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyProblem = Problem<any>;
