/** Students and tasks as somebody types them: the exact id, and otherwise a sentence with what was probably meant. */
import { plainLine } from '../../reports/plain-text.ts';
import { nearest } from '../assignment/did-you-mean.ts';
import type { Grade, Results, TaskGrade } from '../model/grade.ts';
import { UserError } from './exit-codes.ts';

/** The grade of the student with this id. Throws UserError with whom it may have meant, by name, number or address, too. */
export function studentNamed({ submissions }: Results, word: string): Grade {
  const found = submissions.find(({ id }) => id === word);
  if (found !== undefined) return found;
  const ids = new Map<string, string>();
  for (const { id, origin } of submissions) {
    for (const known of [origin?.email, origin?.number, origin?.name, id]) if (known !== undefined) ids.set(known, id);
  }
  const meant = nearest(word, ids.keys());
  throw new UserError(
    `Nobody here has the id "${plainLine(word)}"${meant === undefined ? ': results.json and grades.csv have all ids.' : `: did you mean ${plainLine(ids.get(meant)!)}?`}`,
  );
}

/** The task of a grade. Throws UserError with the tasks that there are. */
export function taskNamed({ id: student, tasks }: Grade, word: string): TaskGrade {
  const found = tasks.find(({ id }) => id === word);
  if (found !== undefined) return found;
  const ids = tasks.map(({ id }) => id);
  const meant = nearest(word, ids);
  throw new UserError(
    `Nothing called "${plainLine(word)}" was graded of ${plainLine(student)}: ` +
      (meant === undefined ? `there is ${ids.join(', ') || 'no task'}.` : `did you mean ${meant}?`),
  );
}

/** "ann (Ann Smith)", or the id alone where no other name is known. */
export const called = ({ id, origin }: Grade): string =>
  plainLine(origin?.name === undefined || origin.name === id ? id : `${id} (${origin.name})`);
