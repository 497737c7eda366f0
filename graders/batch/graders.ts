/** Who grades the submissions of a batch: this process, or workers that it reaches by way of a queue. */
import type { Lane, Outcome } from '../queue/port.ts';
import { asking } from '../queue/asking.ts';
import type { Work } from '../queue/do-job.ts';
import { doJob } from '../queue/do-job.ts';
import { openLocalQueue } from '../queue/sqlite/queue.ts';
import { bare } from '../queue/wrapping.ts';
import type { Judged } from '../gradebook/event.ts';
import type { Grade } from '../model/grade.ts';
import type { Submission } from '../model/submission.ts';
import { contentOf, gradeFor, hashOfContent, textOfGrade } from './content.ts';
import type { Verdict } from '../model/verdict.ts';

/** Verdicts that need not be found again. */
type Known = ReadonlyMap<string, Verdict>;

export interface Graders {
  /** How many submissions may wait for their grades at once. */
  window: number;
  /** The grade; or what is left of one, and why. Rejects with NotWaitedFor where the batch is interrupted first. */
  grade(submission: Submission, known: Known): Promise<Graded>;
  close(): Promise<void>;
}

/** A grade that is not whole is the grader's own trouble: `grade` is absent where there is nothing of it. */
interface Graded {
  grade?: Grade;
  trouble?: string;
  /** On what machine, and how long it took there. */
  took?: Judged['took'];
}

/** The batch was interrupted before the grade was there; it is fetched by the next run. */
export class NotWaitedFor extends Error {
  override readonly name = 'NotWaitedFor';
}

/** What a job of this work came to: a grade that is held is no result, but there for who gives up. */
export const workOf = (grade: Grade): Work => ({
  body: textOfGrade(grade),
  ...(grade.held && { trouble: troubleOf(grade) }),
});

/** The grade of an outcome. */
export function gradedOf(submission: Submission, outcome: Outcome, open: (body: Uint8Array) => string): Graded {
  if (outcome.kind === 'found') return { grade: gradeFor(submission, open(outcome.result.body)) };
  const { reason, body } = outcome;
  return { trouble: reason, ...(body !== undefined && { grade: gradeFor(submission, open(body)) }) };
}

const troubleOf = ({ tasks }: Grade): string =>
  tasks.flatMap(({ checks }) => checks).find(({ outcome }) => outcome === 'broken')?.staff ?? 'The grade is held.';

/** All jobs of one batch within one process: nothing about them differs but the work. */
const lane: Lane = {
  ...{ name: 'batch', urgency: 'deadline', course: 'batch', sheet: '', demands: '{}' },
  ...{ tries: 1, expireSeconds: Infinity },
};

/** The graders of this process: whoever asks for a grade also makes one, the next in turn, so that `jobs` are made at once. */
export function gradersHere(
  jobs: number,
  clock: () => number,
  gradeHere: (submission: Submission, known: Known) => Promise<Grade>,
): Graders {
  const queue = openLocalQueue({ heartbeatMs: Infinity, clock });
  /** By content, for as long as somebody waits for it. */
  const asked = new Map<string, { submission: Submission; known: Known; waiting: number }>();
  const { ask, hear } = asking(queue);
  const gradeNext = async (): Promise<void> => {
    const claim = await queue.claim('here');
    // What equal work came to may lie there already, found once more when everybody who had asked for it had it.
    if (claim === undefined) return hear();
    const one = asked.get(claim.job.submission);
    if (one === undefined) {
      // Equal work was found in the moment in which it was asked for again, and everybody has it.
      await queue.release(claim, { reason: 'Nobody waits for it any more.' });
      return queue.forget([claim.name]);
    }
    const work = async () => workOf(await gradeHere(one.submission, one.known));
    await doJob(claim, work, { queue, worker: 'here', wrapping: bare, clock });
    await hear();
  };
  return {
    window: jobs,
    async grade(submission, known) {
      const content = hashOfContent(contentOf(submission));
      const one = asked.get(content) ?? { submission, known, waiting: 0 };
      asked.set(content, { ...one, waiting: one.waiting + 1 });
      const job = { submission: content, student: submission.id, coursework: '', grader: '', round: '', runtime: '' };
      try {
        return gradedOf(submission, await ask(lane, job, gradeNext), (body) => bare.open('', body));
      } finally {
        const { waiting, ...rest } = asked.get(content)!;
        if (waiting === 1) asked.delete(content);
        else asked.set(content, { ...rest, waiting: waiting - 1 });
      }
    },
    close: () => queue.close(),
  };
}
