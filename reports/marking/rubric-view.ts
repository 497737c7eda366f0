/** The rubric of a question as a form, and what a change of it does to whom, before it is made. */
import type { Rubric } from '../../graders/gradebook/event.ts';
import { pointsOf } from '../../graders/gradebook/state.ts';
import type { View } from '../../graders/marking/desk.ts';
import type { MarkedTask } from '../../graders/marking/answers.ts';
import { markOn } from '../../graders/marking/answers.ts';
import { count, marks } from '../format.ts';
import type { Frame } from './marking-view.ts';
import { nameOf, taskPath } from './marking-view.ts';

export interface RubricView extends Frame {
  task: { id: string; title: string; href: string };
  here: string;
  items: { id: string; title: string; marks: string; used: string }[];
  from: string;
  floor: string;
  cap: string;
  why: string;
  mistakes: string[];
  /** Undefined until a change is proposed. */
  effect:
    | { says: string; changes: { who: string; before: string; after: string }[]; more: string; hash: string }
    | undefined;
}

interface Proposed {
  rubric: Rubric;
  why: string;
  mistakes: readonly string[];
  isProposed: boolean;
}

/** The form with the rubric of now or the proposed one, and the effect of the latter. */
export function viewRubric(
  frame: Frame,
  view: View,
  task: MarkedTask,
  { rubric, why, mistakes, isProposed }: Proposed,
): RubricView {
  const used = (id: string) => task.answers.filter((answer) => answer.task.marked?.items.includes(id) === true).length;
  return {
    ...frame,
    task: { id: task.id, title: task.title, href: taskPath(task.id) },
    here: `${taskPath(task.id)}/rubric`,
    items: rubric.items.map(({ id, title, marks: worth }) => ({
      ...{ id, title, marks: String(worth) },
      used: used(id) === 0 ? '' : `given ${count(used(id), 'time')}`,
    })),
    ...{ from: String(rubric.from), floor: String(rubric.floor), cap: String(rubric.cap), why },
    mistakes: [...mistakes],
    effect: isProposed && mistakes.length === 0 ? effectOf(frame, view, task, rubric) : undefined,
  };
}

/** So many of those whose marks change are listed; all are counted. */
const listed = 200;

function effectOf({ settings }: Frame, { state, seq }: View, task: MarkedTask, rubric: Rubric): RubricView['effect'] {
  const changes = task.answers.flatMap((answer) => {
    const { key, grade } = answer;
    const { marked } = answer.task;
    const mark = markOn(state, answer);
    if (marked === undefined || mark === undefined) return [];
    const after = pointsOf(mark, rubric);
    return after === marked.points
      ? []
      : [{ who: nameOf(grade, key, settings.names), before: marks(marked.points), after: marks(after) }];
  });
  const says =
    changes.length === 0
      ? 'Nobody’s marks change.'
      : `${count(changes.length, 'answer')} of ${task.answers.length} would change.`;
  const more = changes.length > listed ? `and ${changes.length - listed} more` : '';
  return { says, changes: changes.slice(0, listed), more, hash: String(seq) };
}
