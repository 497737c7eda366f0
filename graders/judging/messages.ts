/** What the main thread and one that judges say to each other. */
import type { FactoryOptions } from '../guest-factory.ts';
import type { BatchOptions } from '../batch/options.ts';
import type { Carried } from '../gradebook/round.ts';
import type { Grade } from '../model/grade.ts';
import type { Submission } from '../model/submission.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Sharing, Sought } from './sharing.ts';

/** What a thread opens before it judges. */
export interface Opening extends Pick<BatchOptions, 'dataFolder' | 'full'>, Omit<FactoryOptions, 'coursework'> {
  /** What the probes follow from. */
  carried: Carried;
  /** The folder of the coursework, and whether its checks are those of the practice pack. */
  folder: string;
  isPractice?: true;
  /** Where the thread says how much of its time is nobody's, see judging-time.ts. */
  forAll: SharedArrayBuffer;
  /** Where other threads judge submissions of the same batch. */
  sharing?: Sharing;
}

/** What is said of a thread's opening by who wants it judged. */
export type Prepared = Omit<Opening, 'forAll' | 'sharing'>;

export type Ask =
  /** `refused`: the program is asked nothing more, for this reason. */
  { submission: Submission; known: readonly Verdict[]; refused: string | undefined } | 'close';

export type Told = 'ready' | Sought | { found: Verdict } | { end: End } | 'closed';

export type End = { grade: Grade } | { ours: string };
