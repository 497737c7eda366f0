/** Which column of a platform's table the marks go into. */
import type { MarksColumn } from './platform.ts';
import { heading } from './platform.ts';
import { SheetError } from './sheet.ts';

/**
 * The one that is asked for, else the one that is called as the coursework; a table with one that needs no name has that. Throws
 * with all that may be meant.
 */
export function chooseColumn(
  columns: readonly MarksColumn[],
  coursework: { title: string; assignment: string },
  asked: string | undefined,
): MarksColumn {
  if (columns.length === 0)
    throw new SheetError('No column of this table takes marks: is it the export of this platform?');
  const names = (asked === undefined ? [coursework.title, coursework.assignment] : [asked]).map(heading);
  const called = (text: (column: MarksColumn) => string) =>
    columns.filter((column) => names.includes(heading(text(column))));
  const exact = called(({ header }) => header);
  const found = exact.length > 0 ? exact : called(({ title }) => title);
  if (found.length === 1) return found[0]!;
  if (found.length === 0 && asked === undefined && columns[0]!.title === '') return columns[0]!;
  const all = (found.length > 1 ? found : columns).map(({ header }) => JSON.stringify(header)).join(', ');
  const wrong =
    found.length > 1
      ? `Several columns are called ${JSON.stringify(asked ?? coursework.title)}`
      : `No column is called ${JSON.stringify(asked ?? coursework.title)}`;
  throw new SheetError(`${wrong}: choose with --column one of ${all}.`);
}
