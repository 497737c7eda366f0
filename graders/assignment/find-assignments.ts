/** Finds the courseworks of this installation and of the teacher's own folders. */
import type { Dirent } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssignmentError } from './load-assignment.ts';
import { nearest } from './did-you-mean.ts';

/** Slug → folder for every sub-folder that holds an assignment.json; of two with one slug the earlier folder wins, so that a teacher's own comes first. */
export async function findAssignments(folders: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of await subFolders(folder)) {
      const path = join(folder, entry.name);
      if (!found.has(entry.name) && (await exists(join(path, 'assignment.json')))) found.set(entry.name, path);
    }
  }
  return found;
}

/** The folder of a slug; an unknown slug throws an AssignmentError that names the nearest one, or all there are. */
export function assignmentFolder(found: ReadonlyMap<string, string>, slug: string): string {
  const folder = found.get(slug);
  if (folder !== undefined) return folder;
  const meant = nearest(slug, found.keys());
  if (meant !== undefined) throw new AssignmentError(`There is no assignment "${slug}"; did you mean "${meant}"?`);
  const all = [...found.keys()].sort().join(', ') || 'none at all';
  throw new AssignmentError(`There is no assignment "${slug}"; known are: ${all}.`);
}

async function subFolders(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
