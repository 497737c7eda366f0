/** Brightspace: a table whose rows end in a # of their own, and whose names of people may begin with one. */
import type { PlatformTable } from './platform.ts';
import { commonRoles, numberIn } from './platform.ts';

export const brightspace: PlatformTable = {
  called: 'Brightspace',
  roles: { ...commonRoles, orgdefinedid: 'number' },
  bare: (role, text) => (role === 'number' || role === 'login' ? text.replace(/^#/, '') : text),
  columns: ({ header }) =>
    header.cells.flatMap(({ text }, index) => {
      const [, title, more = ''] = /^(.+) points grade(?: <(.*)>)?$/is.exec(text.trim()) ?? [];
      const max = numberIn(/MaxPoints:([\d.,]+)/i.exec(more)?.[1] ?? '');
      return title === undefined ? [] : [{ index, header: text, title, ...(max !== undefined && { max }) }];
    }),
};
