/**
 * Fixtures in Python. A wrong one is ported by hand from the one of the same name in the sheet's own language and ends as that
 * one declares; it is written as what it changes in the model solution, or as the sentence why it has no meaning in Python.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Coursework } from '../coursework.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Contract } from '../model/contract.ts';
import type { SourceFile, Submission } from '../model/submission.ts';
import { packageRoot } from '../package-root.ts';
import { withoutProgramEnding } from '../runtimes/node/language/program-files.ts';
import { pythonModuleOf, wholeNotebook, wholeProgram } from '../runtimes/python/language/unit-files.ts';
import type { Part } from './correct-runs.ts';
import type { Fixture } from './fixtures.ts';
import { notebookOf } from './files-as-cells.ts';
import { loadFixtures, readTree, submissionOf } from './fixtures.ts';

/** By file: what stands there instead, what is replaced by what, or null where the file is not handed in. */
type Edits = Record<string, string | Record<string, string> | null>;

interface PythonFixtures {
  /** The model solution as files, one for each unit. */
  model: Submission;
  /** The same as one notebook, as a student's looks. */
  notebook: Submission;
  /** Laid over the model solution; nothing is lost with them. */
  right: { name: string; submission: Submission }[];
  wrong: PythonFixture[];
  /** Names of wrong fixtures with the sentence why there is none in Python. */
  without: Readonly<Record<string, string>>;
}

interface PythonFixture extends Fixture {
  /** The same program as one notebook: its files are the cells. */
  notebook: Submission;
}

/**
 * All of a coursework. A fixture whose own files are no programs is the same in every language, and none here. What a sheet
 * leaves to a library, beside tasks that are answered without one, lies in a folder of its own, `torch`.
 */
export async function loadPythonFixtures(slug: string, apart = ''): Promise<PythonFixtures> {
  const base = join(packageRoot, 'fixtures', 'python', apart, slug);
  const reference = join(packageRoot, 'reference', 'python', apart, slug);
  const model = await readTree(reference);
  const book = await readFile(`${reference}.ipynb`, 'utf8');
  const isNoProgram = ({ path }: SourceFile): boolean => !path.endsWith('.py');
  const written = model.filter(isNoProgram);
  const assignment = join(packageRoot, 'assignments', slug);
  const contract = JSON.parse(await readFile(join(assignment, 'contract.python.json'), 'utf8')) as Contract;
  const { tasks } = JSON.parse(await readFile(join(assignment, 'assignment.json'), 'utf8')) as Pick<
    Assignment,
    'tasks'
  >;
  const sheet = { tasks, contract };
  const edits = JSON.parse(await readFile(join(base, 'wrong.json'), 'utf8')) as Record<string, Edits | string>;
  const twins = new Map((await loadFixtures(slug)).map((fixture) => [fixture.name, fixture]));
  const wrong = Object.entries(edits).flatMap(([name, edit]): PythonFixture[] => {
    const twin = twins.get(name);
    if (twin === undefined) throw new Error(`${base}: ${name} has no twin in fixtures/${slug}`);
    if (typeof edit === 'string') return [];
    const own = [...changedBy(edit, model, name), ...twin.submission.files.filter(isWritten(twin))];
    const files = laidOver(model, own).filter(({ path }) => edit[path] !== null);
    const ending = { name, expected: twin.expected, own: [...Object.keys(edit), ...own.map(({ path }) => path)] };
    const inCells = [{ path: wholeNotebook, text: notebookOf(files, sheet) }, ...files.filter(isNoProgram)];
    return [{ ...ending, submission: inPython(name, files), notebook: inPython(name, inCells) }];
  });
  const folders = (await readdir(base, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const right = folders.map(async ({ name }) => {
    const own = await readTree(join(base, name));
    const below = own.some(({ path }) => [wholeNotebook, wholeProgram].includes(path)) ? written : model;
    return { name, submission: inPython(name, laidOver(below, own)) };
  });
  return {
    model: inPython('reference', model),
    notebook: inPython('notebook', [{ path: wholeNotebook, text: book }, ...written]),
    right: await Promise.all(right),
    wrong,
    without: Object.fromEntries(
      Object.entries(edits).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
  };
}

/** Correct programs in Python of a shipped coursework, in every form; undefined where there is no model solution in Python. */
export async function pythonPrograms(slug: string, apart = ''): Promise<Submission[] | undefined> {
  if (!existsSync(join(packageRoot, 'reference', 'python', apart, slug))) return undefined;
  const { model, notebook, right } = await loadPythonFixtures(slug, apart);
  return [model, notebook, ...right.map(({ submission }) => submission)];
}

/** The coursework in Python: what its programs answer, and, where they leave tasks to a tensor library, those with programs in that. */
export async function pythonParts(whole: Coursework, slug: string): Promise<Part[]> {
  const correct = await pythonPrograms(slug);
  if (correct === undefined) return [];
  const answered = answeredBy(whole, correct[0]!);
  const inTorch = await pythonPrograms(slug, 'torch');
  const first = { coursework: answered, correct };
  if (inTorch === undefined) return [first];
  const tasks = new Set(answered.assignment.tasks.map(({ id }) => id));
  return [first, { coursework: withTasks(whole, (id) => !tasks.has(id)), correct: inTorch.map(under('torch')) }];
}

const under =
  (folder: string) =>
  (submission: Submission): Submission => ({ ...submission, id: `${folder}/${submission.id}` });

/**
 * The coursework with the tasks that a program answers, and those that need none and follow from no other: in Python a sheet
 * may leave some to a tensor library.
 */
function answeredBy(coursework: Coursework, { files }: Submission): Coursework {
  const paths = new Set(files.map(({ path }) => path));
  const left = new Set<string>();
  for (const { id, unit, needs = [] } of coursework.assignment.tasks) {
    const isAbsent = unit !== undefined && !paths.has(pythonModuleOf(unit));
    if (isAbsent || needs.some((other) => left.has(other))) left.add(id);
  }
  return left.size === 0 ? coursework : withTasks(coursework, (id) => !left.has(id));
}

/** The coursework as if it had these tasks alone. */
export function withTasks(coursework: Coursework, isAsked: (task: string) => boolean): Coursework {
  const tasks = coursework.assignment.tasks.filter(({ id }) => isAsked(id));
  const checks = coursework.checks.filter(({ task }) => isAsked(task));
  return { ...coursework, assignment: { ...coursework.assignment, tasks }, checks };
}

const inPython = (id: string, files: readonly SourceFile[]): Submission => ({
  ...submissionOf(id, files),
  language: 'python',
});

/** What of a twin's own files is no program: answers and plots, which are the same in every language. */
const isWritten =
  ({ own }: Fixture) =>
  ({ path }: SourceFile): boolean =>
    own.includes(path) && withoutProgramEnding(path) === path;

const laidOver = (below: readonly SourceFile[], own: readonly SourceFile[]): SourceFile[] => [
  ...below.filter(({ path }) => !own.some((file) => file.path === path)),
  ...own,
];

function changedBy(edits: Edits, model: readonly SourceFile[], name: string): SourceFile[] {
  return Object.entries(edits).flatMap(([path, edit]) => {
    if (edit === null) return [];
    if (typeof edit === 'string') return { path, text: edit };
    let text = model.find((file) => file.path === path)!.text;
    for (const [from, to] of Object.entries(edit)) {
      const parts = text.split(from);
      if (parts.length !== 2) throw new Error(`${name}: ${path} holds ${parts.length - 1} times: ${from}`);
      text = parts.join(to);
    }
    return { path, text };
  });
}
