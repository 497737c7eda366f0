/** Blackboard: the Grade Center, text in UTF-16 with tabs that is called .xls, or a .csv. */
import type { PlatformTable } from './platform.ts';
import { commonRoles, numberIn } from './platform.ts';

export const blackboard: PlatformTable = {
  called: 'Blackboard',
  // Blackboard knows people by the name they sign in with, in its archives as well.
  roles: { ...commonRoles, username: 'person' },
  columns: ({ header }) =>
    header.cells.flatMap(({ text }, index) => {
      const [, title, most] =
        /^(.+) \[total pts: (?:up to )?([\d.,]+) ?[^\]]*\](?: ?\|\d+)?$/is.exec(text.trim()) ?? [];
      if (title === undefined || /^(weighted )?total$/i.test(title)) return [];
      const max = numberIn(most!);
      return [{ index, header: text, title, ...(max !== undefined && { max }) }];
    }),
};
