/**
 * Students who made the same mistake: the same diagnosis in the same words in the same task, or else the same sentence from
 * the same check, both once their numbers are masked. What to explain in the next lecture, with how many it helps.
 */
import type { Grade } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { quoted } from './format.ts';
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

interface Found extends Cluster {
  missing: boolean;
  order: number;
}

/** Clusters of a class, largest first; ties in the order of tasks and checks. What was not handed in comes last: no mistake. */
export function clusters(grades: readonly Grade[]): Cluster[] {
  const found = new Map<string, Found>();
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
          task: `${task.id} ${task.title}`,
          says: sayingOf(verdict),
          diagnosed: isDiagnosed(verdict),
          label: { word, icon, tone },
          checks: [],
          students: [],
          missing: verdict.outcome === 'missing',
          order,
        };
        // Numbers that differ from one to the other are no part of what they share.
        if (cluster.says !== sayingOf(verdict)) cluster.says = cluster.says.replace(NUMBERS, '…');
        if (!cluster.checks.includes(quoted(verdict.title))) cluster.checks.push(quoted(verdict.title));
        if (cluster.students.at(-1) !== grade.id) cluster.students.push(grade.id);
        found.set(key, cluster);
      }
    }
  }
  return gatherMissing([...found.values()])
    .sort((a, b) => Number(a.missing) - Number(b.missing) || b.students.length - a.students.length || a.order - b.order)
    .map(({ order: _, missing: __, ...cluster }) => cluster);
}

/** What the same students did not hand in becomes one cluster. */
function gatherMissing(all: readonly Found[]): Found[] {
  const together = Map.groupBy(all, (cluster) => (cluster.missing ? JSON.stringify(cluster.students) : cluster));
  return [...together.values()].map((group) => {
    const first = group[0]!;
    const tasks = [...new Set(group.map(({ task }) => task))];
    if (!first.missing || tasks.length === 1) return first;
    const files = [...new Set(group.map(({ says }) => says.replace(/ was not handed in\.$/, '')))];
    const says = files.every((file) => !/\s/.test(file)) ? `Not handed in: ${files.join(', ')}.` : files.join(' ');
    return { ...first, says, task: tasks.map((task) => task.split(' ')[0]).join(', '), checks: [] };
  });
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
  const masked = sayingOf(verdict).replace(NUMBERS, '…');
  if (isDiagnosed(verdict)) return JSON.stringify([verdict.task, verdict.diagnosis!.mistakes.toSorted(), masked]);
  return JSON.stringify([verdict.task, verdict.id, verdict.outcome, masked]);
}
