/** What the class page says, as plain data; for staff, so nothing of the results is withheld. */
import type { Grade, Results, TaskGrade } from '../graders/model.ts';
import { clusters, type Cluster } from './clusters.ts';
import { folderNames } from './folder-names.ts';
import { barWidth, count, marks, marksWord, percent } from './format.ts';
import { containment, statusLabel, type Label } from './outcome-words.ts';
import { histogram, type Histogram } from './pictures/histogram.ts';
import { plain, plainDocument, plainLine } from './plain-text.ts';
import { batchFacts, type Fact } from './provenance.ts';
import { summarise } from './statistics.ts';
import type { Banner } from './student-view.ts';
import { viewTaskOfClass, type ClassTaskView } from './class-task-view.ts';

export interface StudentLink {
  id: string;
  href: string;
}

export interface StudentRow extends StudentLink {
  score: string;
  max: string;
  width: number;
  flags: Label[];
  cells: { score: string; tone: string; says: string; depth: number }[];
}

export interface ClassView {
  title: string;
  assignment: string;
  submissions: string;
  banners: Banner[];
  /** Big numbers: name, value, and what it counts. */
  numbers: { name: string; value: string; of: string }[];
  /** What a person has to do, largest first. */
  todo: { label: Label; count: string; says: string; students: StudentLink[]; many: boolean }[];
  broken: { student: StudentLink; check: string; staff: string }[];
  histogram: Histogram | undefined;
  leftOut: string | undefined;
  tasks: ClassTaskView[];
  /** Mistakes that two or more share, and the number of those made once. */
  clusters: (Omit<Cluster, 'students'> & { students: StudentLink[]; count: string; share: string; many: boolean })[];
  singles: ClassView['clusters'];
  singlesSays: string;
  columns: { title: string; anchor: string; max: string }[];
  students: StudentRow[];
  byScore: { place: string; id: string; href: string; score: string; width: number }[];
  facts: Fact[];
}

/** The view of a whole batch; the links lead to the folders that `writeSite` makes. */
export function viewClass(results: Results): ClassView {
  const folders = folderNames(results.submissions.map((grade) => grade.id));
  const links = new Map(
    results.submissions.map(({ id }) => [
      plain(id),
      { id: plainLine(id), href: `${encodeURIComponent(folders.get(id)!)}/report.html` },
    ]),
  );
  const link = (id: string): StudentLink => links.get(id) ?? { id, href: '' };
  const clean = plainDocument(results);
  const grades = clean.submissions.toSorted((a, b) => compareIds(a.id, b.id));
  // A refused or held grade says nothing yet about what the student can do.
  const counted = grades.filter((grade) => !grade.held && grade.refused === undefined);
  const totals = counted.map((grade) => grade.score);
  const summary = summarise(totals);
  const automatic = Math.max(0, ...(counted.length > 0 ? counted : grades).map((grade) => grade.max - grade.manualMax));
  const found = clusters(grades).map((cluster) => viewCluster(cluster, grades.length, link));
  const tasks = taskColumns(grades);
  return {
    title: clean.title,
    assignment: clean.assignment,
    submissions: count(grades.length, 'submission'),
    banners: classBanners(clean),
    numbers: summary
      ? [
          { name: 'Median', value: marks(summary.median), of: `of ${marksWord(automatic)}` },
          { name: 'Mean', value: marks(Math.round(summary.mean * 10) / 10), of: `of ${marksWord(automatic)}` },
          {
            name: 'Middle half',
            value: `${marks(summary.lowerQuartile)}–${marks(summary.upperQuartile)}`,
            of: 'between the quartiles',
          },
          {
            name: 'Full marks',
            value: String(totals.filter((total) => automatic > 0 && total >= automatic).length),
            of: `of ${count(counted.length, 'student')}`,
          },
        ]
      : [],
    todo: todo(grades, link),
    broken: brokenChecks(grades, link),
    histogram: summary && histogram(totals, automatic, summary.median),
    leftOut: leftOut(grades.length - counted.length),
    tasks: tasks.map((task, index) => viewTaskOfClass(task, grades, `t-${index + 1}`)),
    clusters: found.filter((cluster) => cluster.students.length > 1),
    singles: found.filter((cluster) => cluster.students.length === 1),
    singlesSays: `${count(found.filter((cluster) => cluster.students.length === 1).length, 'mistake')} made by one student only`,
    columns: tasks.map((task, index) => ({ title: task.title, anchor: `t-${index + 1}`, max: marks(task.max) })),
    students: grades.map((grade) => viewRow(grade, tasks, link(grade.id))),
    byScore: counted
      .toSorted((a, b) => b.score - a.score || compareIds(a.id, b.id))
      .map((grade, index, all) => ({
        place: String(all.findIndex((other) => other.score === grade.score) + 1 || index + 1),
        ...link(grade.id),
        score: marks(grade.score),
        width: barWidth(grade.score, automatic),
      })),
    facts: batchFacts(clean),
  };
}

