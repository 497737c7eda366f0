/** What a batch is asked for: where the work lies, what is graded of it, and with what. */
import type { Coursework } from '../coursework.ts';
import { isShipped } from '../coursework.ts';
import type { BatchContext } from '../check-context.ts';
import type { LateRule } from '../course/late-rule.ts';
import type { Listed } from '../intake/roster/roster.ts';
import type { Assignment } from '../model/assignment.ts';
import type { FeedbackLevel, Grade, Results } from '../model/grade.ts';
import type { Backend, SandboxLevel, StatedContainment } from '../model/guest.ts';
import type { Check } from '../check.ts';
import type { Drawn } from '../gradebook/round.ts';
import type { Graders } from './graders.ts';

export interface BatchOptions {
  coursework: Coursework;
  paths: readonly string[];
  /** Who is in the class, where a table says so. */
  roster?: readonly Listed[] | undefined;
  /** Where grades are kept; undefined keeps nothing. */
  outDir?: string;
  /** What the probes follow from, see gradebook/round.ts; where nothing is said, the secret that the folder keeps. */
  seed?: number | undefined;
  secretFile?: string | undefined;
  round?: string | undefined;
  /** Of a batch of one: its round follows from what was handed in. */
  ownRound?: boolean | undefined;
  backend: Backend;
  level: SandboxLevel;
  /** Stated where the level does not isolate; then there is exactly one submission, see alone.ts. */
  containedBy?: StatedContainment | undefined;
  feedback: FeedbackLevel;
  graderVersion: string;
  /** Interpreter or virtual environment that runs programs in Python; by default the first on PATH. */
  python?: string | undefined;
  jobs: number;
  /** Submissions are judged in threads of their own; the coursework is then opened by its folder in each. */
  apart?: true;
  dataFolder?: string;
  full: boolean;
  /** Grade these tasks only. */
  only?: readonly string[] | undefined;
  /** When it was due, what lateness costs, and which attempt counts, where a course file says so. */
  late?: LateRule | undefined;
  /** Who grades instead of this process, once it is known what is asked. */
  elsewhere?: (asked: AskedElsewhere) => Promise<Graders>;
  /** Stop taking new submissions when this fires; what is done is kept. */
  signal?: AbortSignal;
  now: () => Date;
  clock: () => number;
}

/** What graders elsewhere have to know. */
export interface AskedElsewhere {
  options: BatchOptions;
  drawn: Drawn;
  tell: (event: BatchEvent) => void;
}

export type BatchEvent =
  | { kind: 'received'; total: number; recalled: number }
  /** A verdict more of one submission; `soFar` makes results of what there is. */
  | { kind: 'verdict'; judged: number; of: number; soFar: () => Results }
  | { kind: 'graded'; grade: Pick<Grade, 'id'>; done: number; total: number; recalled: boolean; ms: number }
  /** How it stands with graders elsewhere: how many there are, and how many submissions wait and are under way. */
  | { kind: 'elsewhere'; workers: number; waiting: number; underWay: number }
  /** Something of the batch is not where it should be; the grades are none the worse for it. */
  | { kind: 'unkept'; says: string };

/** The part of a coursework that is graded. */
export type Scope = Pick<BatchOptions, 'coursework' | 'only'>;

/** What all submissions of a batch share. */
export function batchContext(
  options: Pick<BatchOptions, 'coursework' | 'dataFolder' | 'full' | 'clock' | 'only'> & Pick<BatchContext, 'seed'>,
): BatchContext {
  const { seed, dataFolder, full, clock, coursework } = options;
  return {
    ...{ assignment: assignmentOf(options), seed, shared: new Map(), dataFolder, full, clock },
    ...(isShipped(coursework.folder) && { isShipped: true }),
  };
}

/** What is graded in full size gets the time and the memory for it. */
export function withFullLimits(coursework: Coursework): Coursework {
  const { assignment } = coursework;
  return { ...coursework, assignment: { ...assignment, limits: { ...assignment.limits, ...assignment.fullLimits } } };
}

/** The checks of the tasks that are graded. */
export const checksOf = ({ coursework, only }: Scope): Check[] =>
  coursework.checks.filter((check) => only === undefined || only.includes(check.task));

/** The assignment, with the tasks that are graded. */
export function assignmentOf({ coursework, only }: Scope): Assignment {
  const { assignment } = coursework;
  return only === undefined
    ? assignment
    : { ...assignment, tasks: assignment.tasks.filter((t) => only.includes(t.id)) };
}
