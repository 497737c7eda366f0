/** "Apply to these": the answers that are alike, and what each would get, before anything is written. */
import type { Answer, MarkedTask } from '../../graders/marking/answers.ts';
import { isUnmarked } from '../../graders/marking/answers.ts';
import { likeAnswers } from '../../graders/marking/desk.ts';
import { marks } from '../format.ts';
import { plain } from '../plain-text.ts';
import type { Frame } from './marking-view.ts';
import { answerPath, nameOf, taskPath } from './marking-view.ts';

export interface AlikeView extends Frame {
  task: { id: string; title: string; href: string };
  back: string;
  here: string;
  /** What will be given. */
  gives: string;
  comment: string | undefined;
  /** Which of how many are shown, where there are more than a page of them. */
  range: string | undefined;
  more: { says: string; href: string }[];
  answers: {
    key: string;
    who: string;
    text: string;
    stands: string;
    version: number;
    isTicked: boolean;
    href: string;
  }[];
}

/** So many answers stand on one page. */
const perPage = 100;

/** The answers like this one from the place `from` on, those that are not marked yet first and ticked. */
export function viewAlike(
  frame: Frame,
  task: MarkedTask,
  answer: Answer,
  { from, versionOf }: { from: number; versionOf: (student: string) => number },
): AlikeView {
  const { marked } = answer.task;
  const others = likeAnswers(task, answer).filter((other) => other !== answer);
  const inOrder = [...others.filter(isUnmarked), ...others.filter((other) => !isUnmarked(other))];
  const first = from < inOrder.length ? from - (from % perPage) : 0;
  const shown = inOrder.slice(first, first + perPage);
  const here = `${answerPath(task.id, answer.key)}/alike`;
  const pageAt = (at: number, says: string) => ({ says, href: `${here}?from=${at}` });
  return {
    ...frame,
    task: { id: task.id, title: task.title, href: taskPath(task.id) },
    back: answerPath(task.id, answer.key),
    here: first === 0 ? here : `${here}?from=${first}`,
    gives: marked === undefined ? '' : marks(marked.points),
    comment: marked?.comment,
    range:
      others.length > perPage
        ? `${first + 1} to ${first + shown.length} of ${others.length}; those that are not marked yet come first.`
        : undefined,
    more: [
      ...(first > 0 ? [pageAt(first - perPage, 'Those before')] : []),
      ...(first + perPage < others.length ? [pageAt(first + perPage, 'Those after')] : []),
    ],
    answers: shown.map((other) => ({
      key: other.key,
      who: nameOf(other.grade, other.key, frame.settings.names),
      text: plain(other.text, 600),
      stands: other.task.marked === undefined ? 'not marked' : marks(other.task.marked.points),
      version: versionOf(other.student),
      isTicked: isUnmarked(other),
      href: answerPath(task.id, other.key),
    })),
  };
}
