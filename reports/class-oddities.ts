/** What staff look at besides marks: who handed in the same bytes, whose programs took longest, why submissions were refused. */
import type { Grade } from '../graders/model/grade.ts';
import type { StudentLink } from './class-todo.ts';
import { count, duration, instant, marks, marksWord, quoted } from './format.ts';

type Link = (id: string) => StudentLink;

/** Students and what is said of them all. */
export interface Who {
  says: string;
  students: StudentLink[];
}

const grouped = (grades: readonly Grade[], keyOf: (grade: Grade) => string | undefined): [string, Grade[]][] => [
  ...Map.groupBy(
    grades.filter((grade) => keyOf(grade) !== undefined),
    (grade) => keyOf(grade)!,
  ),
];

/** Submissions that are the same to the last byte. */
export const duplicates = (grades: readonly Grade[], link: Link): Who[] =>
  grouped(grades, ({ sha256 }) => (sha256 === '' ? undefined : sha256))
    .filter(([, same]) => same.length > 1)
    .map(([sha256, same]) => ({
      says: `${count(same.length, 'submission')}, SHA-256 ${sha256.slice(0, 12)}…`,
      students: same.map(({ id }) => link(id)),
    }));

/** Every reason for which submissions were refused, the commonest first. */
export const refusals = (grades: readonly Grade[], link: Link): Who[] =>
  grouped(grades, ({ refused }) => refused)
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, theirs]) => ({ says: reason, students: theirs.map(({ id }) => link(id)) }));

/** Who was graded and whose every automatic check found nothing to judge. */
export const emptyHanded = (grades: readonly Grade[], link: Link): StudentLink[] =>
  grades.filter(handedNothingIn).map(({ id }) => link(id));

function handedNothingIn({ refused, tasks }: Grade): boolean {
  const outcomes = tasks.flatMap(({ checks }) => checks.map(({ outcome }) => outcome));
  const nothing = outcomes.every((outcome) => ['missing', 'skipped', 'manual'].includes(outcome));
  return refused === undefined && nothing && outcomes.includes('missing');
}

/** Who was graded several times, with the attempts that do not count. */
export interface Several {
  student: StudentLink;
  others: { says: string; href: string }[];
}

/** The page of the attempt in this place of those that do not count, beside that of the one that does. */
export const attemptPage = (index: number): string => `attempt-${index + 1}.html`;

/** Everybody of whom several attempts were graded. */
export const severalTimes = (grades: readonly Grade[], link: Link): Several[] =>
  grades
    .filter(({ others = [] }) => others.length > 0)
    .map(({ id, others = [] }) => {
      const student = link(id);
      const folder = student.href.slice(0, student.href.lastIndexOf('/') + 1);
      return {
        student,
        others: others.map((other, i) => ({ says: attemptWords(other), href: `${folder}${attemptPage(i)}` })),
      };
    });

function attemptWords({ score, max, held, refused, origin }: Grade): string {
  const result = refused !== undefined ? 'refused' : held ? 'on hold' : `${marks(score)} of ${marksWord(max)}`;
  return origin?.at === undefined ? result : `${result}, handed in ${instant(origin.at)}`;
}

export interface Slow extends StudentLink {
  time: string;
  /** The check that took most of it. */
  most: string;
}

/** So many of the slowest are named. */
const SLOWEST = 10;

/** Whose checks took longest, longest first. */
export const slowest = (grades: readonly Grade[], link: Link): Slow[] =>
  grades
    .filter((grade) => checkMs(grade) > 0)
    .toSorted((a, b) => checkMs(b) - checkMs(a))
    .slice(0, SLOWEST)
    .map((grade) => {
      const checks = grade.tasks.flatMap((task) => task.checks);
      const most = checks.reduce((a, b) => (b.ms > a.ms ? b : a));
      return {
        ...link(grade.id),
        time: duration(checkMs(grade)),
        most: `${most.task}: ${quoted(most.title)}, ${duration(most.ms)}`,
      };
    });

/** How long all checks of a submission took. */
export const checkMs = ({ tasks }: Grade): number =>
  tasks.reduce((sum, { checks }) => sum + checks.reduce((ms, check) => ms + check.ms, 0), 0);
