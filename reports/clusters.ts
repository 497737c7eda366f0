/**
 * Students who made the same mistake: the same diagnosis in the same task, or else the same sentence from the same check
 * once its numbers are masked. What to explain in the next lecture, with how many it helps.
 */
import type { Grade, Verdict } from '../graders/model.ts';
import { outcomeLabel, type Label } from './outcome-words.ts';

const NUMBERS = /[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi;

export interface Cluster {
  task: string;
  says: string;
  /** True when a known mistake was recognised, false when only the sentences agree. */
  diagnosed: boolean;
  label: Label;
  checks: string[];
  students: string[];
}

/** Clusters of a class, largest first; ties in the order of tasks and checks. */
export function clusters(grades: readonly Grade[]): Cluster[] {
  const found = new Map<string, Cluster & { order: number }>();
  const failed = ['fail', 'crash', 'timeout', 'memory', 'refused', 'missing'];
  for (const grade of grades.filter(({ refused }) => refused === undefined)) {
    let order = 0;
    for (const task of grade.tasks) {
      for (const verdict of task.checks) {
        order++;
        if (!failed.includes(verdict.outcome)) continue;
        const key = keyOf(verdict);
        const { word, icon, tone } = outcomeLabel({ ...verdict, points: 0 });
        const cluster = found.get(key) ?? {
          task: task.title,
          says: sayingOf(verdict),
          diagnosed: isDiagnosed(verdict),
          label: { word, icon, tone },
          checks: [],
          students: [],
          order,
        };
        // Numbers that differ from one to the other are no part of what they share.
        if (!cluster.diagnosed && cluster.says !== sayingOf(verdict)) cluster.says = cluster.says.replace(NUMBERS, '…');
        if (!cluster.checks.includes(verdict.title)) cluster.checks.push(verdict.title);
        if (cluster.students.at(-1) !== grade.id) cluster.students.push(grade.id);
        found.set(key, cluster);
      }
    }
  }
  return [...found.values()]
    .sort((a, b) => b.students.length - a.students.length || a.order - b.order)
    .map(({ order: _, ...cluster }) => cluster);
}

function isDiagnosed(verdict: Verdict): boolean {
  return (
    verdict.diagnosis !== undefined &&
    verdict.diagnosis.certainty !== 'unknown' &&
    verdict.diagnosis.mistakes.length > 0
  );
}

const sayingOf = (verdict: Verdict) =>
  isDiagnosed(verdict)
    ? verdict.diagnosis!.says
    : (verdict.finding?.says ?? verdict.because ?? outcomeLabel(verdict).explains);

function keyOf(verdict: Verdict): string {
  if (isDiagnosed(verdict)) return JSON.stringify([verdict.task, verdict.diagnosis!.mistakes.toSorted()]);
  const masked = sayingOf(verdict).replace(NUMBERS, '…');
  return JSON.stringify([verdict.task, verdict.id, verdict.outcome, masked]);
}
