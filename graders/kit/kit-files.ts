/** Everything that a student starts with: the sheet, the starter, and what checks it, as one map of paths to texts. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readGiven } from '../assignment/read-given.ts';
import type { Assignment } from '../model/assignment.ts';
import { githubWorkflow, gitlabJob } from './ci-files.ts';
import { manifestOf, tsconfig } from './manifest.ts';
import { readmeOf } from './readme.ts';
import { testsOf } from './tests.ts';

export interface KitOptions {
  /** How npm finds gradmark: a version, or the address of the package that a course hands out. */
  gradmark: string;
  github: boolean;
  gitlab: boolean;
}

const ignored = ['node_modules/', 'out/', 'coverage/', '*.log', '.DS_Store', ''].join('\n');

/** The files of the kit for the coursework in this folder. What several sheets give is copied: a kit stands alone. */
export async function kitFiles(
  folder: string,
  assignment: Assignment,
  options: KitOptions,
): Promise<ReadonlyMap<string, string>> {
  const given = (await readGiven(folder, assignment)).map(({ path, text }) => [path, text] as const);
  const files = new Map<string, string>([...given, ...(await textsIn(join(folder, 'starter')))]);
  const handout = join(folder, 'handout.md');
  if (existsSync(handout)) files.set('handout.md', await readFile(handout, 'utf8'));
  files.set('README.md', readmeOf(assignment));
  files.set('package.json', manifestOf(assignment, options.gradmark));
  files.set('tsconfig.json', tsconfig);
  files.set('.gitignore', ignored);
  const tests = testsOf(assignment, new Set(files.keys()));
  if (tests !== undefined) files.set('test/modules.test.ts', tests);
  if (options.github) files.set('.github/workflows/gradmark.yml', githubWorkflow);
  if (options.gitlab) files.set('.gitlab-ci.yml', gitlabJob);
  return files;
}

/** Every file below a folder, links followed; none where there is no folder. */
async function textsIn(folder: string): Promise<[path: string, text: string][]> {
  if (!existsSync(folder)) return [];
  const texts: [string, string][] = [];
  for (const path of (await readdir(folder, { recursive: true })).sort()) {
    const file = join(folder, path);
    if ((await stat(file)).isFile()) texts.push([path, await readFile(file, 'utf8')]);
  }
  return texts;
}
