/** The marks of a submission on one scale: what is earned, what a person still gives, what is on hold, what is gone, of all there is. */
import type { Grade } from '../graders/model/grade.ts';
import { barWidth, marks } from './format.ts';

export interface Total {
  score: string;
  max: string;
  /** Set where there is no total. */
  says: string | undefined;
  bar: { earned: number; manual: number; held: number };
  /** What is not earned, by kind: the marks, and what has become of them. */
  parts: { kind: 'manual' | 'held' | 'late' | 'lost'; marks: string; says: string }[];
}

/** The total of a grade; a refused one has none: nothing is not zero. */
export function totalOfAll(grade: Grade): Total {
  const { max, score, manualMax } = grade;
  if (grade.refused !== undefined) {
    const bar = { earned: 0, manual: 0, held: 0 };
    return { score: '–', max: marks(max), says: 'Nothing could be graded', bar, parts: [] };
  }
  const checks = grade.tasks.filter(({ adjusted }) => adjusted === undefined).flatMap((task) => task.checks);
  const held = checks.reduce((sum, verdict) => sum + (verdict.outcome === 'broken' ? verdict.max : 0), 0);
  const penalty = grade.lateness?.penalty ?? 0;
  const lost = Math.max(0, max - score - manualMax - held - penalty);
  const parts: Total['parts'] = [
    { kind: 'manual', marks: marks(manualMax), says: 'still to be given by a person' },
    { kind: 'held', marks: marks(held), says: 'on hold' },
    { kind: 'late', marks: marks(penalty), says: 'taken off for coming late' },
    { kind: 'lost', marks: marks(lost), says: 'not earned' },
  ];
  return {
    score: marks(score),
    max: marks(max),
    says: undefined,
    bar: { earned: barWidth(score, max), manual: barWidth(manualMax, max), held: barWidth(held, max) },
    parts: parts.filter((part) => part.marks !== '0'),
  };
}
