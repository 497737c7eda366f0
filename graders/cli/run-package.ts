/** What `gradmark package` does: the files of one system, in a folder of their own. */
import { existsSync, readdirSync } from 'node:fs';
import { chmod, cp, mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Visibility } from '../../reports/formats/gradescope.ts';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { isShipped, listCourseworks } from '../coursework.ts';
import { freshSecret } from '../gradebook/secret.ts';
import { folderMode, writeWhole } from '../gradebook/write-whole.ts';
import { engineFiles } from './engine-files.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { graderVersion } from './version.ts';
import { classroom50Files } from './systems/classroom50.ts';
import { courseraFiles } from './systems/coursera.ts';
import { githubFiles } from './systems/github.ts';
import { gitlabFiles } from './systems/gitlab.ts';
import { gradescopeFiles } from './systems/gradescope.ts';
import type { Packaged } from './systems/packaged.ts';

export interface PackageOptions {
  to: 'github' | 'gitlab' | 'gradescope' | 'classroom50' | 'coursera';
  out: string;
  secretFile?: string;
  engine: boolean;
  visibility: Visibility;
  assignments: string[];
}

const systems = {
  github: githubFiles,
  gitlab: gitlabFiles,
  gradescope: gradescopeFiles,
  classroom50: classroom50Files,
  coursera: courseraFiles,
};

/** Writes the files and says what to do with them; returns the exit code. */
export async function runPackage(slug: string, options: PackageOptions): Promise<number> {
  const folder = assignmentFolder(await listCourseworks(options.assignments), slug);
  const { out, to } = options;
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new UserError(`${out} is not empty: name a new folder, so that nothing else is packed with it.`);
  }
  const grades = to === 'gradescope' || to === 'coursera';
  if (!grades && options.secretFile !== undefined) {
    throw new UserError(`--to ${to} is read by students, and a secret in it would be none: leave --secret-file out.`);
  }
  const isOwn = !isShipped(folder);
  const packaged: Packaged = { slug, version: graderVersion(), visibility: options.visibility, isOwn };
  const { files, then } = systems[to](packaged);
  for (const { path, text, isProgram } of files) {
    await writeWhole(join(out, path), text);
    if (isProgram === true) await chmod(join(out, path), 0o755);
  }
  if (grades) {
    const secret = options.secretFile === undefined ? freshSecret() : await readFile(options.secretFile, 'utf8');
    await writeWhole(join(out, 'secret'), secret);
    if (isOwn) await cp(folder, join(out, 'coursework', slug), { recursive: true });
    if (options.engine) await copyEngine(join(out, 'gradmark'));
  }
  process.stdout.write(`Written: ${resolve(out)}\n${then}\n`);
  return exitCodes.done;
}

async function copyEngine(to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: folderMode });
  for (const { from, path } of engineFiles()) await cp(from, join(to, path), { recursive: true, dereference: true });
}
