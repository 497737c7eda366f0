/** What the class page says, as plain data; for staff, so nothing of the results is withheld. */
import type { Grade, Results } from '../graders/model/grade.ts';
import { taskColumns, viewRow, type StudentRow } from './class-table.ts';
import { viewTaskOfClass, type ClassTaskView } from './class-task-view.ts';
import { brokenChecks, MANY, viewTodo, type BrokenCheck, type StudentLink, type Todo } from './class-todo.ts';
import { clusters, type Cluster } from './clusters.ts';
import { folderNames } from './folder-names.ts';
import { barWidth, count, marks, marksWord, percent, tenth } from './format.ts';
import { containment } from './outcome-words.ts';
import { histogram, type Histogram } from './pictures/histogram.ts';
import { plain, plainDocument, plainLine } from './plain-text.ts';
import { batchFacts, type Fact } from './provenance.ts';
import { summarise, type Summary } from './statistics.ts';
import type { Banner } from './student-view.ts';

interface ClusterView extends Omit<Cluster, 'students'> {
  students: StudentLink[];
  count: string;
  share: string;
  many: boolean;
}

export interface ClassView {
  title: string;
  assignment: string;
  submissions: string;
  banners: Banner[];
  /** Big numbers: name, value, and what it counts. */
  numbers: { name: string; value: string; of: string }[];
  todo: Todo[];
  broken: BrokenCheck[];
  histogram: Histogram | undefined;
  leftOut: string | undefined;
  tasks: ClassTaskView[];
  /** The mistakes that most students share, then the others. */
  clusters: ClusterView[];
  rareClusters: ClusterView[];
  rareSays: string;
  columns: { id: string; title: string; anchor: string }[];
  students: StudentRow[];
  /** Whether any row has something to say in the column of states. */
  flagged: boolean;
  byScore: { place: string; id: string; href: string; score: string; width: number }[];
  facts: Fact[];
}

/** So many clusters are shown at once, if two or more students share them. */
const TOP_CLUSTERS = 8;

/** The view of a whole batch; the links lead to the folders that `writeSite` makes. */
export function viewClass(results: Results): ClassView {
  const link = linkMaker(results);
  const clean = plainDocument(results, ['staff']);
  const grades = clean.submissions.toSorted((a, b) => compareIds(a.id, b.id));
  // A refused or held grade says nothing yet about what the student can do.
  const counted = grades.filter((grade) => !grade.held && grade.refused === undefined);
  const totals = counted.map((grade) => grade.score);
  const summary = summarise(totals);
  const automatic = Math.max(0, ...(counted.length > 0 ? counted : grades).map((grade) => grade.max - grade.manualMax));
  const columns = taskColumns(grades);
  const found = clusters(grades).map((cluster) => viewCluster(cluster, grades.length, link));
  const top = found.slice(0, TOP_CLUSTERS).filter((cluster) => cluster.students.length > 1);
  return {
    title: clean.title,
    assignment: clean.assignment,
    submissions: count(grades.length, 'submission'),
    banners: classBanners(clean),
    numbers: summary ? bigNumbers(summary, automatic, totals) : [],
    todo: viewTodo(grades, link),
    broken: brokenChecks(grades, link),
    histogram: summary && histogram(totals, automatic, summary.median),
    leftOut: leftOut(grades.length - counted.length),
    tasks: columns.map((task, index) => viewTaskOfClass(task, grades, `t-${index + 1}`)),
    clusters: top,
    rareClusters: found.slice(top.length),
    rareSays: rareWords(found.length - top.length),
    columns: columns.map((task, index) => ({ id: task.id, title: task.title, anchor: `t-${index + 1}` })),
    students: grades.map((grade) => viewRow(grade, columns, link(grade.id))),
    flagged: grades.some(isFlagged),
    byScore: ranking(counted, automatic, link),
    facts: batchFacts(clean),
  };
}

const rareWords = (n: number) => (n === 1 ? 'One more' : `The ${n} others`);
const isFlagged = (grade: Grade) => grade.held || grade.refused !== undefined || grade.late !== undefined;

function linkMaker(results: Results): (id: string) => StudentLink {
  const folders = folderNames(results.submissions.map((grade) => grade.id));
  const href = (id: string) => `${encodeURIComponent(folders.get(id)!)}/report.html`;
  const links = new Map(results.submissions.map(({ id }) => [plain(id), { id: plainLine(id, 80), href: href(id) }]));
  return (id) => links.get(id) ?? { id, href: '' };
}

/** Ids in the order people expect: s2 before s10, whatever the machine's language. */
const collator = new Intl.Collator('en', { numeric: true });
const compareIds = (a: string, b: string) => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

function classBanners(results: Results): Banner[] {
  const { warning } = containment(results);
  return warning ? [{ tone: 'bad', ...warning }] : [];
}

function bigNumbers(summary: Summary, automatic: number, totals: readonly number[]): ClassView['numbers'] {
  const full = totals.filter((total) => automatic > 0 && total >= automatic).length;
  const ofAll = `of ${marksWord(automatic)}`;
  return [
    { name: 'Median', value: tenth(summary.median), of: ofAll },
    { name: 'Mean', value: tenth(summary.mean), of: ofAll },
    {
      name: 'Middle half',
      value: `${tenth(summary.lowerQuartile)} – ${tenth(summary.upperQuartile)}`,
      of: 'from quartile to quartile',
    },
    { name: 'Full marks', value: String(full), of: `of ${count(totals.length, 'student')}` },
  ];
}

const leftOut = (n: number) =>
  n === 0
    ? undefined
    : `${count(n, 'submission')} on hold or refused ${n === 1 ? 'is' : 'are'} left out of these numbers.`;

function viewCluster(cluster: Cluster, size: number, link: (id: string) => StudentLink): ClusterView {
  const n = cluster.students.length;
  return {
    ...cluster,
    students: cluster.students.map(link),
    count: count(n, 'student'),
    share: `${percent(n / size)} of the class`,
    many: n > MANY,
  };
}

/** By total, best first; equal totals share a place. */
function ranking(
  counted: readonly Grade[],
  automatic: number,
  link: (id: string) => StudentLink,
): ClassView['byScore'] {
  const sorted = counted.toSorted((a, b) => b.score - a.score || compareIds(a.id, b.id));
  return sorted.map((grade) => ({
    place: String(sorted.findIndex((other) => other.score === grade.score) + 1),
    ...link(grade.id),
    score: marks(grade.score),
    width: barWidth(grade.score, automatic),
  }));
}
