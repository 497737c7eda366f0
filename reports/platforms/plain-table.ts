/** A teacher's own table: what says who somebody is goes by its header, any other column may take the marks. */
import type { PlatformTable } from './platform.ts';
import { commonRoles, heading } from './platform.ts';

export const plainTable: PlatformTable = {
  called: 'the table',
  roles: commonRoles,
  columns: ({ header }) =>
    header.cells.flatMap(({ text }, index) =>
      commonRoles[heading(text)] === undefined && text.trim() !== '' ? [{ index, header: text, title: text }] : [],
    ),
};
