/** One coursework as the grader uses it: the assignment, its checks, the modules it gives, all proven to fit together. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Check } from './check.ts';
import type { Assignment } from './model/assignment.ts';
import type { SourceFile } from './model/submission.ts';
import { findAssignments } from './assignment/find-assignments.ts';
import { AssignmentError, loadAssignment } from './assignment/load-assignment.ts';
import { importModule, ownModule } from './own-module.ts';
import { packageRoot } from './package-root.ts';
import { assertPlainFile } from './plain-file.ts';
import { provideOwnModules } from './self-import.ts';
import { readGiven, readGivenPython } from './assignment/read-given.ts';
import { practiceChecks } from './practice/practice-checks.ts';
import { packFile, readPack } from './practice/read-pack.ts';

export interface Coursework {
  assignment: Assignment;
  /** Folder of assignment.json, handout and starter. */
  folder: string;
  /** In the order of the assignment's tasks. */
  checks: Check[];
  given: SourceFile[];
  /** The same for submissions in Python, where it may be handed in in that. */
  givenPython?: SourceFile[];
  /** The module that exports the checks; absent where they were made by a program. */
  checksFile?: string;
  /** Set where the checks are those of the practice pack: no grade follows from them. */
  isPractice?: true;
  /** Over the assignment and everything that judges it, when it is first asked for. */
  readonly hash: string;
}

/** A mistake of whoever wrote the coursework, in sentences that say what and where; of a shipped one it is ours. */
class CourseworkError extends Error {
  override readonly name = 'CourseworkError';
}

/** Where this package keeps its own courseworks. */
const shippedFolder = join(packageRoot, 'assignments');

/** Whether the coursework of this folder is one of the package's own; any other is a teacher's, wherever it lies. */
export const isShipped = (folder: string): boolean => folder.startsWith(join(shippedFolder, '/'));

/** Slugs of all courseworks, shipped and in the given folders, with the folder of each. A folder given comes before the shipped ones. */
export async function listCourseworks(extraFolders: readonly string[]): Promise<Map<string, string>> {
  // Checks are loaded and bundled by path, which is not read from where the command was started.
  const own = extraFolders.map((folder) => resolve(folder));
  for (const folder of own) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new AssignmentError(`${folder} is no folder: name the one in which your courseworks lie.`);
    }
    if (existsSync(join(folder, 'assignment.json'))) {
      throw new AssignmentError(`${folder} is a coursework itself: name the folder in which it lies.`);
    }
  }
  return findAssignments([...own, shippedFolder]);
}

/** Everything that judges: this room and the oracles. */
const judging = ['.', '../reference/oracles/'].map((room) => fileURLToPath(new URL(room, import.meta.url)));

/** Whether the checks of the coursework in this folder are here; a student's kit has the practice pack alone. */
export const hasChecks = (folder: string): boolean =>
  candidatesIn(folder, basename(folder)).some((candidate) => existsSync(candidate));

/** The coursework with the checks of its practice pack; throws with what is wrong with the pack. */
export async function openPractice(folder: string): Promise<Coursework> {
  const assignment = await loadAssignment(folder);
  const pack = await readPack(folder);
  const files = { slug: assignment.slug, folder, shipped: isShipped(folder) };
  if (!files.shipped) provideOwnModules();
  const checks = inTaskOrder(assignment, await practiceChecks(pack, assignment, files));
  const mistakes = unfit(assignment, checks);
  if (mistakes.length > 0) {
    const says = `${join(folder, packFile)} does not fit ${assignment.slug}; make it anew with gradmark pack-practice:`;
    throw new CourseworkError(`${says}\n- ${mistakes.join('\n- ')}`);
  }
  return { assignment, folder, checks, isPractice: true, given: await readGiven(folder, assignment), hash: '' };
}

/** Loads a coursework by slug. Throws with every mistake in the assignment, or with what the checks do not fit. */
export async function openCoursework(folder: string): Promise<Coursework> {
  const assignment = await loadAssignment(folder);
  const path = checksPath(folder, assignment.slug);
  const checks = inTaskOrder(assignment, await importChecks(path, folder, assignment));
  const mistakes = unfit(assignment, checks);
  if (mistakes.length > 0) {
    throw mistakeIn(folder, `${path} does not fit ${assignment.slug}:\n- ${mistakes.join('\n- ')}`);
  }
  let hash: string | undefined;
  return {
    assignment,
    folder,
    checks,
    checksFile: path,
    given: await readGiven(folder, assignment),
    givenPython: await readGivenPython(folder, assignment),
    // A thousand files are read for it, and a check of one's own work never asks.
    get hash() {
      return (hash ??= hashOf([folder, join(path, '..'), ...judging]));
    },
  };
}

