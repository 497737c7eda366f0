/** What `gradmark hold` and `gradmark release` do. */
import { UserError } from './exit-codes.ts';
import { called, studentNamed } from './named-in-class.ts';
import { atDesk, signedAs, tellViews } from './open-desk.ts';

export interface HoldOptions {
  why: string;
  as?: string;
}

/** Keeps a grade back; returns the exit code. */
export const hold = (dir: string, student: string, options: HoldOptions): Promise<number> =>
  say('held', dir, student, options);

/** Lets a grade go that a person held; returns the exit code. */
export const release = (dir: string, student: string, options: HoldOptions): Promise<number> =>
  say('released', dir, student, options);

async function say(kind: 'held' | 'released', dir: string, student: string, { why, as }: HoldOptions): Promise<number> {
  if (why.trim() === '') throw new UserError('--why is empty: say the reason.');
  const says = await atDesk(dir, (desk, book) => {
    const grade = studentNamed(desk.look().results, student);
    if (kind === 'released' && grade.heldBecause === undefined) {
      throw new UserError(
        `Nobody holds the grade of ${called(grade)}` +
          (grade.held ? ': something of the grader broke in it, and grading again or adjusting mends that.' : '.'),
      );
    }
    book.append([{ kind, student: grade.id, who: signedAs(as), at: new Date().toISOString(), why: why.trim() }]);
    const after = studentNamed(desk.look().results, grade.id);
    if (kind === 'held') return `The grade of ${called(grade)} is held.`;
    return after.held
      ? `Nobody holds the grade of ${called(grade)} any more; it stays held, since something of the grader broke in it.`
      : `The grade of ${called(grade)} is held no more.`;
  });
  process.stdout.write(`${says}\n`);
  return tellViews(dir);
}
