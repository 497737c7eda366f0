/**
 * A text that a spreadsheet shows instead of computing. Spreadsheets take cells that begin with = + - @ (also after blanks
 * or a quote, also full-width) for formulas, and ids are chosen by students.
 */
import { plainLine } from './plain-text.ts';

export function csvCell(text: string): string {
  const line = plainLine(text, 200);
  return /^[\s'"]*[=+\-@|%＝＋－＠]/u.test(line) ? `'${line}` : line;
}
