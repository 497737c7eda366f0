/** What a course file makes of the grades of a batch. */
import type { Grade } from '../model/grade.ts';
import { total } from '../settle.ts';
import { countingAttempt } from './counting-attempt.ts';
import type { LateRule } from './late-rule.ts';
import { lateness } from './lateness.ts';
import { isMeant } from './same-person.ts';

/**
 * One person's attempts with what lateness costs: the one that counts, which says so, and the others. To apply it twice changes
 * nothing: what is taken off is taken from the sum of the tasks.
 */
export function underRule(rule: LateRule, attempts: readonly [Grade, ...Grade[]]): { counts: Grade; others: Grade[] } {
  const all = attempts.map((grade) => charged(rule, grade)) as [Grade, ...Grade[]];
  const counting = countingAttempt(rule.counts, all);
  if (all.length === 1) return { counts: counting, others: [] };
  const note = `Of ${all.length} attempts this one counts: ${says[rule.counts]}.`;
  return {
    counts: { ...counting, notes: [...counting.notes, note] },
    others: all.filter((other) => other !== counting),
  };
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
