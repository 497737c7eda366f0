/** Changes cells of a table in its text, and nothing else. */
import type { Row, Sheet } from './sheet.ts';

export interface Change {
  row: Row;
  column: number;
  text: string;
}

/** The text of the table with these cells changed: in quotes where they were, or where the new text needs them. */
export function splice(sheet: Sheet, changes: readonly Change[]): string {
  const edits = changes.map((change) => editOf(sheet, change)).sort((a, b) => a.start - b.start);
  let at = 0;
  const parts: string[] = [];
  for (const { start, end, text } of edits) {
    parts.push(sheet.text.slice(at, start), text);
    at = end;
  }
  return [...parts, sheet.text.slice(at)].join('');
}

function editOf({ delimiter }: Sheet, { row, column, text }: Change): { start: number; end: number; text: string } {
  const cell = row.cells[column];
  const needsQuotes = cell?.quoted === true || new RegExp(`["\\r\\n${delimiter}]`).test(text);
  const written = needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
  if (cell !== undefined) return { start: cell.start, end: cell.end, text: written };
  // A row that ends early gets the separators that lead to the column.
  const { end } = row.cells.at(-1)!;
  return { start: end, end, text: delimiter.repeat(column - row.cells.length + 1) + written };
}
