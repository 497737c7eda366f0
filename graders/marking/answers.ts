/** The answers that people mark, task by task, as the class stands now. */
import { createHash } from 'node:crypto';
import type { MarkOf, State } from '../gradebook/state.ts';
import { markedText } from '../gradebook/state.ts';
import type { Grade, Results, TaskGrade } from '../model/grade.ts';
import type { Grouped, Text } from './likeness.ts';

/** What one student handed in to one task. */
export interface Answer {
  /** Stands for the student in addresses and on anonymised pages; tells nothing of who it is. */
  key: string;
  student: string;
  grade: Grade;
  task: TaskGrade;
  text: string;
  /** Answers of the same group are alike. */
  group: number;
}

export interface MarkedTask {
  id: string;
  title: string;
  /** The marks that people give for it. */
  cap: number;
  /** In the order of reading. */
  answers: readonly Answer[];
}

/** Whether a person still has to give marks for it. */
export const isUnmarked = ({ task }: Answer): boolean => task.manualMax > 0;

/** What was given for this very text and still holds; other work of the student has marks of its own. */
export function markOn({ students }: State, { student, grade, task, text }: Answer): MarkOf | undefined {
  if (task.marked === undefined) return undefined;
  return students
    .get(student)
    ?.marks.findLast((mark) => mark.task === task.id && (mark.sha256 === grade.sha256 || mark.text === text));
}

/** Whether a check of the same task found something wrong. */
export const isFailed = ({ task }: Answer): boolean =>
  task.checks.some(({ outcome }) => !['pass', 'manual', 'skipped'].includes(outcome));

/** In which order the answers to a question are read. */
type Order = (question: string, texts: readonly Text[]) => readonly Grouped[];

/** Every task that people mark, with all answers to it; `salt` is the folder's, so that keys are its own. */
export function markedTasks(results: Results, salt: string, order: Order): MarkedTask[] {
  const byTask = new Map<string, Answer[]>();
  for (const grade of results.submissions) {
    if (grade.refused !== undefined) continue;
    for (const task of grade.tasks) {
      if (!task.checks.some(({ outcome }) => outcome === 'manual')) continue;
      const answer = { key: keyOf(salt, grade.id), student: grade.id, grade, task, group: 0 };
      const theirs = byTask.get(task.id) ?? [];
      theirs.push({ ...answer, text: markedText(task.checks, task.id) });
      byTask.set(task.id, theirs);
    }
  }
  const places = new Map(results.submissions.flatMap(({ tasks }) => tasks.map(({ id }, i) => [id, i] as const)));
  return [...byTask]
    .toSorted(([a], [b]) => places.get(a)! - places.get(b)!)
    .map(([id, answers]) => ({
      ...{ id, title: answers[0]!.task.title, cap: Math.max(...answers.map(capOf)) },
      answers: inOrder(answers, (texts) => order(id, texts)),
    }));
}

const capOf = ({ task }: Answer) =>
  task.checks.reduce((sum, { outcome, max }) => sum + (outcome === 'manual' ? max : 0), 0);

function inOrder(answers: readonly Answer[], order: (texts: Text[]) => readonly Grouped[]): Answer[] {
  const byKey = new Map(answers.map((answer) => [answer.key, answer]));
  const texts = answers.map(({ key, text }) => ({ id: key, text }));
  return order(texts).map(({ id, group }) => ({ ...byKey.get(id)!, group }));
}

/** Twelve hexadecimal digits: of a million students two hardly ever share theirs. */
const keyOf = (salt: string, id: string): string =>
  createHash('sha256').update(`answer\n${salt}\n${id}`).digest('hex').slice(0, 12);
