/**
 * How one check ended.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Verdict } from 'gradmark/model/verdict';
 *
 * const verdict: Verdict = { id: 'q1.rows', title: 'Rows sum to 1', task: 'Q1', outcome: 'pass', points: 2, max: 2, ms: 3 };
 * assert.equal(verdict.because, undefined);
 * ```
 */
import type { RubricItem } from './assignment.ts';
import type { Diagnosis, Finding } from './finding.ts';
import type { StopKind } from './guest.ts';

export type OutcomeKind =
  | 'pass'
  | 'fail' // the answer is wrong
  | StopKind // the student's program stopped, or was not allowed to run
  | 'missing' // file, export or answer not handed in
  | 'skipped' // not run because something earlier failed, or data is absent
  | 'manual' // a person marks it
  | 'broken'; // our fault: the grade is held, never lowered

export interface Verdict {
  id: string;
  title: string;
  task: string;
  outcome: OutcomeKind;
  points: number;
  max: number;
  finding?: Finding;
  diagnosis?: Diagnosis;
  /** Where the decision stood: log10(tolerance / distance); positive passes, negative fails. */
  margin?: number;
  /** Conventions recognised and accepted, e.g. "gradient is the sum over the batch". */
  notes?: string[];
  /** Set when a later part was judged on the student's own, or on the reference's, earlier part. */
  followThrough?: string;
  /** For `manual`: the student's own text and what the marker needs. */
  manual?: { text: string; rubric: RubricItem[]; hits: string[] };
  /** For a stop, a refusal, missing, skipped or broken: one sentence. */
  because?: string;
  /** Stack and internals for staff; never on a student's page. */
  staff?: string;
  ms: number;
}

/** A check that is judged only when something else of its task computes something. */
export const waits = ({ outcome, finding }: Pick<Verdict, 'outcome' | 'finding'>): boolean =>
  outcome === 'fail' && /^Counts once /.test(finding?.says ?? '');
