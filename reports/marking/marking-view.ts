/** What the marking pages say, as plain data: the list of questions, and one answer with everything that a marker needs. */
import type { Recorded, Rubric } from '../../graders/gradebook/event.ts';
import type { MarkOf } from '../../graders/gradebook/state.ts';
import { pointsOf } from '../../graders/gradebook/state.ts';
import type { Answer, MarkedTask } from '../../graders/marking/answers.ts';
import { isFailed, isUnmarked, markOn } from '../../graders/marking/answers.ts';
import type { View } from '../../graders/marking/desk.ts';
import { likeAnswers } from '../../graders/marking/desk.ts';
import type { Grade } from '../../graders/model/grade.ts';
import { anchorMaker } from '../anchors.ts';
import { essayText } from '../essay-text.ts';
import { barWidth, count, marks, marksWord } from '../format.ts';
import { codeLines, type CodeLine } from '../highlight.ts';
import { picture, type Picture } from '../pictures/drawing.ts';
import { plain, plainLine } from '../plain-text.ts';
import { viewCheck, type CheckView } from '../view-check.ts';

/** What a marker chose for all pages. */
export interface Settings {
  who: string;
  names: boolean;
  keys: boolean;
}

/** What every page has. */
export interface Frame {
  title: string;
  assignment: string;
  formKey: string;
  settings: Settings;
  /** What was just done, and what takes it back. */
  flash: { says: string; undo: string | undefined; isBad: boolean } | undefined;
}

interface Progress {
  done: string;
  of: string;
  bar: number;
  isDone: boolean;
}

export interface OverviewView extends Frame {
  tasks: { id: string; title: string; href: string; rubric: string; cap: string; progress: Progress }[];
  all: Progress;
}

export const taskPath = (id: string): string => `/task/${encodeURIComponent(id)}`;
export const answerPath = (task: string, key: string): string => `${taskPath(task)}/${key}`;

/** The first page: every question with its progress. */
export function viewOverview(frame: Frame, { tasks }: View): OverviewView {
  return {
    ...frame,
    tasks: tasks.map((task) => ({
      ...{ id: task.id, title: plainLine(task.title), href: taskPath(task.id), cap: marksWord(task.cap) },
      ...{ rubric: `${taskPath(task.id)}/rubric`, progress: progressOf(task.answers) },
    })),
    all: progressOf(tasks.flatMap(({ answers }) => answers)),
  };
}

function progressOf(answers: readonly Answer[]): Progress {
  const done = answers.filter((answer) => !isUnmarked(answer)).length;
  return {
    ...{ done: String(done), of: count(answers.length, 'answer'), bar: barWidth(done, answers.length) },
    isDone: done === answers.length,
  };
}

/** What stands in the form before the marker changes it. */
export interface Filled {
  items: readonly string[];
  beside: number;
  comment: string;
  note: string;
}

export interface AnswerView extends Frame {
  task: { id: string; title: string; href: string; cap: string; progress: Progress; rubric: string };
  who: string;
  identity: string[];
  here: string;
  place: string;
  text: { text: string; lines: CodeLine[]; empty: boolean };
  hits: string[];
  checks: CheckView[];
  checksSay: string;
  drawings: Picture[];
  items: { id: string; title: string; marks: string; value: number; key: string; isTicked: boolean }[];
  rubric: { from: number; floor: number; cap: number };
  filled: { beside: string; comment: string; note: string };
  /** What stands now: "2 of 5 by kim", or that nothing does. */
  stands: string;
  isMarked: boolean;
  version: number;
  bank: string[];
  alike: { count: string; href: string } | undefined;
  adjusted: { says: string; points: string; why: string; isForOther: boolean } | undefined;
  taskMax: string;
  trail: { at: string; who: string; says: string }[];
  links: { previous: string; next: string; unmarked: string; failed: string };
}

interface Page {
  view: View;
  task: MarkedTask;
  answer: Answer;
  rubric: Rubric;
  version: number;
  trail: readonly Recorded[];
  /** What the marker had entered, where the form comes back. */
  entered?: Filled;
}

