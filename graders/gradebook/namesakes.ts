/** Whoever joins a class takes nobody's place: the folder of a student keeps its name, whatever those are called who come later. */
import { folderNameOf, foldedName } from './file-name.ts';

/** Of the ids, in the order in which they came, those whose folder would be somebody else's who was there before. */
export function namesakesIn(ids: Iterable<string>): string[] {
  const taken = new Set<string>();
  return [...ids].filter((id) => {
    const name = foldedName(folderNameOf(id));
    return taken.size === taken.add(name).size;
  });
}
