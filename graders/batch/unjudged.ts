/** Grades of submissions whose programs were never asked anything. */
import type { Grade } from '../model/grade.ts';
import type { Refusal, Submission } from '../model/submission.ts';
import { settle } from '../settle.ts';
import type { Scope } from './options.ts';
import { assignmentOf, checksOf } from './options.ts';

/** A submission of which no more is known than whose it is: it could not be taken in, or not read yet. */
const unread = ({ id, origin }: Pick<Submission, 'id' | 'origin'>): Submission => ({
  ...{ id, sha256: '', files: [], notes: [] },
  ...(origin !== undefined && { origin }),
});

/** What fails of ours outside of any check, reading included, holds this one grade and no other. */
export function brokenGrade(options: Scope, of: Submission | Pick<Submission, 'id' | 'origin'>, error: unknown): Grade {
  const submission = 'files' in of ? of : unread(of);
  const because = 'The grader itself failed here. No marks are lost; staff will look at it.';
  const staff = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const verdicts = checksOf(options).map(({ id, title, task, points: max }) => {
    return { id, title, task, outcome: 'broken' as const, points: 0, max, because, staff, ms: 0 };
  });
  return settle(assignmentOf(options), submission, verdicts);
}

/** A submission that could not be taken in: every automatic mark asked for is lost, with the one sentence that says why. */
export function refusedGrade(options: Scope, refusal: Refusal): Grade {
  const verdicts = checksOf(options).map((check) => ({
    id: check.id,
    title: check.title,
    task: check.task,
    outcome: 'refused' as const,
    points: 0,
    max: check.points,
    because: refusal.refused,
    ms: 0,
  }));
  return { ...settle(assignmentOf(options), unread(refusal), verdicts), refused: refusal.refused };
}