/** Shipped courseworks keep their checks in this program, a teacher's own beside assignment.json. */
function checksPath(folder: string, slug: string): string {
  const found = candidatesIn(folder, slug).find((candidate) => existsSync(candidate));
  if (found === undefined && isShipped(folder)) {
    const says = `The checks of ${slug} are not installed: put gradmark-keys beside gradmark; students use "gradmark check".`;
    throw new CourseworkError(says);
  }
  if (found === undefined) {
    const says = `${folder} has no checks: write ${join(folder, 'checks.ts')} and export \`checks\` from it.`;
    throw mistakeIn(folder, says);
  }
  assertPlainFile(found);
  return found;
}

const candidatesIn = (folder: string, slug: string): string[] => [
  ...(isShipped(folder) ? [ownChecks(slug)] : []),
  join(folder, 'checks.ts'),
  join(folder, 'checks.js'),
];

const ownChecks = (slug: string): string =>
  fileURLToPath(new URL(`./checks/${slug}/checks${extname(import.meta.url)}`, import.meta.url));

const mistakeIn = (folder: string, says: string): Error =>
  isShipped(folder) ? new Error(says) : new CourseworkError(says);

async function importChecks(path: string, folder: string, assignment: Assignment): Promise<Check[]> {
  if (!isShipped(folder)) provideOwnModules();
  const { slug } = assignment;
  const url = path === ownChecks(slug) ? ownModule(`checks/${slug}/checks`) : pathToFileURL(path);
  const loaded = (await importModule(url.href).catch((error: unknown) => {
    throw mistakeIn(folder, `${path} cannot be loaded: ${whatAndWhere(error)}`);
  })) as { checks?: unknown };
  if (!Array.isArray(loaded.checks)) {
    throw mistakeIn(folder, `${path} should export \`checks\`, the list of checks of ${slug}.`);
  }
  return loaded.checks as Check[];
}

/** The message of an error, and the place at which Node puts it: first in the stack of a syntax error, below otherwise. */
function whatAndWhere(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [, at] = /(?:file:\/\/)?(\/[^\s()]+:\d+(?::\d+)?)/.exec(error.stack ?? '') ?? [];
  return `${error.message}${at === undefined || error.message.includes(at) ? '' : ` (${at})`}`;
}

const inTaskOrder = (assignment: Assignment, checks: readonly Check[]): Check[] => [
  ...assignment.tasks.flatMap((task) => checks.filter((check) => check.task === task.id)),
  ...checks.filter((check) => !assignment.tasks.some((task) => task.id === check.task)),
];

/** Every way in which checks and assignment contradict each other. */
function unfit(assignment: Assignment, checks: readonly Check[]): string[] {
  const ids = checks.map((check) => check.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  const strays = checks.filter((check) => !assignment.tasks.some((task) => task.id === check.task));
  const lost = checks.flatMap((check) =>
    (check.needs ?? [])
      .filter((id) => !ids.slice(0, ids.indexOf(check.id)).includes(id))
      .map((id) => `${check.id} needs ${id}, which does not come before it`),
  );
  const sums = assignment.tasks.flatMap((task) => {
    const points = checks.filter((check) => check.task === task.id).reduce((sum, check) => sum + check.points, 0);
    return Math.abs(points - task.marks) < 1e-9
      ? []
      : [`the checks of ${task.id} sum to ${points}, its marks are ${task.marks}`];
  });
  return [
    ...twice.map((id) => `two checks are called ${id}`),
    ...strays.map((check) => `${check.id} belongs to task ${check.task}, which does not exist`),
    ...lost,
    ...sums,
  ];
}

/** A hash over all source files below the folders, so that a stored grade is used again only if nothing that judges changed. */
function hashOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of [...new Set(folders)]) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && /\.(ts|js|py|json)$/.test(entry.name) && !entry.name.includes('.test.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const path of paths) {
      hash.update(path.slice(folder.length)).update('\0');
      hash.update(readFileSync(path)).update('\0');
    }
  }
  return hash.digest('hex');
}
