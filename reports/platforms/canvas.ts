/** Canvas: the gradebook, with a row of what can be had below the header. */
import type { PlatformTable } from './platform.ts';
import { cellText, columnCalled, commonRoles, numberIn } from './platform.ts';
import type { Row, Sheet } from './sheet.ts';

export const canvas: PlatformTable = {
  called: 'Canvas',
  roles: { ...commonRoles, id: 'person', 'sis user id': 'number', 'sis login id': 'login' },
  columns: (sheet) => {
    const points = sheet.rows.find(isPoints);
    return sheet.header.cells.flatMap(({ text }, index) => {
      const [, title] = /^(.+) \(\d+\)$/s.exec(text.trim()) ?? [];
      const most = points === undefined ? '' : cellText(points, index);
      if (title === undefined || /read.only/i.test(most)) return [];
      const max = numberIn(most);
      return [{ index, header: text, title, ...(max !== undefined && { max }) }];
    });
  },
  isPerson: (sheet, row) => !isPoints(row) && !isTest(row) && cellText(row, columnCalled(sheet, 'id')) !== '',
  locked: (_sheet: Sheet, row: Row, { index }) =>
    /^ex$/i.test(cellText(row, index)) ? 'Canvas says that this person is excused' : undefined,
};

/** Canvas writes blanks in front of it. */
const isPoints = (row: Row): boolean => cellText(row, 0).toLowerCase() === 'points possible';

/** Canvas adds a student of its own, for teachers to try things out. */
const isTest = (row: Row): boolean => /^(student, test|test student)$/i.test(cellText(row, 0));
