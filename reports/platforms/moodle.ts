/** Moodle: the grading worksheet of an assignment, and the table of the whole gradebook. */
import type { MarksColumn, PlatformTable } from './platform.ts';
import { cellText, columnCalled, commonRoles, heading, numberIn } from './platform.ts';
import type { Sheet } from './sheet.ts';

export const moodle: PlatformTable = {
  called: 'Moodle',
  roles: { ...commonRoles, identifier: 'person', group: 'group' },
  // The worksheet calls everybody "Participant 1203", in the language of whoever exported it.
  bare: (role, text) => (role === 'person' ? (/(\d+)$/.exec(text)?.[1] ?? text) : text),
  columns: (sheet) => [...worksheet(sheet), ...gradebook(sheet)],
  locked: (sheet, row) =>
    /^no$/i.test(cellText(row, columnCalled(sheet, 'grade can be changed')))
      ? 'Moodle says that this grade cannot be changed'
      : undefined,
};

/** The worksheet is about one assignment: its one column needs no name. */
function worksheet(sheet: Sheet): MarksColumn[] {
  const index = columnCalled(sheet, 'grade');
  if (index < 0) return [];
  const maxima = columnCalled(sheet, 'maximum grade');
  const max = sheet.rows.map((row) => numberIn(cellText(row, maxima))).find((number) => number !== undefined);
  return [{ index, header: sheet.header.cells[index]!.text, title: '', ...(max !== undefined && { max }) }];
}

/** "Assignment: Neural nets (Real)" */
const gradebook = ({ header }: Sheet): MarksColumn[] =>
  header.cells.flatMap(({ text }, index) => {
    const [, title] = /^(?:[^:]+: )?(.+) \((?:real|points)\)$/i.exec(text.trim()) ?? [];
    return title === undefined || heading(text).startsWith('course total') ? [] : [{ index, header: text, title }];
  });
