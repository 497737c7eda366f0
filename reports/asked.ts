/** What the student asked of the grade and was told, as the page shows it. Takes what is disclosed. */
import type { Grade } from '../graders/model/grade.ts';
import { instant } from './format.ts';

export interface Asked {
  about: string;
  when: string;
  text: string;
  answer: { says: string; when: string; text: string } | undefined;
}

/** Every request in the order in which it came. */
export const viewAsked = ({ requests = [] }: Grade): Asked[] =>
  requests.map(({ task, text, at, answer }) => ({
    about: task === undefined ? 'About the whole grade' : `About ${task}`,
    ...{ when: instant(at), text },
    answer: answer && {
      says: answer.upheld ? 'Answered: you are right.' : 'Answered: the grade stays.',
      ...{ when: instant(answer.at), text: answer.text },
    },
  }));
