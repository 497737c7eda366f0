/**
 * A text that a spreadsheet shows instead of computing. Spreadsheets take cells that begin with = + - @ (also after blanks
 * or a quote, also full-width) for formulas, and ids are chosen by students.
 */
import { plainLine } from './plain-text.ts';

/** The text as one such cell, at most so many characters long. */
export function csvCell(text: string, { most = 200 }: { most?: number } = {}): string {
  const line = plainLine(text, most);
  return /^[\s'"]*[=+\-@|%＝＋－＠]/u.test(line) ? `'${line}` : line;
}

/** The inverse for what was typed into such a table: without the quote that keeps a spreadsheet from computing. */
export const typedCell = (cell: string): string =>
  cell.startsWith("'") && csvCell(cell.slice(1), { most: cell.length }) === cell ? cell.slice(1) : cell;
