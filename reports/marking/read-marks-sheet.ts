/** A filled table of marks, read whole: either everything that it says of answers, or all that is wrong with it. */
import { nearest } from '../../graders/assignment/did-you-mean.ts';
import type { Recorded } from '../../graders/gradebook/event.ts';
import type { Seen } from '../../graders/gradebook/store.ts';
import type { Answer, MarkedTask } from '../../graders/marking/answers.ts';
import type { Desk, Entry, Given, View } from '../../graders/marking/desk.ts';
import { csvCell, typedCell } from '../csv-cell.ts';
import { plainLine } from '../plain-text.ts';
import { readSheet, SheetError, type Row } from '../platforms/sheet.ts';
import { decodeSheet } from '../platforms/sheet-bytes.ts';
import { numberIn } from './form.ts';
import { cellsOf, filledColumns, givenNow, mostLetters, rubricOfTask, type Filled } from './marks-sheet.ts';

interface ReadMarks {
  entries: Entry[];
  seen: Seen[];
  /** Rows that say what they said when they were exported, or what holds already. */
  same: number;
  /** A sentence each, with row and column as a spreadsheet counts them. */
  mistakes: string[];
}

const columns = ['id', 'task', ...filledColumns, 'version'] as const;
type Cells = Record<(typeof columns)[number], string>;

/** Something wrong with a cell. */
class Mistake extends Error {}
const wrong = (column: string, says: string) => new Mistake(`${column}: ${says}`);
const shown = (text: string) => JSON.stringify(plainLine(text, 60));
const meant = (word: string, known: Iterable<string>) => {
  const near = nearest(word, known);
  return near === undefined ? '' : ` Did you mean ${plainLine(near)}?`;
};

/** What a table says of the answers of a class. Throws SheetError where it is no table, or not one of these. */
export function readMarksSheet(bytes: Uint8Array, desk: Desk): ReadMarks {
  const { header, rows } = readSheet(decodeSheet(bytes).text);
  const names = header.cells.map(({ text }) => text.trim().toLowerCase());
  const absent = columns.filter((column) => !names.includes(column));
  if (absent.length > 0) {
    throw new SheetError(
      `Its first row lacks ${absent.join(', ')}: import a table that "gradmark marks … export" wrote.`,
    );
  }
  const read: ReadMarks = { entries: [], seen: [], same: 0, mistakes: [] };
  const view = desk.look();
  const before = new Map<string, number>();
  let linesWithin = linesInside(header);
  for (const row of rows) {
    // Spreadsheets count rows, and a comment may have several lines.
    const place = row.line - linesWithin;
    linesWithin += linesInside(row);
    try {
      if (row.cells.length > names.length) throw wrong('row', 'has more cells than the first row has names');
      const cells = Object.fromEntries(
        columns.map((column) => [column, row.cells[names.indexOf(column)]?.text.trim() ?? '']),
      ) as Cells;
      const { task, answer } = answerOf(view, cells);
      const twin = before.get(`${task.id}\n${answer.student}`);
      if (twin !== undefined) throw wrong('id', `stands for the same answer as row ${twin}`);
      before.set(`${task.id}\n${answer.student}`, place);
      readRow(read, cells, { desk, view, task, answer });
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      read.mistakes.push(`row ${place}, ${error.message}`);
    }
  }
  return read;
}

const linesInside = ({ cells }: Row) => cells.reduce((sum, { text }) => sum + text.split(/\r\n|\n|\r/).length - 1, 0);

function answerOf({ tasks }: View, cells: Cells): { task: MarkedTask; answer: Answer } {
  const task = tasks.find(({ id }) => csvCell(id) === cells.task);
  if (task === undefined) {
    const ids = tasks.map(({ id }) => id);
    throw wrong('task', `people mark nothing called ${shown(cells.task)}.${meant(cells.task, ids)}`);
  }
  const answer = task.answers.find(({ student }) => csvCell(student) === cells.id);
  if (answer !== undefined) return { task, answer };
  const ids = task.answers.map(({ student }) => student);
  throw wrong('id', `nobody with an answer to ${task.id} has the id ${shown(cells.id)}.${meant(cells.id, ids)}`);
}

interface About {
  desk: Desk;
  view: View;
  task: MarkedTask;
  answer: Answer;
}

function readRow(read: ReadMarks, cells: Cells, about: About): void {
  const { desk, view, task, answer } = about;
  const { student } = answer;
  const version = /^\d+$/.test(cells.version) ? Number(cells.version) : NaN;
  if (Number.isNaN(version))
    throw wrong('version', `${shown(cells.version)} is no number: leave it as it was exported`);
  const now = desk.version(student, task.id);
  const was = version === now ? givenNow(view, answer) : givenThen(desk.trail(student, task.id), version);
  const old = cellsOf(was);
  if (isSame(cells, old)) {
    read.same++;
    return;
  }
  const given = givenIn(cells, about, was, old);
  if (version !== now) {
    // A table that is imported twice, as after a kill, says the second time what holds already.
    if (isSame(cellsOf(given ?? undefined), cellsOf(givenNow(view, answer)))) {
      read.same++;
      return;
    }
    const { who, at } = desk.trail(student, task.id).at(-1) ?? {};
    const by = who === undefined ? 'something new came' : `${plainLine(who)} has said something of it`;
    throw wrong('version', `${by} since this was exported${at === undefined ? '' : ` (${at})`}: export again`);
  }
  read.entries.push({ student, task: task.id, given });
  read.seen.push({ student, task: task.id, version });
}

const isSame = (one: Filled, other: Filled) => filledColumns.every((column) => one[column] === other[column]);

/** What had been given when a table of this version was written. */
function givenThen(trail: readonly Recorded[], version: number): Given | undefined {
  const event = trail.findLast((said) => said.kind === 'marked' && said.seq <= version);
  if (event?.kind !== 'marked' || event.points === null) return undefined;
  return { items: event.items, beside: event.beside, comment: event.comment ?? '', note: event.note ?? '' };
}

/** What a row gives now; null where all its cells are empty. */
function givenIn(cells: Cells, { view, task }: About, was: Given | undefined, old: Filled): Given | null {
  if (filledColumns.every((column) => cells[column] === '')) return null;
  if (cells.items === '' && cells.beside === '') {
    throw wrong('beside', 'a comment gives no points: name items, or write 0 here');
  }
  const rubric = rubricOfTask(view, task);
  const known = rubric.items.map(({ id }) => id);
  const items = [...new Set(cells.items.split(/[\s,;]+/).filter((item) => item !== ''))].map((cell) => {
    const id = known.find((one) => csvCell(one) === cell);
    if (id === undefined) throw wrong('items', `${task.id} has no item ${shown(cell)}.${meant(cell, known)}`);
    return id;
  });
  return {
    items,
    beside: pointsIn(cells.beside, rubric.cap),
    // A cell is one line and clipped; whoever leaves it alone leaves the whole text alone.
    comment: cells.comment === old.comment ? (was?.comment ?? '') : textIn('comment', cells.comment),
    note: cells.note === old.note ? (was?.note ?? '') : textIn('note', cells.note),
  };
}

function pointsIn(cell: string, most: number): number {
  const points = numberIn(typedCell(cell)) ?? NaN;
  if (Math.abs(points) <= most) return points;
  throw wrong('beside', `takes points from ${-most} to ${most}, with three decimals at most, not ${shown(cell)}`);
}

function textIn(column: string, cell: string): string {
  if (cell.length > mostLetters) throw wrong(column, `is longer than ${mostLetters} characters`);
  return typedCell(cell);
}
