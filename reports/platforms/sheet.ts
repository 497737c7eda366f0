/** A table as its text has it: where each cell begins and ends, so that one can be changed and all else stays. */

interface Cell {
  text: string;
  /** Where it stands in the text, quotes included. */
  start: number;
  end: number;
  quoted: boolean;
}

export interface Row {
  cells: Cell[];
  /** 1 for the first line of the file. */
  line: number;
}

export interface Sheet {
  text: string;
  delimiter: string;
  header: Row;
  /** Every row below the header that holds something. */
  rows: Row[];
}

/** A table that cannot be read as one, with the place. */
export class SheetError extends Error {
  override readonly name = 'SheetError';
}

/** Reads a table with commas, semicolons or tabs; its header is the first row with two cells or more. */
export function readSheet(text: string): Sheet {
  // What spreadsheets understand as a word about the file, not as a row of it.
  const [said, named] = /^sep=(.)(?:\r\n|\n|\r)/.exec(text) ?? [];
  const from = said?.length ?? 0;
  const delimiter = named ?? delimiterOf(text.slice(from));
  const rows = readRows(text, from, delimiter).filter(({ cells }) => cells.some((cell) => cell.text.trim() !== ''));
  const first = rows.findIndex(({ cells }) => cells.length > 1);
  if (first < 0)
    throw new SheetError('This is no table: no line has two cells separated by a comma, a semicolon or a tab.');
  return { text, delimiter, header: rows[first]!, rows: rows.slice(first + 1) };
}

/** Of the three separators the one that stands most often in the first line that has one, text in quotes left out. */
function delimiterOf(text: string): string {
  for (const line of text.replace(/"(?:[^"]|"")*"/g, 'x').split(/\r\n|\n|\r/)) {
    const counts = [',', ';', '\t'].map((mark) => ({ mark, count: line.split(mark).length - 1 }));
    const best = counts.reduce((most, next) => (next.count > most.count ? next : most));
    if (best.count > 0) return best.mark;
  }
  return ',';
}

function readRows(text: string, from: number, delimiter: string): Row[] {
  const rows: Row[] = [];
  let line = from === 0 ? 1 : 2;
  let cells: Cell[] = [];
  for (let at = from; ;) {
    const cell = readCell(text, at, delimiter, line);
    cells.push(cell);
    if (text[cell.end] === delimiter) {
      at = cell.end + 1;
      continue;
    }
    rows.push({ cells, line });
    if (cell.end >= text.length) return rows;
    line += linesIn(text.slice(cells[0]!.start, cell.end)) + 1;
    cells = [];
    at = cell.end + (text.startsWith('\r\n', cell.end) ? 2 : 1);
  }
}

const linesIn = (text: string): number => text.split(/\r\n|\n|\r/).length - 1;

function readCell(text: string, start: number, delimiter: string, line: number): Cell {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
    return { text: text.slice(start, end), start, end, quoted: false };
  }
  let close = start;
  do {
    close = text.indexOf('"', close + 1);
    if (close >= 0 && text[close + 1] === '"') close++;
    else break;
  } while (close >= 0);
  if (close < 0) throw new SheetError(`Line ${line}: a cell begins with a quote that never ends.`);
  const end = close + 1;
  if (end < text.length && ![delimiter, '\n', '\r'].includes(text[end]!)) {
    throw new SheetError(`Line ${line}: after a cell in quotes comes ${JSON.stringify(text[end])} and no separator.`);
  }
  return { text: text.slice(start + 1, close).replaceAll('""', '"'), start, end, quoted: true };
}
