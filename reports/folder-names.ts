/** Under which name a student's folder stands in the folder of a batch: nobody's is another's, or one of ours. */
import { foldedName, isFolderName, standIn } from '../graders/gradebook/file-name.ts';

/** A folder name per id. Ids that are fine stay as they are. Throws when an id occurs twice. */
export function folderNames(ids: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set<string>();
  // First those whose own name is fine, so that nobody can take it from them by a similar id.
  for (const wanted of [true, false]) {
    for (const id of ids) {
      if (isFolderName(id) !== wanted) continue;
      if (names.has(id)) throw new Error(`Two submissions are called "${id}": give every submission an id of its own.`);
      let name = wanted ? id : standIn(id);
      for (let salt = 0; used.has(foldedName(name)); salt++) name = standIn(id, salt);
      names.set(id, name);
      used.add(foldedName(name));
    }
  }
  return names;
}
