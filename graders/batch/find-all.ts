/** Everything that a batch was handed, found and not read yet. */
import type { HandedIn } from '../intake/receive.ts';
import { findHandedIn } from '../intake/receive.ts';
import type { BatchOptions } from './options.ts';
import type { Whose } from './whose.ts';

interface Found {
  found: HandedIn[];
  /** Who on the roster handed nothing in, and what could not be made out about whose work something is. */
  whose: Whose;
}

/** What everybody handed in at the paths. */
export async function findAll({
  paths,
  coursework,
  roster,
  only,
}: Pick<BatchOptions, 'paths' | 'coursework' | 'roster' | 'only'>): Promise<Found> {
  const found = await findHandedIn(paths, {
    assignment: coursework.assignment,
    only,
    ...(roster !== undefined && { roster }),
  });
  const there = new Set(found.flatMap(({ onRoster }) => onRoster));
  const absent = roster?.filter((person) => !there.has(person));
  // Of a file that several share each of them says the same.
  const unclear = [...new Set(found.flatMap((handedIn) => handedIn.unclear))];
  return {
    found,
    whose: {
      ...(absent !== undefined && {
        absent: absent.map(({ line: _, at: __, id, number = id, ...person }) => ({
          ...person,
          ...(number !== undefined && { number }),
        })),
      }),
      ...(unclear.length > 0 && { unclear }),
    },
  };
}
