/** What a person gave for a task, and where one set its marks by hand. Takes what is disclosed. */
import type { TaskGrade } from '../graders/model/grade.ts';
import { instant, marks, marksWord } from './format.ts';

export interface Given {
  marked:
    | { points: string; comment: string | undefined; items: { title: string; marks: string; given: boolean }[] }
    | undefined;
  adjusted: { points: string; why: string; when: string } | undefined;
}

/** The marks by people of a task; undefined where there are none. */
export function viewGiven({ marked, adjusted, checks, max }: TaskGrade): Given | undefined {
  if (marked === undefined && adjusted === undefined) return undefined;
  const byPeople = checks.flatMap((check) => (check.manual === undefined ? [] : [check]));
  const all = byPeople.reduce((sum, check) => sum + check.max, 0);
  return {
    marked: marked && {
      points: `${marks(marked.points)} of ${marksWord(all)}`,
      comment: marked.comment,
      items: byPeople
        .flatMap((check) => check.manual!.rubric)
        .map(({ id, title, marks: worth }) => ({ title, marks: marksWord(worth), given: marked.items.includes(id) })),
    },
    adjusted: adjusted && {
      points: `${marks(adjusted.points)} of ${marksWord(max)}`,
      why: adjusted.why,
      when: instant(adjusted.at),
    },
  };
}
