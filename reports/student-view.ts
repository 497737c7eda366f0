/**
 * What a student's page says, as plain data: every sum, order and rounding of it is made here, once, for the page and the
 * terminal alike. It starts from what the feedback level discloses, so there is nothing in it to hide.
 */
import type { FeedbackLevel, Grade, Results, TaskGrade } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { anchorMaker } from './anchors.ts';
import { disclose } from './disclose.ts';
import { barWidth, count, marks, marksAre, marksWord } from './format.ts';
import { containment, countLabel, outcomeLabel, taskLabel, type Label } from './outcome-words.ts';
import { cellsTold } from './notebook-text.ts';
import { plainDocument } from './plain-text.ts';
import { gradeFacts, type Fact } from './provenance.ts';
import { rank, viewCheck, type CheckView } from './view-check.ts';

export interface Banner {
  tone: 'part' | 'bad' | 'stop' | 'person' | 'ours' | 'idle';
  title: string;
  says: string;
}

export interface TaskView {
  anchor: string;
  id: string;
  title: string;
  label: Label;
  score: string;
  max: string;
  bar: Bar;
  barSays: string;
  manual: string | undefined;
  attention: CheckView[];
  passed: CheckView[];
  passedSays: string;
  emptySays: string | undefined;
}

/** Shares of a bar in percent: earned, for a person to give, on hold; the rest is lost. */
interface Bar {
  earned: number;
  manual: number;
  held: number;
}

export interface StudentView {
  id: string;
  title: string;
  assignment: string;
  level: FeedbackLevel;
  levelSays: string;
  total: { score: string; max: string; says: string; manual: string | undefined; held: string | undefined; bar: Bar };
  tally: (Label & { count: string })[];
  banners: Banner[];
  tasks: TaskView[];
  notes: string[];
  stdout: string | undefined;
  facts: Fact[];
}

const LEVEL_SAYS: Readonly<Record<FeedbackLevel, string>> = {
  score: 'For this coursework you see the marks of every check.',
  hint: 'For this coursework you see marks and advice, but no expected values.',
  full: '',
};

/** The view of one submission at the batch's feedback level, or at another one that staff ask for. */
export const viewStudent = (results: Results, id: string, level: FeedbackLevel = results.feedback): StudentView =>
  viewDisclosed(disclosedTo(results, id, level));

/** What of the results a student may know, as text that is safe to look at. */
export const disclosedTo = (results: Results, id: string, level: FeedbackLevel): Results =>
  plainDocument(disclose(results, id, level), ['stdout', 'text']);

/** The view of the one submission in results that are disclosed already. */
export function viewDisclosed(disclosed: Results): StudentView {
  const grade = disclosed.submissions[0]!;
  const level = disclosed.feedback;
  const anchors = anchorMaker();
  // Of a submission that could not be graded, the one reason is enough: every check would repeat it.
  const graded = grade.refused === undefined ? grade.tasks : [];
  const tasks = graded.map((task) => viewTask(task, anchors));
  const verdicts = graded.flatMap((task) => task.checks);
  return {
    id: grade.id,
    title: disclosed.title,
    assignment: disclosed.assignment,
    level,
    levelSays: LEVEL_SAYS[level],
    total: viewTotal(grade, verdicts),
    tally: tally(verdicts),
    banners: banners(disclosed, grade),
    tasks,
    notes: [...grade.notes, ...cellsTold(grade)],
    stdout: grade.stdout === undefined || grade.stdout.trim() === '' ? undefined : grade.stdout,
    facts: gradeFacts(disclosed, grade),
  };
}