/** One answer, beside what checks found, with the form for its marks. */
export function viewAnswer(frame: Frame, { task, answer, rubric, version, trail, entered, view }: Page): AnswerView {
  const here = answerPath(task.id, answer.key);
  const { marked, adjusted } = answer.task;
  const filled = entered ?? standing(markOn(view.state, answer));
  const anchors = anchorMaker();
  const manual = answer.task.checks.filter(({ outcome }) => outcome === 'manual');
  const automatic = answer.task.checks.filter(({ outcome }) => outcome !== 'manual');
  const alike = likeAnswers(task, answer).filter((other) => other !== answer);
  const at = task.answers.indexOf(answer);
  return {
    ...frame,
    task: {
      ...{ id: task.id, title: plainLine(task.title), href: taskPath(task.id), cap: marksWord(rubric.cap) },
      ...{ progress: progressOf(task.answers), rubric: `${taskPath(task.id)}/rubric` },
    },
    who: nameOf(answer.grade, answer.key, frame.settings.names),
    identity: frame.settings.names ? identityOf(answer.grade) : [],
    here,
    place: `${at + 1} of ${task.answers.length}`,
    text: textOf(plain(answer.text, 200_000)),
    hits: [...new Set(manual.flatMap((verdict) => verdict.manual?.hits ?? []))].map((hit) => plainLine(hit)),
    checks: automatic.map((verdict) => viewCheck(verdict, anchors('c', verdict.id))),
    checksSay: `${count(automatic.length, 'automatic check')}: ${marks(automatic.reduce((sum, { points }) => sum + points, 0))} of ${marksWord(automatic.reduce((sum, { max }) => sum + max, 0))}`,
    drawings: (answer.task.drawings ?? []).map((drawing, _, beside) => picture(drawing, beside)),
    items: rubric.items.map(({ id, title, marks: worth }, i) => ({
      ...{ id, title, marks: signed(worth), value: worth, key: i < 9 ? String(i + 1) : '' },
      isTicked: filled.items.includes(id),
    })),
    rubric: { from: rubric.from, floor: rubric.floor, cap: rubric.cap },
    filled: {
      beside: filled.beside === 0 ? '' : String(filled.beside),
      ...{ comment: filled.comment, note: filled.note },
    },
    stands:
      marked === undefined
        ? 'not marked yet'
        : `${marks(marked.points)} of ${marksWord(rubric.cap)}, by ${plainLine(marked.by)}`,
    isMarked: marked !== undefined,
    version,
    bank: bankOf(view, task.id),
    alike: alike.length === 0 ? undefined : { count: count(alike.length, 'answer'), href: `${here}/alike` },
    adjusted: adjusted && {
      says: `${marks(adjusted.points)} by ${plainLine(adjusted.by)}: ${plainLine(adjusted.why)}`,
      ...{ points: marks(adjusted.points), why: adjusted.why, isForOther: adjusted.forOther === true },
    },
    taskMax: marks(answer.task.max),
    trail: trail.map((event) => ({ at: event.at, who: plainLine(event.who), says: said(event, rubric) })),
    links: {
      previous: around(task, at - 1),
      next: around(task, at + 1),
      unmarked: `${here}/next?what=unmarked`,
      failed: `${here}/next?what=failed`,
    },
  };
}

/** Prose as prose; source code in numbered lines. */
function textOf(written: string): AnswerView['text'] {
  const { text, code } = essayText(written);
  return { text, lines: code ? codeLines(text) : [], empty: text.trim() === '' };
}

/** The next answer of that kind after this one, from the beginning again where there is none; undefined where there is none at all. */
export function nextAnswer({ answers }: MarkedTask, from: string, what: 'unmarked' | 'failed'): Answer | undefined {
  const at = answers.findIndex(({ key }) => key === from);
  const round = [...answers.slice(at + 1), ...answers.slice(0, at)];
  return round.find(what === 'failed' ? isFailed : isUnmarked);
}

const around = ({ id, answers }: MarkedTask, at: number) =>
  answerPath(id, answers[(at + answers.length) % answers.length]!.key);

/** A student's name, or what stands for it while names are hidden. */
export const nameOf = ({ id, origin }: Grade, key: string, names: boolean): string =>
  names ? plainLine(origin?.name ?? origin?.handedInAs ?? id) : `Answer ${key.slice(0, 5)}`;

const identityOf = ({ id, origin }: Grade): string[] =>
  [id, origin?.number, origin?.group, origin?.section].filter((one) => one !== undefined).map((one) => plainLine(one));

/** The mark as it was last given. */
const standing = (mark: MarkOf | undefined): Filled =>
  mark === undefined
    ? { items: [], beside: 0, comment: '', note: '' }
    : { items: mark.items, beside: mark.beside, comment: mark.comment ?? '', note: mark.note ?? '' };

/** Comments that were given to this question before, the most frequent first. */
function bankOf({ tasks }: View, id: string): string[] {
  const used = new Map<string, number>();
  for (const { task } of tasks.find((task) => task.id === id)!.answers) {
    const comment = task.marked?.comment;
    if (comment !== undefined) used.set(comment, (used.get(comment) ?? 0) + 1);
  }
  return [...used]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([comment]) => comment);
}

function said(event: Recorded, rubric: Rubric): string {
  const why = event.why === undefined ? '' : ` (${plainLine(event.why)})`;
  if (event.kind === 'marked') {
    if (event.points === null) return `took the mark back${why}`;
    const now = marks(pointsOf(event, rubric));
    const then = marks(event.points);
    return `gave ${then}${now === then ? '' : `, which is ${now} by the rubric of now`}${event.comment === undefined ? '' : `: “${plainLine(event.comment)}”`}${why}`;
  }
  if (event.kind === 'adjusted') {
    return event.points === null
      ? `took the adjustment back${why}`
      : `set the whole task to ${marks(event.points)}${why}`;
  }
  if (event.kind === 'handed-in') return 'took in what the student handed in then';
  if (event.kind === 'commented') return `wrote: “${plainLine(event.text)}”`;
  return `${event.kind}${why}`;
}

/** Marks with their sign, for items that take away and that give. */
const signed = (value: number): string => (value < 0 ? `−${marks(-value)}` : `+${marks(value)}`);
