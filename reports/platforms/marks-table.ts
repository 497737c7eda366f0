/** The marks of a batch as a table of our own, for whatever has no table to fill. */
import { stringify } from 'csv-stringify/sync';
import type { Results } from '../../graders/model/grade.ts';
import { csvCell } from '../csv-cell.ts';
import { marks } from '../format.ts';
import { markOf } from './mark-of.ts';

interface MarkRow {
  id: string;
  name: string;
  number: string;
  email: string;
  /** Null where there is none yet; `left` says why. */
  mark: number | null;
  max: number;
  left: string;
}

/** One row for each submission. */
export const markRows = (results: Results): MarkRow[] =>
  results.submissions.map((grade) => {
    const told = markOf(grade);
    const { name = '', number = '', email = '' } = grade.origin ?? {};
    return {
      ...{ id: grade.id, name, number, email },
      mark: 'mark' in told ? told.mark : null,
      max: grade.max,
      left: 'blank' in told ? told.blank : '',
    };
  });

/** The rows for spreadsheets: UTF-8, commas, nothing that is computed. */
export const marksCsv = (rows: readonly MarkRow[]): string =>
  stringify(
    [
      ['id', 'name', 'number', 'email', 'mark', 'max', 'left'],
      ...rows.map(({ id, name, number, email, mark, max, left }) => [
        ...[id, name, number, email].map((cell) => csvCell(cell)),
        mark === null ? '' : marks(mark),
        marks(max),
        csvCell(left),
      ]),
    ],
    { quoted: true, record_delimiter: '\r\n' },
  );
