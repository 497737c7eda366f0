/**
 * What check authors write with. A check is one sentence with a price: it asks the student's program for values, judges
 * them here, outside the sandbox, and says what it found. See docs/architecture.md for how a check is run and settled.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Check } from 'gradmark/check';
 * import { fail, pass } from 'gradmark/check';
 *
 * const check: Check = {
 *   id: 't1.one',
 *   task: 'T1',
 *   title: 'one() gives 1',
 *   asks: 'one().',
 *   points: 2,
 *   async run(context) {
 *     const { value } = await (await context.guest()).call({ module: 't1', name: 'one' }, []);
 *     return value === 1 ? pass() : fail({ says: 'one() should be 1.' }, { earned: 0.5 });
 *   },
 * };
 * assert.equal(check.points, 2);
 * ```
 */
import type { Policy, RubricItem, Task } from './model/assignment.ts';
import type { Diagnosis, Finding } from './model/finding.ts';
import type { Guest, Precision } from './model/guest.ts';
import type { ModuleOutline, PolicyBreach, Submission } from './model/submission.ts';
import type { AnyProblem, Problem } from './problem.ts';
import type { Answered } from './question.ts';
import type { FormulaProblem } from './formula/problem.ts';
import type { Random } from './numerics/random.ts';

/** What a check found. `earned` is the share of its points, 0..1; below 1 it carries a finding. */
export interface Judgement {
  earned: number;
  finding?: Finding;
  diagnosis?: Diagnosis;
  /** log10(tolerance / distance) of the closest call; positive passes. */
  margin?: number;
  /** Conventions recognised and accepted. */
  notes?: string[];
  followThrough?: string;
  /** Set when a person has to mark: the points are then neither earned nor lost. */
  manual?: { text: string; rubric: RubricItem[]; hits: string[] };
  /** What staff should know of how this was judged; never on a student's page. */
  staff?: string;
  /** Set when the check cannot run through no fault of the student (e.g. a data set is absent). */
  skipped?: string;
}

export interface Check {
  /** Unique within the assignment, e.g. `q3c.w2`. */
  id: string;
  task: string;
  /** The sentence the student reads: a fact about their program, e.g. "grads returns ∂L/∂W² of the mean loss". */
  title: string;
  points: number;
  /** What is asked, in words, for the report. */
  asks: string;
  /** Checks that must pass first; otherwise this one is skipped and says so. */
  needs?: string[];
  /** True when a person gives the points. */
  manual?: boolean;
  /** Set where a student's kit cannot make the check and only the course does: why, for the student. */
  elsewhere?: string;
  /** True for checks that take long beside the others, e.g. training runs or whole data sets: `audit` repeats them on fewer probes. */
  costly?: boolean;
  /** The problems whose answers this check judges; `audit` plants their known mistakes. */
  problems?: readonly AnyProblem[];
  /** The formulas that this check judges; `audit` plants their known mistakes. */
  formulas?: readonly FormulaProblem[];
  run(context: CheckContext): Promise<Judgement>;
  /**
   * How the answers to `problems` are judged, where `run` first asks the program for other things, to see what was paid
   * elsewhere. `audit` has no program there and plants its mistakes here.
   */
  judgeProblems?(context: CheckContext): Promise<Judgement>;
}

/** Everything a check may use. Time, randomness and files come in here and from nowhere else. */
export interface CheckContext {
  submission: Submission;
  /** The student's program; opened on first use, reopened after a crash, and when it has to be `fresh`. */
  guest(options?: { precision?: Precision; fresh?: boolean }): Promise<Guest>;
  /** The probes of a problem for this run, made once per batch: every student is asked the same. */
  probes<Probe>(problem: Problem<Probe>): readonly Probe[];
  /**
   * Asks the student's program the problem at this probe, `reseeded` so that it draws what a new process would, `unbilled` in a
   * process whose time is not charged to it; `audit` answers here with a planted mistake instead.
   */
  ask<Probe>(
    problem: Problem<Probe>,
    probe: Probe,
    options?: { precision?: Precision; fresh?: boolean; reseeded?: boolean; unbilled?: boolean },
  ): Promise<Answered>;
  /** A stream of its own for this name, derived from the run's seed: equal seeds give equal probes for every student. */
  random(name: string): Random;
  /** Computes once per submission; later checks share the result (or the exception). */
  oncePerSubmission<T>(key: string, make: () => Promise<T>): Promise<T>;
  /** Computes once per batch; `make` must not depend on the submission. */
  oncePerBatch<T>(key: string, make: () => T): T;
  /** Where the module, or a file it imports, breaks a policy; found without running it. */
  breaches(unit: string, policy: Policy): Promise<PolicyBreach[]>;
  /** The student's modules that tasks ask for and the files that these import, as a reader sees them; unreadable ones are left out. */
  outlines(): Promise<ModuleOutline[]>;
  /** The parsed answers.json, or a ProgramStopped('missing' | 'refused') that says what is wrong with it. */
  answers(): Record<string, unknown>;
  /** What a person marks in this task: heading in answers.md and rubric. Throws when the assignment names none. */
  manual(task: string): NonNullable<Task['manual']>;
  /** The student's text under a heading of answers.md, or undefined. */
  essay(heading: string): string | undefined;
  /**
   * A JSON side-car file of the submission, size-capped and parsed, or ProgramStopped('missing' | 'refused'). Where none was handed
   * in, the plot of a notebook that stands for it.
   */
  sidecar(path: string): Promise<unknown>;
  /** Data sets of the `--data` folder; undefined when absent. */
  dataFolder: string | undefined;
  /** True with `--full`: full-size variants of expensive tasks. */
  full: boolean;
}

export const pass = (extra: Omit<Judgement, 'earned' | 'finding'> = {}): Judgement => ({ earned: 1, ...extra });

/** A wrong answer. `earned` above 0 gives partial credit. */
export const fail = (finding: Finding, extra: Omit<Judgement, 'finding'> | { earned?: number } = {}): Judgement => ({
  earned: 0,
  ...extra,
  finding,
});
