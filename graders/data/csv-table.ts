/** Tables of numbers as comma-separated values. */
import { parse } from 'csv-parse/sync';
import { DataError } from './data-error.ts';

/** Rows of `columns` finite numbers; throws DataError, naming `from` and the line, for anything else. */
export function parseNumbers(text: string, columns: number, from: string): number[][] {
  const rows = parsed(text, from);
  return rows.map((row, i) => {
    if (row.length !== columns) {
      throw new DataError('broken', `${from}, row ${i + 1}: ${row.length} values instead of ${columns}.`);
    }
    return row.map((cell, j) => {
      const value = cell.trim() === '' ? NaN : Number(cell);
      if (Number.isFinite(value)) return value;
      throw new DataError('broken', `${from}, row ${i + 1}, column ${j + 1}: "${cell.slice(0, 40)}" is no number.`);
    });
  });
}

function parsed(text: string, from: string): string[][] {
  try {
    return parse(text, { skip_empty_lines: true, relax_column_count: true, bom: true });
  } catch (error) {
    throw new DataError('broken', `${from} is no table: ${error instanceof Error ? error.message : String(error)}`);
  }
}
