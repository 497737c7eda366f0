/** How one task went in the class: its mean, and how many passed each of its checks. */
import type { Grade, TaskGrade, Unnamed } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import type { StudentLink } from './class-todo.ts';
import { barWidth, count, marks, percent, quoted, tenth } from './format.ts';
import { countLabel, outcomeLabel, type Label } from './outcome-words.ts';

export interface ClassTaskView {
  anchor: string;
  id: string;
  title: string;
  max: string;
  automatic: boolean;
  mean: string;
  share: string;
  width: number;
  checks: {
    title: string;
    automatic: boolean;
    passed: string;
    width: number;
    /** Those who did not pass, by how it ended. */
    others: (Label & { count: string; students: StudentLink[] })[];
  }[];
}

/** Averages are over the submissions that have this task and are neither held nor refused. */
export function viewTaskOfClass(
  task: TaskGrade,
  { grades, gone }: { grades: readonly Grade[]; gone: readonly Unnamed[] },
  anchor: string,
  link: (id: string) => StudentLink,
): ClassTaskView {
  const graded = grades.filter((grade) => grade.refused === undefined);
  const theirs = graded
    .filter((grade) => !grade.held)
    .flatMap((grade) => grade.tasks.filter((candidate) => candidate.id === task.id));
  const automaticMax = Math.max(0, ...theirs.map((candidate) => candidate.max - candidate.manualMax));
  const scores = [...theirs, ...gone.flatMap(({ tasks }) => tasks.filter(({ id }) => id === task.id))].map(
    ({ score }) => score,
  );
  const mean = scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    anchor,
    id: task.id,
    title: task.title,
    max: marks(automaticMax > 0 ? automaticMax : task.max),
    automatic: automaticMax > 0,
    mean: tenth(mean),
    share: percent(automaticMax > 0 ? mean / automaticMax : 0),
    width: barWidth(mean, automaticMax),
    checks: task.checks.map((check) => viewCheckOfClass(check, graded, link)),
  };
}

function viewCheckOfClass(
  check: Verdict,
  grades: readonly Grade[],
  link: (id: string) => StudentLink,
): ClassTaskView['checks'][number] {
  const verdicts = grades.flatMap((grade) => {
    const checks = grade.tasks.find(({ id }) => id === check.task)?.checks ?? [];
    return checks.filter(({ id }) => id === check.id).map((verdict) => ({ id: grade.id, verdict }));
  });
  const judged = verdicts.filter(({ verdict }) => verdict.outcome !== 'manual');
  const passed = verdicts.filter(({ verdict }) => verdict.outcome === 'pass').length;
  const others = new Map<string, { label: Label; ids: string[] }>();
  for (const { id, verdict } of judged) {
    if (verdict.outcome === 'pass') continue;
    const { word, icon, tone } = outcomeLabel(verdict);
    const entry = others.get(word) ?? { label: { word, icon, tone }, ids: [] };
    entry.ids.push(id);
    others.set(word, entry);
  }
  return {
    title: quoted(check.title),
    automatic: judged.length > 0,
    passed: judged.length > 0 ? `${passed} of ${count(judged.length, 'student')} passed` : 'marked by a person',
    width: barWidth(passed, judged.length),
    others: [...others.values()]
      .sort((a, b) => b.ids.length - a.ids.length)
      .map(({ label, ids }) => ({ ...countLabel(label, ids.length), students: ids.map(link) })),
  };
}
