/** Under which name a student's folder stands in the folder of a batch: nobody's is another's, or one of ours. */
import { foldedName, folderNameOf, isFolderName, standIn } from '../graders/gradebook/file-name.ts';
import type { Results } from '../graders/model/grade.ts';

/**
 * A folder name per id. Ids that are fine stay as they are; who came after somebody of nearly the same name gets another one, whether
 * that somebody is graded yet or not. Throws when an id occurs twice.
 */
export function folderNames({
  submissions,
  namesakes = [],
}: Pick<Results, 'namesakes'> & { submissions: readonly { id: string }[] }): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set<string>();
  const turns = new Map(namesakes.map((id, i) => [id, 2 + i]));
  // First those whose own name is fine, so that nobody can take it from them by a similar id; last those who came later.
  const turnOf = (id: string) => turns.get(id) ?? (isFolderName(id) ? 0 : 1);
  for (const id of submissions.map((grade) => grade.id).sort((a, b) => turnOf(a) - turnOf(b))) {
    if (names.has(id)) throw new Error(`Two submissions are called "${id}": give every submission an id of its own.`);
    let name = turns.has(id) ? standIn(id, isFolderName(id) ? 0 : 1) : folderNameOf(id);
    for (let salt = 0; used.has(foldedName(name)); salt++) name = standIn(id, salt);
    names.set(id, name);
    used.add(foldedName(name));
  }
  return names;
}
