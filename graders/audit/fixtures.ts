/** Fixtures: submissions whose ending is known and declared beside them. They exist in a checkout only. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { readPlainText } from '../plain-file.ts';
import { withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { isUnitFile } from './unit-file.ts';
import type { Assignment, Task } from '../model/assignment.ts';
import type { SourceFile, Submission } from '../model/submission.ts';
import type { OutcomeKind } from '../model/verdict.ts';

/** What a fixture declares in expected.json. */
export interface Expectation {
  /** `reference`: the fixture's files are laid over the model solution. */
  over?: 'reference';
  /** Points per task; with `over` only the tasks that lose any. */
  earned: Record<string, number>;
  /** Exactly the checks that do not pass (manual ones aside). */
  fails: string[];
  outcomes?: Record<string, OutcomeKind>;
  /** Words that some finding, sentence or diagnosis of the submission must hold. */
  says?: string[];
  /** Id of the known mistake that must be named. */
  diagnosis?: string;
  /** One sentence: what this fixture is about. */
  why: string;
}

export interface Fixture {
  name: string;
  submission: Submission;
  expected: Expectation;
  /** Files that are the fixture's own; the rest, if any, is the model solution's. */
  own: string[];
}

/** The tasks on which a fixture can end otherwise than the model solution: those that its own files can reach. */
export function tasksAtStake(assignment: Assignment, { own, expected, submission }: Fixture): string[] {
  return expected.over === undefined
    ? assignment.tasks.map((task) => task.id)
    : tasksReachedBy(own, assignment, submission);
}

/** The tasks that can end otherwise when these files of a submission change. */
export function tasksReachedBy(paths: readonly string[], assignment: Assignment, submission: Submission): string[] {
  const changed = new Set(paths);
  // A module that imports a changed file is changed in what it does; repeat until nothing is added.
  for (let before = 0; before !== changed.size;) {
    before = changed.size;
    const stems = [...changed].map((path) => withoutProgramEnding(path).split('/').at(-1)!);
    for (const { path, text } of submission.files) if (stems.some((name) => mentions(text, name))) changed.add(path);
  }
  const touched = new Set(
    assignment.tasks.filter((task) => [...changed].some((path) => reads(task, path))).map(({ id }) => id),
  );
  // Tasks come in order, and a task can need only earlier ones.
  for (const task of assignment.tasks) if (task.needs?.some((id) => touched.has(id))) touched.add(task.id);
  return assignment.tasks.map((task) => task.id).filter((id) => touched.has(id));
}

const mentions = (text: string, name: string) =>
  new RegExp(`(from|import|require\\()\\s*['"][^'"]*/${name}(\\.[a-z]+)?['"]`).test(text) ||
  new RegExp(`^\\s*(from|import) ${name.replace(/\\.py$/, '')}\\b`, 'm').test(text);

/** Whether a task's checks look at this file; a task that names no file of its own may look at any program. */
function reads(task: Task, path: string): boolean {
  if (path === 'answers.json') return task.answers !== undefined;
  if (path === 'answers.md') return task.manual !== undefined;
  if (path.startsWith('plots/')) return (task.plots ?? []).includes(path);
  return task.unit === undefined ? task.answers === undefined : isUnitFile(path, task.unit);
}

/** All fixtures of a folder below fixtures/, in order of their names. */
export const loadFixtures = async (folder: string, referenceSlug = folder): Promise<Fixture[]> =>
  fixturesIn(join(packageRoot, 'fixtures', folder), await referenceFiles(referenceSlug));

/** The fixtures in this folder; those over the reference are laid over these files. */
async function fixturesIn(base: string, reference: readonly SourceFile[]): Promise<Fixture[]> {
  if (!existsSync(base)) return [];
  const names = (await readdir(base, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(
    names
      .map((entry) => entry.name)
      .sort()
      .map((name) => loadFixture(join(base, name), name, reference)),
  );
}

async function loadFixture(folder: string, name: string, reference: readonly SourceFile[]): Promise<Fixture> {
  const files = await readTree(folder);
  const declared = files.find((file) => file.path === 'expected.json');
  if (declared === undefined) throw new Error(`${folder} declares no ending: it has no expected.json.`);
  const expected = JSON.parse(declared.text) as Expectation;
  const own = files.filter((file) => file !== declared);
  const below = expected.over === 'reference' ? reference : [];
  const kept = below.filter(
    (file) => !own.some((other) => withoutProgramEnding(other.path) === withoutProgramEnding(file.path)),
  );
  return { name, expected, own: own.map((file) => file.path), submission: submissionOf(name, [...kept, ...own]) };
}

/** The model solution of a coursework, as files of a submission. */
export const referenceFiles = (slug: string): Promise<SourceFile[]> => readTree(join(packageRoot, 'reference', slug));

/** The untouched starter of a coursework. */
export const starterFiles = (slug: string): Promise<SourceFile[]> =>
  readTree(join(packageRoot, 'assignments', slug, 'starter'));

/**
 * The model solution and the fixtures of a coursework: in this checkout's reference/ and fixtures/, or in folders of these
 * names beside the coursework's own assignment.json. Undefined where there is no model solution.
 */
export async function provingPrograms(
  folder: string,
  slug: string,
): Promise<{ model: Submission; fixtures: Fixture[]; isShipped: boolean } | undefined> {
  const { path, isShipped } = placeOfModel(folder, slug);
  if (!existsSync(path)) return undefined;
  const reference = await readTree(path);
  const base = isShipped ? join(packageRoot, 'fixtures', slug) : join(folder, 'fixtures');
  return { model: submissionOf('reference', reference), fixtures: await fixturesIn(base, reference), isShipped };
}

/** What everybody in a class may have without having copied it: the starter, and the model solution where there is one. */
export async function filesKnownToAll(folder: string, slug: string): Promise<SourceFile[]> {
  const places = [join(folder, 'starter'), placeOfModel(folder, slug).path].filter((path) => existsSync(path));
  return (await Promise.all(places.map(readTree))).flat();
}

function placeOfModel(folder: string, slug: string): { path: string; isShipped: boolean } {
  const shipped = join(packageRoot, 'reference', slug);
  const isShipped = existsSync(shipped);
  return { path: isShipped ? shipped : join(folder, 'reference'), isShipped };
}

/** A submission made of these files. */
export function submissionOf(id: string, files: readonly SourceFile[]): Submission {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const hash = createHash('sha256');
  for (const file of sorted) hash.update(file.path).update('\0').update(file.text).update('\0');
  return { id, sha256: hash.digest('hex'), files: sorted, notes: [] };
}

export async function readTree(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path: relative(folder, path), text: await readPlainText(path) })));
}
