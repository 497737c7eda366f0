/**
 * What happens to a class, one event after the other: handed in, graded, marked, adjusted, published. Events are appended and never
 * changed; everything else that is known of a class follows from them (state.ts).
 */
import type { LateRule } from '../course/late-rule.ts';
import type { Assignment, RubricItem } from '../model/assignment.ts';
import type { OtherLanguage } from '../model/contract.ts';
import type { Drawing } from '../model/drawing.ts';
import type { FeedbackLevel, Results } from '../model/grade.ts';
import type { NotebookRun } from '../model/notebook.ts';
import type { Origin } from '../model/origin.ts';
import type { Verdict } from '../model/verdict.ts';

/** Who said it, when and why, and with what it was made. */
interface Signed {
  /** The name by which the machine or the course knows a person; `gradmark` for what was done by itself. */
  who: string;
  /** ISO 8601. */
  at: string;
  why?: string;
  grader?: { version: string; hash: string };
  /** Fingerprint of the probes. */
  round?: string;
  /** Version of the rubric that a person had before them. */
  rubricVersion?: string;
}

/** With what verdicts were made, besides the submission and the checks. */
export type Circumstances = Pick<Results, 'graderVersion' | 'seed' | 'round' | 'backend' | 'level' | 'containedBy'> & {
  full: boolean;
  data: boolean;
};

/** How the marks of a task that people give are counted: from `from` on, by the items that apply, between floor and cap. */
export interface Rubric {
  items: readonly RubricItem[];
  /** 0 where items give marks; all of them where items take marks away. */
  from: number;
  floor: number;
  cap: number;
}

/** What was found of one submission, whole or for some tasks. */
export interface Judged {
  kind: 'judged';
  student: string;
  sha256: string;
  under: Circumstances;
  verdicts: readonly Verdict[];
  /** All checks of each task that was graded, in their order: what was found of others before holds no longer. */
  covers: Readonly<Record<string, readonly string[]>>;
  /** For each check all that its verdict depends on besides the circumstances: a verdict of the same key need not be found again. */
  keys?: Readonly<Record<string, string>>;
  /** By task. */
  drawings?: Readonly<Record<string, readonly Drawing[]>>;
  notes: readonly string[];
  stdout?: string;
  notebooks?: NotebookRun[];
  refused?: string;
  /** Which worker found it, and how many milliseconds each phase took there. */
  took?: { worker: string; ms: Readonly<Record<string, number>> };
  /** Counts only from the moment on at which somebody approves it. */
  proposed?: true;
  /** Of proposed verdicts: the coursework that they belong to, where it is another than that of the folder. */
  assignment?: Assignment;
}

/** Where the copy of a work stands in the gradebook, and what intake said of it. */
export interface Kept {
  work: string;
  notes: readonly string[];
  language?: OtherLanguage;
}

export type Said =
  | {
      kind: 'configured';
      assignment: Assignment;
      feedback: FeedbackLevel;
      /** What a course file said of days and attempts. */
      late?: LateRule;
      /** What the next grading does where nothing else is said. */
      defaults: { backend: Results['backend']; full: boolean; data?: string };
    }
  /** A batch has found these, and reads and grades them one after the other. */
  | { kind: 'begun'; students: readonly string[]; under: Circumstances }
  | {
      kind: 'handed-in';
      student: string;
      sha256: string;
      /** Hash of each file by its path. */
      files: Readonly<Record<string, string>>;
      origin?: Origin;
      /** What is needed to grade it once more. */
      kept?: Kept;
    }
  | Judged
  /** Points for the part that people mark; `null` takes the mark back. */
  | {
      kind: 'marked';
      student: string;
      task: string;
      /** The work that the marker had before them; where nothing is said, the newest. */
      sha256?: string;
      items: readonly string[];
      /** What is given beside the items. */
      beside: number;
      /** What that came to under the rubric of then. */
      points: number | null;
      /** For the student. */
      comment?: string;
      /** For staff only. */
      note?: string;
    }
  /** The marks of a whole task, whatever checks and rubric say; `null` takes that back. `why` says the reason. */
  | { kind: 'adjusted'; student: string; task: string; points: number | null; sha256?: string }
  | { kind: 'commented'; student: string; task?: string; text: string; reader: 'student' | 'staff' }
  | { kind: 'held'; student: string }
  | { kind: 'released'; student: string }
  | { kind: 'rubric-changed'; task: string; rubric: Rubric }
  /** What holds for this person instead of the day for all, ISO 8601. */
  | { kind: 'extended'; student: string; until: string }
  | { kind: 'requested'; student: string; task?: string; text: string }
  | { kind: 'answered'; student: string; request: number; text: string; upheld: boolean }
  /** The proposed verdicts of these events count from now on. */
  | { kind: 'approved'; events: readonly number[] }
  /** Those of these events wait for nothing any more. */
  | { kind: 'withdrawn'; events: readonly number[] }
  | {
      kind: 'published';
      feedback: FeedbackLevel;
      to: string;
      /** Whether they saw what people gave, too; from then on it is released to them. */
      marks?: boolean;
      /** Hash of what each student was shown. */
      shown: Readonly<Record<string, string>>;
    }
  /** Of somebody whose work and name are gone: what the figures of the class need. `student` is a stand-in. */
  | {
      kind: 'forgotten';
      student: string;
      score: number;
      max: number;
      tasks: readonly { id: string; score: number; max: number }[];
    };

export type Event = Signed & Said;

/** An event with its place in the order of all. */
export type Recorded = Event & { readonly seq: number };

/** What people say of an answer; whoever marks it must have seen the newest. */
export const saidOfAnswers: ReadonlySet<Event['kind']> = new Set(['marked', 'adjusted', 'commented']);
