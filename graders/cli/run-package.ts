/** What `gradmark package` does: the files of one system, in a folder of their own. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Visibility } from '../../reports/formats/gradescope.ts';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { isShipped, listCourseworks } from '../coursework.ts';
import { freshSecret, readSecret } from '../gradebook/secret.ts';
import { writeWhole } from '../gradebook/write-whole.ts';
import { engineFiles } from './engine-files.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { graderVersion } from './version.ts';
import { classroom50Files } from './systems/classroom50.ts';
import { courseraFiles } from './systems/coursera.ts';
import { githubFiles } from './systems/github.ts';
import { gitlabFiles } from './systems/gitlab.ts';
import { gradescopeFiles } from './systems/gradescope.ts';
import type { Packaged } from './systems/packaged.ts';
import { filesBelow, writeZip, type PackedFile } from './zip-files.ts';

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
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UserError(`${out} is no folder: name a new one.`);
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new UserError(`${out} is not empty: name a new folder, so that nothing else is packed with it.`);
  }
  const grades = to === 'gradescope' || to === 'coursera';
  if (!grades && options.secretFile !== undefined) {
    throw new UserError(`--to ${to} is read by students, and a secret in it would be none: leave --secret-file out.`);
  }
  const isOwn = !isShipped(folder);
  const packaged: Packaged = { slug, version: graderVersion(), visibility: options.visibility, isOwn };
  const { files: made, then, archive } = systems[to](packaged);
  const files = made.map(({ path, text, isProgram }) => fileOf(path, text, isProgram === true ? 0o755 : 0o644));
  if (grades) {
    const secret = options.secretFile === undefined ? freshSecret() : `${await readSecret(options.secretFile)}\n`;
    files.push(fileOf('secret', secret, 0o600));
    if (isOwn) files.push(...filesBelow(folder, `coursework/${slug}`));
    if (options.engine) files.push(...engineFiles().flatMap(({ from, path }) => filesBelow(from, `gradmark/${path}`)));
    // Who has drawn one needs it again, to ask the same; in the folder of files it is there.
    if (archive !== undefined && options.secretFile === undefined) await writeWhole(join(out, 'secret'), secret);
  }
  if (archive !== undefined) await writeZip(join(out, archive), files);
  else for (const { path, content, mode } of files) await writeProgram(join(out, path), content(), mode);
  process.stdout.write(`Written: ${resolve(out, archive ?? '')}\n${then}\n`);
  return exitCodes.done;
}

const fileOf = (path: string, text: string, mode: number): PackedFile => ({
  ...{ path, mode, content: () => new TextEncoder().encode(text) },
});

async function writeProgram(path: string, content: Uint8Array, mode: number): Promise<void> {
  await writeWhole(path, content);
  // As writeWhole leaves it, it is its owner's alone; what may be run stays so.
  if ((mode & 0o100) !== 0) await chmod(path, 0o755);
}
