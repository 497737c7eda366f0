/**
 * Students who made the same mistake: the same diagnosis in the same words in the same task, or else the same sentence from
 * the same check, both once their numbers are masked. What to explain in the next lecture, with how many it helps.
 */
import type { Grade } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { isStub } from './causes.ts';
import { waits } from '../graders/model/verdict.ts';
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
  /** What is not there is no mistake. */
  absent?: 'missing' | 'stub';
  order: number;
}

/** Clusters of a class, largest first; ties in the order of tasks and checks. What was not handed in, or not begun, comes last: no mistake. */
export function clusters(grades: readonly Grade[]): Cluster[] {
  const found = new Map<string, Found>();
  const failed = ['fail', 'crash', 'timeout', 'memory', 'refused', 'missing'];
  for (const grade of grades.filter(({ refused }) => refused === undefined)) {
    let order = 0;
    for (const task of grade.tasks) {
      const wrong = task.checks.filter(({ outcome }) => failed.includes(outcome));
      // What waits for something else that is wrong is no mistake besides.
      const alone = wrong.every(waits);
      for (const verdict of task.checks) {
        order++;
        if (!wrong.includes(verdict) || (waits(verdict) && !alone)) continue;
        const key = keyOf(verdict);
        const absent = verdict.outcome === 'missing' ? 'missing' : isStub(verdict) ? 'stub' : undefined;
        const { word, icon, tone } = outcomeLabel({ ...verdict, points: 0 });
        const cluster = found.get(key) ?? {
          task: `${task.id} ${task.title}`,
          says: sayingOf(verdict),
          diagnosed: isDiagnosed(verdict),
          label: { word, icon, tone },
          checks: [],
          students: [],
          ...(absent !== undefined && { absent }),
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
  return gatherAbsent([...found.values()])
    .sort(
      (a, b) =>
        Number(a.absent !== undefined) - Number(b.absent !== undefined) ||
        b.students.length - a.students.length ||
        a.order - b.order,
    )
    .map(({ order: _, absent: __, ...cluster }) => cluster);
}

/** What the same students did not hand in becomes one cluster, and so does what they did not begin. */
function gatherAbsent(all: readonly Found[]): Found[] {
  const together = Map.groupBy(all, (cluster) =>
    cluster.absent === undefined ? cluster : JSON.stringify([cluster.absent, cluster.students]),
  );
  return [...together.values()].map((group) => {
    const first = group[0]!;
    const tasks = [...new Set(group.map(({ task }) => task))];
    if (first.absent === undefined || tasks.length === 1) return first;
    const ids = tasks.map((task) => task.split(' ')[0]).join(', ');
    if (first.absent === 'stub') return { ...first, says: `Not started yet: ${ids}.`, task: ids, checks: [] };
    const files = [...new Set(group.map(({ says }) => says.replace(/ was not handed in\.$/, '')))];
    const says = files.every((file) => !/\s/.test(file)) ? `Not handed in: ${files.join(', ')}.` : files.join(' ');
    return { ...first, says, task: ids, checks: [] };
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
  isStub(verdict)
    ? `${verdict.task} is not started yet.`
    : isDiagnosed(verdict)
      ? verdict.diagnosis!.says
      : (verdict.finding?.says ?? verdict.because ?? outcomeLabel(verdict).explains);

function keyOf(verdict: Verdict): string {
  const masked = sayingOf(verdict).replace(NUMBERS, '…');
  if (isStub(verdict)) return JSON.stringify([verdict.task, 'stub']);
  if (isDiagnosed(verdict)) return JSON.stringify([verdict.task, verdict.diagnosis!.mistakes.toSorted(), masked]);
  return JSON.stringify([verdict.task, verdict.id, verdict.outcome, masked]);
}
