/**
 * One coursework: tasks with marks, limits and rules.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Task } from 'gradmark/model/assignment';
 *
 * const task: Task = { id: 'Q1', title: 'Softmax', marks: 2, kinds: ['code'], unit: 'q1', exports: ['softmax'] };
 * assert.equal(task.policy, undefined);
 * ```
 */

import type { Contract } from './contract.ts';

export type TaskKind =
  | 'code'
  | 'data-pipeline'
  | 'statistics'
  | 'training-run'
  | 'derivation'
  | 'hand-weights'
  | 'tuning'
  | 'plot'
  | 'essay'
  | 'run'
  | 'read';

/** Which library calls a module may make; enforced before the run (static) and during it (tripwire). */
export type Policy =
  | 'free' // anything the allowed imports offer
  | 'no-autodiff' // tensor operations only: no automatic differentiation, optimisers or ready training loops
  | 'plain-numbers'; // no deep-learning library at all

export interface RubricItem {
  id: string;
  title: string;
  marks: number;
  /** Words that a marker may look for; shown as hints, never turned into marks. */
  concepts?: string[];
}

export interface Task {
  id: string;
  title: string;
  marks: number;
  kinds: TaskKind[];
  /** What the task's code is handed in as, e.g. `q3c`, in whatever language; absent for essays and for tasks answered in answers.json. */
  unit?: string;
  exports?: string[];
  policy?: Policy;
  /** Keys of answers.json that this task reads. */
  answers?: string[];
  /** Side-car files of plots that this task reads, e.g. `plots/q1b.json`. */
  plots?: string[];
  /** Earlier tasks that this one builds on; how a mistake there is treated is the check's business. */
  needs?: string[];
  /** What a person marks: heading in answers.md and rubric. */
  manual?: { heading: string; rubric: RubricItem[] };
  /** Task-wide limits that override the assignment's. */
  limits?: Partial<Limits>;
}

export interface Limits {
  callMs: number;
  submissionMs: number;
  memoryMb: number;
}

export interface Assignment {
  schema: 'gradmark/assignment/v1';
  slug: string;
  title: string;
  summary: string;
  /** Import specifiers a student may use besides their own files. */
  imports: string[];
  /**
   * Files that the grader provides beside the student's (e.g. code given by the sheet); a student's file of that name is ignored.
   * Files and no units: they are copied as they are, from the folder where they lie under this name.
   */
  given?: string[];
  limits: Limits;
  /** Where full-size variants of expensive tasks need more. */
  fullLimits?: Partial<Limits>;
  tasks: Task[];
  /** How it is handed in in another language, where it may be: contract.python.json beside assignment.json. */
  python?: Contract;
}
