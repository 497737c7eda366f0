/**
 * What a submission is worth, and the results of a batch.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { TaskGrade } from 'gradmark/model/grade';
 *
 * const grade: TaskGrade = {
 *   ...{ id: 'Q1', title: 'Softmax', score: 1.5, max: 2, manualMax: 0, status: 'partial', checks: [] },
 * };
 * assert.ok(grade.score < grade.max);
 * ```
 */
import type { Drawing } from './drawing.ts';
import type { Backend, SandboxLevel, StatedContainment } from './guest.ts';
import type { Adjustment, Lateness, Mark, RegradeRequest } from './marking.ts';
import type { NotebookRun } from './notebook.ts';
import type { Origin, Person } from './origin.ts';
import type { Verdict } from './verdict.ts';

export type TaskStatus = 'pass' | 'partial' | 'fail' | 'manual' | 'held' | 'missing';

export interface TaskGrade {
  id: string;
  title: string;
  score: number;
  max: number;
  /** Marks that a person still has to give. */
  manualMax: number;
  status: TaskStatus;
  checks: Verdict[];
  /** What a person gave for the part that people mark. */
  marked?: Mark;
  /** Where a person set the marks of the whole task. */
  adjusted?: Adjustment;
  /** The plots that were handed in with the task, for the report to draw. */
  drawings?: Drawing[];
}

/** How much a student sees: marks only; marks and advice; everything including expected values. */
export type FeedbackLevel = 'score' | 'hint' | 'full';

export interface Grade {
  id: string;
  sha256: string;
  /** The sum of the tasks, less what lateness costs. */
  score: number;
  max: number;
  manualMax: number;
  /** True when something of ours broke: staff decide, nobody loses marks. */
  held: boolean;
  /** Whose it is and when it came, where that is known. */
  origin?: Origin;
  late?: string;
  lateness?: Lateness;
  /** Whether the student may see what people gave, and the rubric it was given by; until then both stay with staff. */
  released?: boolean;
  refused?: string;
  /** How often the person handed in, where more than once. */
  attempts?: number;
  /** The attempts that were graded and do not count, in the order in which they came; for staff. */
  others?: Grade[];
  /** What the student asked of it, in the order in which that came. */
  requests?: RegradeRequest[];
  /** Why a person holds it; for staff. */
  heldBecause?: string;
  /** With what it was made, where that is not what the results say of all. */
  under?: Pick<Results, 'graderVersion' | 'seed' | 'round' | 'backend' | 'level' | 'containedBy'>;
  notes: string[];
  stdout?: string;
  /** What of a program in cells was run. */
  notebooks?: NotebookRun[];
  tasks: TaskGrade[];
}

/** Which probes a batch was asked, without a way to them. */
export interface Round {
  /** As staff call it; for staff. */
  name?: string;
  /** The same for all who were asked the same. */
  fingerprint: string;
}

/** The marks of somebody whose work and name are gone. */
export interface Unnamed {
  score: number;
  max: number;
  tasks: readonly { id: string; score: number; max: number }[];
}

export interface Results {
  schema: 'gradmark/results/v1';
  assignment: string;
  title: string;
  graderVersion: string;
  /** Where one was given instead of a secret; for staff: it is all that is needed to draw the probes again. */
  seed?: number;
  /** Where the probes follow from the course's secret. */
  round?: Round;
  backend: Backend;
  level: SandboxLevel;
  /** Where the level does not isolate: what contained the one submission, as stated by whoever ran the grader. */
  containedBy?: StatedContainment;
  feedback: FeedbackLevel;
  startedAt: string;
  finishedAt: string;
  /** How many were handed in, where not all of them are graded yet. */
  of?: number;
  /** Who handed in the same files as somebody else, by ids; for staff. */
  identical?: string[][];
  /** Who came after somebody whose folder would have the same name, in the order in which they came; for staff. */
  namesakes?: string[];
  submissions: Grade[];
  /** What is left of people whose work and name are gone, for the figures of the class; for staff. */
  forgotten?: Unnamed[];
  /** Who is on the roster and handed nothing in; for staff. Absent where there is no roster. */
  absent?: Person[];
  /** What could not be made out about whose work something is, a sentence each; for staff. */
  unclear?: string[];
}
