/** What the batch leaves for a person to do: grades on hold, refusals, lateness, marking. */
import type { Grade } from '../graders/model/grade.ts';
import { count, marksWord, quoted } from './format.ts';
import type { Label } from './outcome-words.ts';

export interface StudentLink {
  id: string;
  href: string;
}

/** Above this many links, a list of students is folded. */
export const MANY = 12;

export interface Todo {
  label: Label;
  count: string;
  says: string;
  students: StudentLink[];
  many: boolean;
}

type Link = (id: string) => StudentLink;

export const ON_HOLD: Label = { word: 'On hold', icon: 'pause', tone: 'ours' };
export const REFUSED: Label = { word: 'Refused', icon: 'barred', tone: 'stop' };
export const LATE: Label = { word: 'Late', icon: 'clock', tone: 'stop' };
const ASKED: Label = { word: 'Asked about', icon: 'pen', tone: 'person' };
const ADJUSTED: Label = { word: 'Set before', icon: 'pen', tone: 'ours' };
const TO_BE_MARKED: Label = { word: 'To be marked', icon: 'pen', tone: 'person' };

/** What is left to do, most urgent first; nothing that nobody needs. */
export function viewTodo(grades: readonly Grade[], link: Link): Todo[] {
  const manualMarks = grades.reduce((sum, grade) => sum + grade.manualMax, 0);
  const item = (label: Label, says: string, wanted: (grade: Grade) => boolean): Todo => {
    const students = grades.filter(wanted).map((grade) => link(grade.id));
    return { label, says, students, count: count(students.length, 'submission'), many: students.length > MANY };
  };
  return [
    item(ON_HOLD, 'The grader had a problem of its own: see the details below, then grade again.', (g) => g.held),
    item(REFUSED, refusedWords(grades), (g) => g.refused !== undefined),
    item(LATE, 'No marks were taken off: that is for you to decide.', (g) => isLate(g) && !hasRule(g)),
    item(
      LATE,
      'Marks were taken off as the course file says; each page has the arithmetic.',
      (g) => isLate(g) && hasRule(g),
    ),
    item(ADJUSTED, 'A task was set by hand for other work than what counts now: keep it or drop it.', isSetForOther),
    item(ASKED, 'Answer with gradmark answer; gradmark requests lists what they ask.', isAsked),
    item(TO_BE_MARKED, `${marksWord(manualMarks)} in all wait for a marker.`, (g) => g.manualMax > 0),
  ].filter((todo) => todo.students.length > 0);
}

/** Whether the marks of a task were set for work that does not count. */
const isSetForOther = ({ tasks }: Grade): boolean => tasks.some(({ adjusted }) => adjusted?.forOther === true);
const isAsked = ({ requests = [] }: Grade) => requests.some(({ answer }) => answer === undefined);
const isLate = (grade: Grade) => grade.late !== undefined;
const hasRule = ({ lateness }: Grade) => (lateness?.lateBySeconds ?? 0) > 0;

function refusedWords(grades: readonly Grade[]): string {
  const reasons = new Set(grades.flatMap(({ refused }) => refused ?? []));
  return reasons.size === 1
    ? `Could not be graded at all: ${[...reasons][0]}`
    : 'Could not be graded at all, for these reasons:';
}

export interface BrokenCheck {
  student: StudentLink;
  check: string;
  staff: string;
}

/** Every check that broke, with what is known about it. */
export function brokenChecks(grades: readonly Grade[], link: Link): BrokenCheck[] {
  return grades.flatMap((grade) =>
    grade.tasks
      .flatMap((task) => task.checks)
      .filter((verdict) => verdict.outcome === 'broken')
      .map((verdict) => ({
        student: link(grade.id),
        check: quoted(verdict.title),
        staff: verdict.staff ?? verdict.because ?? 'No details were kept.',
      })),
  );
}