function viewTask(task: TaskGrade, anchors: (kind: string, id: string) => string): TaskView {
  const anchor = anchors('t', task.id);
  const checks = inOrder(task.checks).map((verdict) => ({
    verdict,
    view: viewCheck(verdict, anchors('c', verdict.id)),
  }));
  const passed = checks.filter(({ verdict }) => verdict.outcome === 'pass');
  const passedMarks = passed.reduce((sum, { verdict }) => sum + verdict.points, 0);
  const bar = barOf(task.score, task.max, task.manualMax, task.checks);
  return {
    anchor,
    id: task.id,
    title: task.title,
    label: taskLabel(task),
    score: task.manualMax > 0 && task.manualMax >= task.max ? '–' : marks(task.score),
    max: marks(task.max),
    bar,
    barSays: `${marks(task.score)} of ${marksWord(task.max)}${task.manualMax > 0 ? `, ${marks(task.manualMax)} to be given by a person` : ''}`,
    manual: task.manualMax > 0 ? `${marksWord(task.manualMax)} given by a person` : undefined,
    attention: checks.filter(({ verdict }) => verdict.outcome !== 'pass').map(({ view }) => view),
    passed: passed.map(({ view }) => view),
    passedSays: `${count(passed.length, 'check')} passed, ${marksWord(passedMarks)}`,
    emptySays: task.checks.length === 0 ? 'No check belongs to this task.' : undefined,
  };
}

/** What needs attention first, what passed last: the order of `attention` and then of `passed`. */
export const inOrder = (checks: readonly Verdict[]): Verdict[] => checks.toSorted((a, b) => rank(a) - rank(b));

function barOf(score: number, max: number, manualMax: number, verdicts: readonly Verdict[]): Bar {
  return { earned: barWidth(score, max), manual: barWidth(manualMax, max), held: barWidth(heldMarks(verdicts), max) };
}

const heldMarks = (verdicts: readonly Verdict[]) =>
  verdicts.reduce((sum, verdict) => sum + (verdict.outcome === 'broken' ? verdict.max : 0), 0);

function viewTotal(grade: Grade, verdicts: readonly Verdict[]): StudentView['total'] {
  const automatic = grade.max - grade.manualMax;
  const held = heldMarks(verdicts);
  if (grade.refused !== undefined) {
    const bar = { earned: 0, manual: 0, held: 0 };
    return {
      score: '–',
      max: marks(grade.max),
      says: 'Nothing could be graded',
      manual: undefined,
      held: undefined,
      bar,
    };
  }
  return {
    score: marks(grade.score),
    max: marks(automatic),
    says:
      automatic > 0
        ? `${marks(grade.score)} of ${marksWord(automatic)} given automatically`
        : 'No marks are given automatically',
    manual: grade.manualMax > 0 ? `${marksAre(grade.manualMax)} given by a person.` : undefined,
    held: held > 0 ? `${marksWord(held)} ${marks(held) === '1' ? 'is' : 'are'} on hold.` : undefined,
    bar: barOf(grade.score, grade.max, grade.manualMax, verdicts),
  };
}

/** How many checks ended how: passes, then what waits, then failures. */
function tally(verdicts: readonly Verdict[]): StudentView['tally'] {
  const groups = new Map<string, { label: Label; n: number; rank: number }>();
  for (const verdict of verdicts) {
    const { word, icon, tone } = outcomeLabel(verdict);
    const group = groups.get(word) ?? { label: { word, icon, tone }, n: 0, rank: rank(verdict) };
    group.n++;
    groups.set(word, group);
  }
  return [...groups.values()].sort((a, b) => b.rank - a.rank).map(({ label, n }) => countLabel(label, n));
}

function banners(results: Results, grade: Grade): Banner[] {
  const list: Banner[] = [];
  const { warning } = containment(results);
  if (grade.refused !== undefined) list.push({ tone: 'stop', title: 'Not graded', says: grade.refused });
  if (grade.held) {
    list.push({
      tone: 'ours',
      title: 'This grade is on hold',
      says: 'The grader had a problem of its own. Staff will look at it; you lose no marks by it.',
    });
  }
  if (grade.late !== undefined) list.push({ tone: 'stop', title: 'Handed in late', says: grade.late });
  if (warning) list.push({ tone: 'bad', ...warning });
  return list;
}
