/** What is known of a class now: a pure fold of everything that ever happened. */
import type { Drawing } from '../model/drawing.ts';
import type { Grade } from '../model/grade.ts';
import type { Adjustment, Mark, RegradeRequest } from '../model/marking.ts';
import type { Origin } from '../model/origin.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Circumstances, Kept, Recorded, Rubric, Said } from './event.ts';

type Of<Kind extends Said['kind']> = Extract<Recorded, { kind: Kind }>;

/** What was found of one submission, with its place in the order of all events. */
export type Run = Of<'judged'>;

/** One time that somebody handed in. */
export interface Attempt {
  sha256: string;
  files: Readonly<Record<string, string>>;
  origin?: Origin;
  kept?: Kept;
  /** The same work as it was handed in at other times before: a rule that takes the best or the first may mean those. */
  before: readonly Origin[];
  /** When it was first seen here, ISO 8601. */
  seenAt: string;
  /** Every run over it that counts, in order; for each check the last word holds. */
  runs: Run[];
}

/** A mark with what was marked. */
export interface MarkOf extends Mark {
  task: string;
  beside: number;
  sha256?: string;
  /** The student's text, as it stood before the marker. */
  text: string;
  rubricVersion?: string;
}

/** An adjustment with the work that it was set for, where that is known. */
type AdjustmentOf = Adjustment & { sha256?: string };

interface Comment {
  task?: string;
  text: string;
  reader: 'student' | 'staff';
  who: string;
  at: string;
}

export interface StudentState {
  id: string;
  attempts: Attempt[];
  /** In the order in which they were given: for each task one for each text that was marked. */
  marks: MarkOf[];
  adjustments: Map<string, AdjustmentOf>;
  comments: Comment[];
  requests: RegradeRequest[];
  held?: { who: string; at: string; why: string };
  extension?: { until: string; who: string; why: string };
}

export interface State {
  config?: Of<'configured'>;
  /** The newest batch. */
  begun?: Of<'begun'>;
  /** When the newest verdict was found, ISO 8601. */
  gradedAt?: string;
  students: Map<string, StudentState>;
  /** Who was found by any batch, graded or not. */
  expected: Set<string>;
  /** Those that were changed after the coursework was written, by task. */
  rubrics: Map<string, Of<'rubric-changed'>>;
  /** Verdicts that wait for somebody to approve them, by the number of their event. */
  proposed: Map<number, Run>;
  published: Of<'published'>[];
  forgotten: Of<'forgotten'>[];
  /** The last event of all; 0 where there is none. */
  seq: number;
}

/** Of each check the newest verdict and the run that found it, in the order of the checks. */
export function latestRuns(attempt: Attempt): Map<string, { verdict: Verdict; run: Run }> {
  const latest = new Map<string, { verdict: Verdict; run: Run }>();
  for (const run of attempt.runs) for (const verdict of run.verdicts) latest.set(verdict.id, { verdict, run });
  // A check that the coursework had once, and has no more, was asked by no newer run.
  const asked = [...coveredBy(attempt).values()].flat();
  return new Map(asked.flatMap((id) => (latest.has(id) ? [[id, latest.get(id)!]] : [])));
}

/** The checks of every task that was graded in an attempt, as the newest run over each has them. */
export const coveredBy = (attempt: Attempt): Map<string, readonly string[]> =>
  new Map(attempt.runs.flatMap((run) => Object.entries(run.covers)));

/** The checks of each task of a grade. */
export const coverOf = (tasks: Grade['tasks']): Record<string, string[]> =>
  Object.fromEntries(tasks.map(({ id, checks }) => [id, checks.map((check) => check.id)]));

/** The verdicts that hold for an attempt. */
export const verdictsOf = (attempt: Attempt): Verdict[] =>
  [...latestRuns(attempt).values()].map(({ verdict }) => verdict);

/** The runs of an attempt of which any verdict still holds, with what each was made with. */
export function holdingRuns(attempt: Attempt): Run[] {
  const holding = new Set([...latestRuns(attempt).values()].map(({ run }) => run));
  return attempt.runs.filter((run) => holding.has(run));
}

/** The newest plots of every task. */
export function drawingsOf(attempt: Attempt): Map<string, readonly Drawing[]> {
  return new Map(attempt.runs.flatMap((run) => Object.entries(run.drawings ?? {})));
}

/** The student's text that people mark in a task, under all its headings. */
export const markedText = (verdicts: readonly Verdict[], task: string): string =>
  verdicts.flatMap((verdict) => (verdict.task === task && verdict.manual ? [verdict.manual.text] : [])).join('\n');

/** What items and points beside them come to. */
export function pointsOf({ items, beside }: Pick<MarkOf, 'items' | 'beside'>, rubric: Rubric): number {
  const sum = rubric.items.filter(({ id }) => items.includes(id)).reduce((all, { marks }) => all + marks, rubric.from);
  return Math.min(rubric.cap, Math.max(rubric.floor, Math.round((sum + beside) * 1000) / 1000));
}

/** Whether two gradings were asked the same, with the same, under the same. */
export const sameCircumstances = (one: Circumstances, other: Circumstances): boolean =>
  (['seed', 'backend', 'level', 'containedBy', 'full', 'data'] as const).every((name) => one[name] === other[name]) &&
  one.round?.fingerprint === other.round?.fingerprint;
