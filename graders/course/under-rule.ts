/** What a course file makes of the grades of a batch. */
import type { Grade } from '../model/grade.ts';
import { total } from '../settle.ts';
import { countingAttempt } from './counting-attempt.ts';
import type { LateRule } from './late-rule.ts';
import { lateness } from './lateness.ts';
import { isMeant } from './same-person.ts';

/**
 * The grades with what lateness costs, one for each person: of several attempts the one that counts, which says so. To apply it
 * twice changes nothing: what is taken off is taken from the sum of the tasks.
 */
export function underRule(rule: LateRule, grades: readonly Grade[]): Grade[] {
  const persons = Map.groupBy(
    grades.map((grade) => charged(rule, grade)),
    ({ id, origin }) => (origin?.person === undefined ? `id ${id}` : `${origin.platform} ${origin.person}`),
  );
  return [...persons.values()].map((attempts) => {
    const counting = countingAttempt(rule.counts, attempts as [Grade, ...Grade[]]);
    if (attempts.length === 1) return counting;
    const note = `Of ${attempts.length} attempts this one counts: ${says[rule.counts]}.`;
    return { ...counting, notes: [...counting.notes, note] };
  });
}

/** One sentence for every extension of which it is not clear whose it is. */
export const unclearExtensions = (rule: LateRule, grades: readonly Grade[]): string[] =>
  rule.extensions.flatMap(({ who }) => {
    const meant = grades.filter((grade) => isMeant(who, grade));
    if (meant.length === 1) return [];
    if (meant.length === 0) return [`The extension of "${who}" is nobody's among these submissions.`];
    return [`The extension of "${who}" was given to ${meant.map(({ id }) => id).join(', ')}: name the one by number.`];
  });

function charged(rule: LateRule, grade: Grade): Grade {
  const { lateness: _, late: __, ...bare } = grade;
  const found = lateness(rule, grade);
  const earned = total(grade.tasks.map(({ score }) => score));
  if (found === undefined) return { ...bare, score: earned };
  const isLate = found.lateBySeconds > 0 || grade.origin?.late === true;
  return {
    ...bare,
    score: found.penalty > 0 ? Math.max(0, total([earned, -found.penalty])) : earned,
    lateness: found,
    ...(isLate && { late: found.because }),
  };
}

const says = {
  latest: 'the latest in time',
  last: 'the last',
  best: 'the best',
  first: 'the first',
};
