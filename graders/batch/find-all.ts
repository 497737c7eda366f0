/** Everything that a batch was handed, found and not read yet. */
import type { HandedIn } from '../intake/receive.ts';
import { findHandedIn } from '../intake/receive.ts';
import { uniqueIds } from '../intake/submission-id.ts';
import type { BatchOptions } from './options.ts';

/** Everything handed in at the paths; ids that occur under several paths are told apart by a number. */
export async function findAll({ paths, coursework }: Pick<BatchOptions, 'paths' | 'coursework'>): Promise<HandedIn[]> {
  const found: HandedIn[] = [];
  const unique = uniqueIds();
  for (const path of paths) {
    for (const handedIn of await findHandedIn(path, { assignment: coursework.assignment })) {
      const id = unique(handedIn.id);
      found.push({ id, read: async () => ({ ...(await handedIn.read()), id }) });
    }
  }
  return found;
}
