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
import type { Gradebook } from '../gradebook/store.ts';
import type { Submission } from '../model/submission.ts';
import { keptWork } from '../regrading/kept-work.ts';
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
  if (options.roster !== undefined && path === undefined) {
    throw new UserError('--roster says whose the work at a path is: name it, or leave --roster away.');
  }
  const book = openFilled(dir);
  try {
    return await replayIn(dir, book, student, path, options);
  } finally {
    book.close();
  }
}

async function replayIn(
  dir: string,
  book: Gradebook,
  student: string,
  path: string | undefined,
  options: ReplayCommand,
): Promise<number> {
  const events = book.events();
  const state = stateOf(events);
  const { id, sha256: counts } = studentNamed(resultsOf(state), student);
  const { attempts } = state.students.get(id)!;
  if (path !== undefined && !existsSync(path)) throw new UserError(`${path} does not exist.`);
  const config = state.config!;
  const coursework = await openNamed(config.assignment.slug, options.assignments);
  const works =
    path === undefined
      ? attempts.flatMap((attempt) => keptWork(book, id, attempt) ?? [])
      : await worksOf(student, path, coursework, options.roster);
  const submission = works.find(({ sha256 }) => sha256 === counts) ?? works.at(-1);
  const attempt = attempts.find(({ sha256, runs }) => sha256 === submission?.sha256 && runs.length > 0);
  if (submission === undefined || attempt === undefined) {
    throw new UserError(
      path === undefined
        ? `${dir} keeps no copy of this work: say where it lies (gradmark replay ${dir} ${plainLine(student)} <path>).`
        : `What lies at ${path} is other work of ${plainLine(student)} than what was graded.`,
    );
  }
  const data = options.data ?? config.defaults.data;
  const replayed = await replay(
    events,
    { id: student, attempt, submission },
    {
      ...{ coursework, outDir: dir, level: await chooseLevel(options.allowUnsafe === true) },
      ...{ secretFile: options.secretFile, graderVersion: graderVersion() },
      ...(data !== undefined && { dataFolder: resolve(data) }),
    },
  );
  const look = { colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 };
  process.stdout.write(`${options.json === true ? toJson(replayed) : replayText(replayed, look)}\n`);
  return replayed.same ? exitCodes.done : exitCodes.failed;
}

/** All attempts of a student that can be read. Throws UserError where there is none. */
async function worksOf(student: string, path: string, coursework: Coursework, roster?: string): Promise<Submission[]> {
  const { found } = await findAll({ paths: [path], coursework, roster: await openRoster(roster) });
  const handedIn = found.find(({ id }) => id === student);
  if (handedIn === undefined) throw new UserError(`There is no work of ${plainLine(student)} at ${path}.`);
  const items = await Promise.all(handedIn.attempts.map(({ read }) => read()));
  const works = items.filter((item) => 'files' in item);
  const [refused] = items.flatMap((item) => ('refused' in item ? [item.refused] : []));
  if (works.length === 0)
    throw new UserError(`The work of ${plainLine(student)} cannot be taken in: ${plainLine(refused!)}`);
  return works;
}
