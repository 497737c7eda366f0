/** What `gradmark start` does. */
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { loadAssignment } from '../assignment/load-assignment.ts';
import { isShipped, listCourseworks } from '../coursework.ts';
import { kitFiles } from '../kit/kit-files.ts';
import { setupCommand } from '../kit/readme.ts';
import { packFile } from '../practice/read-pack.ts';
import { alreadyThere, writeKit } from '../kit/write-kit.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { inShell } from './same-command.ts';
import { graderVersion } from './version.ts';

export interface StartOptions {
  to?: string;
  language: 'typescript' | 'python';
  github?: boolean;
  gitlab?: boolean;
  gradmark?: string;
  assignments: string[];
}

/** Writes the kit and says what comes next. */
export async function runStart(slug: string, options: StartOptions): Promise<number> {
  const from = assignmentFolder(await listCourseworks(options.assignments), slug);
  const to = resolve(options.to ?? slug);
  if (existsSync(to) && !statSync(to).isDirectory()) throw new UserError(`${to} is a file; name a folder with --to.`);
  const own = !isShipped(from);
  if (own && !existsSync(join(from, packFile))) {
    throw new UserError(`${from} has no ${packFile}: make it with "gradmark pack-practice ${slug} --assignments …".`);
  }
  const { gradmark = graderVersion(), github = false, gitlab = false } = options;
  const assignment = await loadAssignment(from);
  const language = options.language === 'typescript' ? undefined : options.language;
  if (language !== undefined && assignment[language] === undefined) {
    throw new UserError(`${slug} cannot be handed in in Python: it has no contract.python.json.`);
  }
  const files = await kitFiles(from, assignment, {
    gradmark,
    github,
    gitlab,
    own,
    language,
  });
  const there = await alreadyThere(to, files.keys());
  if (there.length > 0) {
    const shown = `${there.slice(0, 5).join(', ')}${there.length > 5 ? ` and ${there.length - 5} more` : ''}`;
    throw new UserError(`${to} holds ${shown} already. Nothing was written; name another folder with --to.`);
  }
  await writeKit(to, files).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${to} cannot be written (${error.code ?? error.message}). Nothing was left there.`);
  });
  const here = relative(process.cwd(), to) || '.';
  const setup = language === 'python' ? `  ${setupCommand(assignment)}\n` : '';
  process.stdout.write(
    `${files.size} files in ${here}\n\n  cd ${inShell(here)}\n  npm install\n${setup}  npm run check\n\n`,
  );
  return exitCodes.done;
}
