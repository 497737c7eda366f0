/** Which coursework a folder or archive is work for, by its files, and a notebook by what it defines. */
import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { listCourseworks } from '../coursework.ts';
import { Unacceptable, type Entry } from '../intake/entry.ts';
import { defaultLimits } from '../intake/limits.ts';
import type { Assignment } from '../model/assignment.ts';
import { isProgram, withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { pythonModuleOf } from '../runtimes/python/language/unit-files.ts';
import { snake } from '../runtimes/python/language/words.ts';
import { entriesAt, isNotebook } from './entries-at.ts';
import { UserError } from './exit-codes.ts';

/** The folder of the one coursework whose files lie at the path; throws a sentence that says how to name it. */
export async function recognise(path: string, assignments: readonly string[]): Promise<string> {
  if (isProgram(basename(path)) && statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
    throw new UserError(`${path} is one file of the work: give the folder in which it lies.`);
  }
  // Their tasks tell which one it is: the checks of the others are not loaded.
  const known = await Promise.all(
    [...(await listCourseworks(assignments))].map(async ([slug, folder]) => {
      const assignment = await loadAssignment(folder);
      return { slug, folder, files: await filesOf(folder, assignment), names: namesOf(assignment) };
    }),
  );
  const entries = await entriesAt(path);
  const held = new Set(entries.map((entry) => nameOf(entry.path)));
  let best = mostAlike(known, ({ files }) => files, held, 1);
  if (best.length !== 1) {
    // A notebook may be called as it likes.
    const byNames = mostAlike(known, ({ names }) => names, await definedIn(entries), leastNames);
    if (byNames.length === 1) best = byNames;
  }
  if (best.length === 1) return best[0]!.folder;
  const slugs = (best.length > 0 ? best : known).map(({ slug }) => slug).join(', ');
  throw new UserError(
    `${basename(resolve(path))} does not show which coursework it belongs to: name it with --assignment (${slugs}).`,
  );
}

/** Of one name alone any program may think. */
const leastNames = 2;

/** Those that have most of what is held, where it is as much as `least` names of one alone: what several have tells less. */
function mostAlike<Known>(
  known: readonly Known[],
  of: (one: Known) => ReadonlySet<string>,
  held: ReadonlySet<string>,
  least: number,
): Known[] {
  const holders = (name: string) => known.filter((one) => of(one).has(name)).length;
  const likeness = known.map((one) =>
    [...of(one)].filter((name) => held.has(name)).reduce((sum, name) => sum + 1 / holders(name), 0),
  );
  const most = Math.max(0, ...likeness);
  const isEnough = least === 1 ? most > 0 : most > least - 1e-9;
  return known.filter((_, i) => isEnough && likeness[i]! > most - 1e-9);
}

/** A program is the same under all its endings, and lies where its author put it. */
const nameOf = (path: string): string => {
  const name = basename(path);
  return isProgram(name) ? withoutProgramEnding(name) : name.replace(/\.py$/, '');
};

/** What a coursework's work is called: its units, and everything that its starter gives. */
async function filesOf(folder: string, { tasks, given = [], python }: Assignment): Promise<Set<string>> {
  const named = tasks.flatMap(({ unit }) => unit ?? []);
  const units = python === undefined ? named : named.flatMap((unit) => [unit, nameOf(pythonModuleOf(unit))]);
  const starter = (await entriesAt(join(folder, 'starter'))).map(({ path }) => path);
  return new Set([...units, ...[...given, ...starter].map(nameOf)]);
}

/** What a notebook that answers it defines. */
function namesOf({ tasks, python }: Assignment): Set<string> {
  if (python === undefined) return new Set();
  const exported = tasks.flatMap(({ exports = [] }) => exports);
  return new Set(exported.flatMap((name) => python.names[name]?.called ?? [name, snake(name)]));
}

/** The functions and classes of notebooks, by the look of their text: more is not needed for a guess that is told. */
async function definedIn(entries: readonly Entry[]): Promise<Set<string>> {
  const names = new Set<string>();
  for (const { read } of entries
    .filter(({ path, aside }) => isNotebook(path) && aside === undefined)
    .slice(0, mostNotebooks)) {
    const text = await read(mostBytes).catch((error: unknown) => {
      if (error instanceof Unacceptable) return '';
      throw error;
    });
    // Lines of a cell begin after a quote, or after a line end as JSON writes it.
    for (const [, name] of text.toString().matchAll(/(?:\\n|\b)(?:def|class) +(\w{1,80})/g)) names.add(name!);
  }
  return names;
}

const mostNotebooks = 20;
const mostBytes = defaultLimits.totalBytes;
