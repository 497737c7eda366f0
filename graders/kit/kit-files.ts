/** Everything that a student starts with: the sheet, the starter, and what checks it, as one map of paths to texts. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readGiven, readGivenPython } from '../assignment/read-given.ts';
import type { Assignment, Task } from '../model/assignment.ts';
import type { OtherLanguage } from '../model/contract.ts';
import { readPlainText } from '../plain-file.ts';
import { githubWorkflow, gitlabJob } from './ci-files.ts';
import { manifestOf, pythonManifestOf, tsconfig } from './manifest.ts';
import { pythonReadmeOf, readmeOf } from './readme.ts';
import { checksTest, testsOf, vitestConfig } from './tests.ts';

interface KitOptions {
  /** How npm finds gradmark: a version, or the address of the package that a course hands out. */
  gradmark: string;
  github: boolean;
  gitlab: boolean;
  /** Set for a lecturer's coursework, which gradmark does not bring: the kit holds what it is checked with. */
  own: boolean;
  /** In what the work is to be written, where it is not TypeScript. */
  language?: OtherLanguage | undefined;
}

/** Where such a kit holds its coursework. */
export const ownFolder = '.gradmark';

const ignored = ['node_modules/', '__pycache__/', 'out/', 'coverage/', '*.log', '.DS_Store', ''].join('\n');

/** The files of the kit for the coursework in this folder. What several sheets give is copied: a kit stands alone. */
export async function kitFiles(
  folder: string,
  assignment: Assignment,
  options: KitOptions,
): Promise<ReadonlyMap<string, string>> {
  const { language } = options;
  const files = await (language === 'python' ? inPython : inTypeScript)(folder, assignment, options.gradmark);
  files.set('.gitignore', ignored);
  if (options.own) for (const [path, text] of await ownFiles(folder, assignment)) files.set(path, text);
  if (options.github) files.set('.github/workflows/gradmark.yml', githubWorkflow);
  if (options.gitlab) files.set('.gitlab-ci.yml', gitlabJob);
  return files;
}

async function inTypeScript(folder: string, assignment: Assignment, gradmark: string): Promise<Map<string, string>> {
  const given = (await readGiven(folder, assignment)).map(({ path, text }) => [path, text] as const);
  const files = new Map<string, string>([...given, ...(await textsIn(join(folder, 'starter')))]);
  const handout = join(folder, 'handout.md');
  if (existsSync(handout)) files.set('handout.md', await readPlainText(handout));
  files.set('README.md', readmeOf(assignment));
  files.set('package.json', manifestOf(assignment, gradmark));
  files.set('tsconfig.json', tsconfig);
  const tests = testsOf(assignment, new Set(files.keys()));
  if (tests !== undefined) files.set('test/modules.test.ts', tests);
  files.set('test/checks.test.ts', checksTest);
  files.set('vitest.config.ts', vitestConfig);
  return files;
}

/** What is written in words and numbers is the same in every language. */
async function inPython(folder: string, assignment: Assignment, gradmark: string): Promise<Map<string, string>> {
  const given = (await readGivenPython(folder, assignment)).map(({ path, text }) => [path, text] as const);
  const written = (await textsIn(join(folder, 'starter'))).filter(([path]) => /^answers\.|^plots\//.test(path));
  const files = new Map<string, string>([...written, ...given, ...(await textsIn(join(folder, 'starter-python')))]);
  // The sheet, and beside it what Python calls things.
  for (const name of ['handout.md', 'handout.python.md']) {
    const path = join(folder, name);
    if (existsSync(path)) files.set(name, await readPlainText(path));
  }
  files.set('README.md', pythonReadmeOf(assignment));
  files.set('package.json', pythonManifestOf(assignment, gradmark));
  return files;
}

/** The coursework without its keys: the assignment, the practice pack, questions and given files. */
async function ownFiles(folder: string, assignment: Assignment): Promise<[path: string, text: string][]> {
  const names = (await readdir(folder)).filter((name) => name === 'practice.json' || /-question\.[jt]s$/.test(name));
  const read = names.map(async (name) => [name, await readPlainText(join(folder, name))] as const);
  const given = (await readGiven(folder, assignment)).map(({ path, text }) => [`given/${path}`, text] as const);
  const tasks = assignment.tasks.map(withoutConcepts);
  const parts = [
    ['assignment.json', JSON.stringify({ ...assignment, tasks })] as const,
    ...given,
    ...(await Promise.all(read)),
  ];
  return parts.map(([path, text]) => [`${ownFolder}/${assignment.slug}/${path}`, text]);
}

/** What markers look for in an answer is for markers. */
function withoutConcepts({ manual, ...task }: Task): Task {
  if (manual === undefined) return task;
  const rubric = manual.rubric.map(({ concepts, ...item }) => item);
  return { ...task, manual: { ...manual, rubric } };
}

/** Every file below a folder, links followed; none where there is no folder. Throws where something else lies there. */
async function textsIn(folder: string): Promise<[path: string, text: string][]> {
  if (!existsSync(folder)) return [];
  const texts: [string, string][] = [];
  for (const path of (await readdir(folder, { recursive: true })).sort()) {
    const file = join(folder, path);
    if (!(await stat(file)).isDirectory()) texts.push([path, await readPlainText(file)]);
  }
  return texts;
}
