/** What `gradmark adjust` does. */
import { marks, marksWord } from '../../reports/format.ts';
import type { TaskGrade } from '../model/grade.ts';
import { UserError } from './exit-codes.ts';
import { called, studentNamed, taskNamed } from './named-in-class.ts';
import { atDesk, signedAs, tellViews } from './open-desk.ts';

export interface AdjustOptions {
  why: string;
  as?: string;
}

/** Sets the marks of a task, or takes that back; returns the exit code. */
export async function runAdjust(
  dir: string,
  typed: { student: string; task: string; points: string },
  { why, as }: AdjustOptions,
): Promise<number> {
  if (why.trim() === '') throw new UserError('--why is empty: say the reason, the student reads it.');
  const says = await atDesk(dir, (desk) => {
    const grade = studentNamed(desk.look().results, typed.student);
    const task = taskNamed(grade, typed.task);
    const points = pointsIn(typed.points, task);
    if (points === null && task.adjusted === undefined) {
      throw new UserError(
        `The marks of ${task.id} of ${called(grade)} were not adjusted: there is nothing to take back.`,
      );
    }
    const seen = { student: grade.id, task: task.id, version: desk.version(grade.id, task.id) };
    desk.adjust(signedAs(as), seen, points, why.trim());
    const after = taskNamed(studentNamed(desk.look().results, grade.id), task.id);
    return `${task.id} of ${called(grade)}: ${marks(after.score)} of ${marksWord(task.max)}, ${marks(task.score)} before.\n`;
  });
  process.stdout.write(says);
  return tellViews(dir);
}

/** Marks as they are typed, with a point or a comma; null for "none". */
function pointsIn(typed: string, task: TaskGrade): number | null {
  if (typed === 'none') return null;
  const points = /^-?\d+([.,]\d{1,3})?$/.test(typed) ? Number(typed.replace(',', '.')) : NaN;
  if (points >= 0 && points <= task.max) return points;
  throw new UserError(
    `${task.id} takes 0 to ${marksWord(task.max)}, with three decimals at most, or "none"; not "${typed}".`,
  );
}
