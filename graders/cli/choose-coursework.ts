/** Which coursework a folder or archive belongs to, where nobody says so: its files tell. */
import { basename, join, resolve } from 'node:path';
import { loadAssignment } from '../assignment/load-assignment.ts';
import type { Coursework } from '../coursework.ts';
import { hasChecks, listCourseworks, openCoursework, openPractice } from '../coursework.ts';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { isProgram, withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { pythonModuleOf } from '../runtimes/python/language/unit-files.ts';
import { entriesAt } from './entries-at.ts';
import { UserError } from './exit-codes.ts';

/** The named coursework, or the one whose files the folder or archive holds; with its practice pack where the keys are absent. */
export async function chooseCoursework(
  path: string,
  {
    assignment,
    assignments,
    practice,
  }: {
    assignment?: string;
    assignments: readonly string[];
    practice?: boolean;
  },
): Promise<Coursework> {
  const folder =
    assignment === undefined
      ? await recognise(path, assignments)
      : assignmentFolder(await listCourseworks(assignments), assignment);
  return practice === true || !hasChecks(folder) ? openPractice(folder) : openCoursework(folder);
}

/** The folder of the one coursework whose files lie at the path; throws a sentence that says how to name it. */
export async function recognise(path: string, assignments: readonly string[]): Promise<string> {
  // Their tasks tell which one it is: the checks of the others are not loaded.
  const folders = [...(await listCourseworks(assignments))];
  const known = await Promise.all(
    folders.map(async ([slug, folder]) => ({ slug, folder, has: await namesOf(folder) })),
  );
  const held = new Set((await pathsAt(path)).map(nameOf));
  const likeness = known.map(({ has }) =>
    // What several courseworks give tells less of which one it is.
    [...has].filter((name) => held.has(name)).reduce((sum, name) => sum + 1 / holders(name), 0),
  );
  function holders(name: string): number {
    return known.filter(({ has }) => has.has(name)).length;
  }
  const most = Math.max(0, ...likeness);
  const best = known.filter((_, i) => most > 0 && likeness[i]! > most - 1e-9);
  if (best.length === 1) return best[0]!.folder;
  const names = (best.length > 0 ? best : known).map(({ slug }) => slug).join(', ');
  throw new UserError(
    `${basename(resolve(path))} does not show which coursework it belongs to: name it with --assignment (${names}).`,
  );
}

/** A program is the same under all its endings, and lies where its author put it. */
const nameOf = (path: string): string => {
  const name = basename(path);
  return isProgram(name) ? withoutProgramEnding(name) : name.replace(/\.py$/, '');
};

/** What a coursework's work is called: its units, and everything that its starter gives. */
async function namesOf(folder: string): Promise<Set<string>> {
  const { tasks, given = [], python } = await loadAssignment(folder);
  const named = tasks.flatMap(({ unit }) => unit ?? []);
  const units = python === undefined ? named : named.flatMap((unit) => [unit, nameOf(pythonModuleOf(unit))]);
  const starter = await pathsAt(join(folder, 'starter'));
  return new Set([...units, ...[...given, ...starter].map(nameOf)]);
}

const pathsAt = async (path: string): Promise<string[]> => (await entriesAt(path)).map((entry) => entry.path);
