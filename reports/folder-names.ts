/**
 * Under which name a student's folder stands. Ids come from folder and archive names, which anyone may choose, so they are
 * not believed: an id that could leave the folder, hide, or take another's place gets a name of its own.
 */
import { createHash } from 'node:crypto';

const TAKEN_BY_US = /^(index\.html|results\.json|grades\.csv|con|prn|aux|nul|com\d|lpt\d)$/i;

/** A folder name per id. Ids that are fine stay as they are. Throws when an id occurs twice. */
export function folderNames(ids: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const used = new Set<string>();
  // First those whose own name is fine, so that nobody can take it from them by a similar id.
  for (const wanted of [true, false]) {
    for (const id of ids) {
      if (isFine(id) !== wanted) continue;
      if (names.has(id)) throw new Error(`Two submissions are called "${id}": give every submission an id of its own.`);
      let name = wanted ? id : safeName(id, 0);
      for (let salt = 0; used.has(name.toLowerCase()); salt++) name = safeName(id, salt);
      names.set(id, name);
      used.add(name.toLowerCase());
    }
  }
  return names;
}

const isFine = (id: string) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(id) && !id.endsWith('.') && !TAKEN_BY_US.test(id);

function safeName(id: string, salt: number): string {
  const readable = id
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, 40);
  return `${readable || 'submission'}-${createHash('sha256').update(`${salt} ${id}`).digest('hex').slice(0, 12)}`;
}
