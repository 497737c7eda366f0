/** What `gradmark replay` does. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { plainLine } from '../../reports/plain-text.ts';
import { replayText } from '../../reports/replay-text.ts';
import { findAll } from '../batch/find-all.ts';
import type { Coursework } from '../coursework.ts';
import { resultsOf } from '../gradebook/class-results.ts';
import { stateOf } from '../gradebook/fold.ts';
import { toJson } from '../gradebook/json.ts';
import type { Submission } from '../model/submission.ts';
import { replay } from '../regrading/replay.ts';
import { wantsColour } from './colour.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { chooseLevel, openNamed } from './open-named.ts';
import { studentNamed } from './named-in-class.ts';
import { openFilled } from './open-filled.ts';
import { openRoster } from './roster.ts';
import { graderVersion } from './version.ts';

export interface ReplayCommand {
  roster?: string;
  json?: boolean;
  secretFile?: string;
  data?: string;
  assignments: string[];
  allowUnsafe?: boolean;
}

/** Repeats a grade and says whether it is the same; returns the exit code. */
export async function runReplay(
  dir: string,
  student: string,
  path: string | undefined,
  options: ReplayCommand,
): Promise<number> {
  const book = openFilled(dir);
  const events = book.events();
  book.close();
  const state = stateOf(events);
  const { attempts } = state.students.get(studentNamed(resultsOf(state), student).id)!;
  if (path === undefined) {
    throw new UserError(
      `${dir} keeps grades and no work: say where it lies (gradmark replay ${dir} ${plainLine(student)} <path>).`,
    );
  }
  if (!existsSync(path)) throw new UserError(`${path} does not exist.`);
  const config = state.config!;
  const coursework = await openNamed(config.assignment.slug, options.assignments);
  const submission = await workOf(student, path, coursework, options.roster);
  const attempt = attempts.find(({ sha256, runs }) => sha256 === submission.sha256 && runs.length > 0);
  if (attempt === undefined) {
    throw new UserError(`What lies at ${path} is other work of ${plainLine(student)} than what was graded.`);
  }
  const data = options.data ?? config.defaults.data;
  const replayed = await replay(
    events,
    { id: student, attempt, submission },
    {
      ...{ coursework, outDir: dir, level: await chooseLevel(options.allowUnsafe === true) },
      ...{ secretFile: options.secretFile, graderVersion: graderVersion(), clock: () => performance.now() },
      ...(data !== undefined && { dataFolder: resolve(data) }),
    },
  );
  const look = { colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 };
  process.stdout.write(`${options.json === true ? toJson(replayed) : replayText(replayed, look)}\n`);
  return replayed.same ? exitCodes.done : exitCodes.failed;
}

async function workOf(student: string, path: string, coursework: Coursework, roster?: string): Promise<Submission> {
  const { found } = await findAll({ paths: [path], coursework, roster: await openRoster(roster) });
  const handedIn = found.find(({ id }) => id === student);
  if (handedIn === undefined) throw new UserError(`There is no work of ${plainLine(student)} at ${path}.`);
  const item = await handedIn.read();
  if ('refused' in item)
    throw new UserError(`The work of ${plainLine(student)} cannot be taken in: ${plainLine(item.refused)}`);
  return item;
}