/** Ids in the order people expect: s2 before s10, whatever the machine's language. */
const collator = new Intl.Collator('en', { numeric: true });
const compareIds = (a: string, b: string) => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

function classBanners(results: Results): Banner[] {
  const { warning } = containment(results.level);
  return warning ? [{ tone: 'bad', ...warning }] : [];
}

const leftOut = (n: number) =>
  n === 0
    ? undefined
    : `${count(n, 'submission')} on hold or refused ${n === 1 ? 'is' : 'are'} left out of these numbers.`;

/** Every task that occurs, in the order of the assignment. */
function taskColumns(grades: readonly Grade[]): TaskGrade[] {
  const tasks = new Map<string, TaskGrade>();
  for (const task of grades.flatMap((grade) => grade.tasks)) if (!tasks.has(task.id)) tasks.set(task.id, task);
  return [...tasks.values()];
}

function todo(grades: readonly Grade[], link: (id: string) => StudentLink): ClassView['todo'] {
  const pick = (wanted: (grade: Grade) => boolean) => grades.filter(wanted).map((grade) => link(grade.id));
  const manualMarks = grades.reduce((sum, grade) => sum + grade.manualMax, 0);
  return [
    {
      label: { word: 'On hold', icon: 'pause', tone: 'ours' } as const,
      says: 'The grader had a problem of its own. Look at the details below, then grade these again.',
      students: pick((grade) => grade.held),
    },
    {
      label: { word: 'Refused', icon: 'barred', tone: 'stop' } as const,
      says: 'These could not be graded at all; each page says why.',
      students: pick((grade) => grade.refused !== undefined),
    },
    {
      label: { word: 'Late', icon: 'clock', tone: 'stop' } as const,
      says: 'No marks were taken off: that is for you to decide.',
      students: pick((grade) => grade.late !== undefined),
    },
    {
      label: { word: 'To be marked', icon: 'pen', tone: 'person' } as const,
      says: `${marksWord(manualMarks)} in all wait for a marker.`,
      students: pick((grade) => grade.manualMax > 0),
    },
  ]
    .filter((item) => item.students.length > 0)
    .map((item) => ({ ...item, count: count(item.students.length, 'submission'), many: item.students.length > 12 }));
}

function brokenChecks(grades: readonly Grade[], link: (id: string) => StudentLink): ClassView['broken'] {
  return grades.flatMap((grade) =>
    grade.tasks
      .flatMap((task) => task.checks)
      .filter((verdict) => verdict.outcome === 'broken')
      .map((verdict) => ({
        student: link(grade.id),
        check: verdict.title,
        staff: verdict.staff ?? verdict.because ?? 'No details were kept.',
      })),
  );
}

function viewCluster(cluster: Cluster, size: number, link: (id: string) => StudentLink): ClassView['clusters'][number] {
  const n = cluster.students.length;
  return {
    ...cluster,
    students: cluster.students.map(link),
    count: count(n, 'student'),
    share: percent(n / size),
    many: n > 12,
  };
}

function viewRow(grade: Grade, tasks: readonly TaskGrade[], link: StudentLink): StudentRow {
  const flags: Label[] = [
    ...(grade.held ? [{ word: 'On hold', icon: 'pause', tone: 'ours' } as const] : []),
    ...(grade.refused !== undefined ? [{ word: 'Refused', icon: 'barred', tone: 'stop' } as const] : []),
    ...(grade.late !== undefined ? [{ word: 'Late', icon: 'clock', tone: 'stop' } as const] : []),
  ];
  return {
    ...link,
    score: marks(grade.score),
    max: marks(grade.max - grade.manualMax),
    width: barWidth(grade.score, grade.max - grade.manualMax),
    flags,
    cells: tasks.map((column) => {
      const task = grade.tasks.find((candidate) => candidate.id === column.id);
      if (task === undefined) return { score: '–', tone: 'idle', says: 'not graded', depth: 0 };
      const { word, tone } = statusLabel(task.status);
      const automatic = task.max - task.manualMax;
      const depth = automatic > 0 ? Math.round((4 * task.score) / automatic) : 0;
      return { score: task.status === 'manual' && automatic === 0 ? '…' : marks(task.score), tone, says: word, depth };
    }),
  };
}
