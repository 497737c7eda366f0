/** What the class page says, as plain data; for staff, so nothing of the results is withheld. */
import { letGo, lettingGo } from '../graders/collect.ts';
import type { Results } from '../graders/model/grade.ts';
import { changesSince, type ChangeKind, type Changes } from './changes.ts';
import { filtersOf, releaseOf, type Filter, type Release } from './class-filters.ts';
import { duplicates, emptyHanded, refusals, severalTimes, slowest } from './class-oddities.ts';
import type { Several, Slow, Who } from './class-oddities.ts';
import { taskColumns, viewRows, type StudentRow } from './class-table.ts';
import { viewTaskOfClass, type ClassTaskView } from './class-task-view.ts';
import { brokenChecks, MANY, viewTodo, type BrokenCheck, type StudentLink, type Todo } from './class-todo.ts';
import { clusters, type Cluster } from './clusters.ts';
import { folderNames } from './folder-names.ts';
import { count, marksWord, percent, quoted, tenth } from './format.ts';
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
  /** How wide a column of the table has to be for every name of a task, in letters. */
  taskWidth: string;
  students: StudentRow[];
  /** Whether any row has something to say in the column of states. */
  flagged: boolean;
  filters: Filter[];
  release: Release;
  /** What is otherwise than in the results before; undefined where none were given. */
  changes: { kind: ChangeKind; word: string; checks: Who[] }[] | undefined;
  changesSay: string;
  /** Why submissions were refused, where there is more than one reason. */
  reasons: Who[];
  duplicates: Who[];
  emptyHanded: Who[];
  several: Several[];
  slowest: Slow[];
  facts: Fact[];
}

/** So many clusters are shown at once, if two or more students share them. */
const TOP_CLUSTERS = 8;

/** The view of a whole batch, compared with the results `before` it; the links lead to the folders that `writeSite` makes. */
export function viewClass(results: Results, before?: Results): ClassView {
  const link = linkMaker(results);
  const submissions = Array.from(lettingGo(results.submissions), (grade) => plainDocument(grade, ['staff']));
  const clean = { ...plainDocument({ ...results, submissions: [] }), submissions };
  const grades = submissions.toSorted((a, b) => compareIds(a.id, b.id));
  // A refused or held grade says nothing yet about what the student can do.
  const counted = grades.filter((grade) => !grade.held && grade.refused === undefined);
  // Who is gone counts by their marks alone.
  const gone = (clean.forgotten ?? []).filter(({ max }) => max > 0);
  const totals = [...counted, ...gone].map(({ score }) => score);
  const summary = summarise(totals);
  const automatic = Math.max(0, ...(counted.length > 0 ? counted : grades).map((grade) => grade.max - grade.manualMax));
  const columns = taskColumns(grades);
  const found = clusters(grades).map((cluster) => viewCluster(cluster, grades.length, link));
  const changes = before && changesSince(plainDocument(before), clean);
  const students = viewRows(grades, columns, link, changes);
  letGo(grades.length);
  const tasks = columns.map((task, index) => viewTaskOfClass(task, { grades, gone }, `t-${index + 1}`, link));
  letGo(grades.length);
  const empty = emptyHanded(grades, link);
  const reasons = refusals(grades, link);
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
    leftOut: leftOut(grades.length - counted.length, gone.length),
    tasks,
    clusters: top,
    rareClusters: found.slice(top.length),
    rareSays: rareWords(found.length - top.length),
    columns: columns.map((task, index) => ({ id: task.id, title: task.title, anchor: `t-${index + 1}` })),
    taskWidth: `${Math.min(16, Math.max(4, ...columns.map(({ id }) => id.length + 1)))}ch`,
    students,
    flagged: students.some(({ flags }) => flags.length > 0),
    filters: filtersOf(students),
    release: releaseOf(clean),
    changes: changes && viewChanges(changes, link),
    changesSay: changes === undefined || changes.checks.length > 0 ? '' : 'No check ended otherwise than before.',
    reasons: reasons.length > 1 ? reasons : [],
    duplicates: duplicates(grades, link),
    emptyHanded: empty.length === 0 ? [] : [{ says: count(empty.length, 'student'), students: empty }],
    several: severalTimes(grades, link),
    slowest: slowest(grades, link),
    facts: batchFacts(clean),
  };
}

const rareWords = (n: number) => (n === 1 ? 'One more' : `The ${n} others`);

function linkMaker(results: Results): (id: string) => StudentLink {
  const folders = folderNames(results);
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

function leftOut(n: number, gone: number): string | undefined {
  const out = `${count(n, 'submission')} on hold or refused ${n === 1 ? 'is' : 'are'} left out of these numbers.`;
  const kept = `${count(gone, 'student')} whose work and name are gone ${gone === 1 ? 'is' : 'are'} still in these numbers.`;
  return [...(n > 0 ? [out] : []), ...(gone > 0 ? [kept] : [])].join(' ') || undefined;
}

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

const CHANGES: Readonly<Record<ChangeKind, string>> = {
  held: 'Newly held',
  regressed: 'Regressed',
  fixed: 'Fixed',
  new: 'New checks',
};

/** Changes by kind, worst first; checks that most students share come first. */
const viewChanges = ({ checks }: Changes, link: (id: string) => StudentLink): NonNullable<ClassView['changes']> =>
  (Object.keys(CHANGES) as ChangeKind[])
    .map((kind) => ({
      kind,
      word: CHANGES[kind],
      checks: checks
        .filter((check) => check.kind === kind)
        .sort((a, b) => b.students.length - a.students.length)
        .map((check) => ({ says: `${check.task} ${quoted(check.title)}`, students: check.students.map(link) })),
    }))
    .filter((group) => group.checks.length > 0);
