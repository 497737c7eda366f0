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

/** The answers like this one, those that are not marked yet ticked. */
export function viewAlike(
  frame: Frame,
  task: MarkedTask,
  answer: Answer,
  versionOf: (student: string) => number,
): AlikeView {
  const { marked } = answer.task;
  return {
    ...frame,
    task: { id: task.id, title: task.title, href: taskPath(task.id) },
    back: answerPath(task.id, answer.key),
    here: `${answerPath(task.id, answer.key)}/alike`,
    gives: marked === undefined ? '' : marks(marked.points),
    comment: marked?.comment,
    answers: likeAnswers(task, answer)
      .filter((other) => other !== answer)
      .map((other) => ({
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
