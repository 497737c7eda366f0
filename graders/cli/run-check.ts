/** What `gradmark check` does, once or after every change of a file. */
import { existsSync, watch } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Grade, Results } from '../model/grade.ts';
import type { SandboxLevel } from '../model/guest.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { loadAssignment } from '../assignment/load-assignment.ts';
import type { BatchOptions } from '../batch/options.ts';
import { withFullLimits } from '../batch/options.ts';
import { gradeBatch } from '../grade.ts';
import { createGuestFactory } from '../guest-factory.ts';
import { toJson } from '../gradebook/json.ts';
import { moduleOfUnit } from '../runtimes/node/language/program-files.ts';
import { discloseAll } from '../../reports/disclose.ts';
import { studentText } from '../../reports/terminal.ts';
import { levelForOwnWork } from '../sandbox/doctor/own-level.ts';
import type { CommonOptions } from './options.ts';
import { wantsColour } from './colour.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { tellBroken } from './lecturer.ts';
import { assertBackend, openNamed } from './open-named.ts';
import { graderVersion } from './version.ts';

export interface CheckOptions extends CommonOptions {
  assignment?: string;
  task?: string;
  watch?: boolean;
  explain?: boolean;
  json?: boolean;
}

/** Checks the folder and prints what was found; with `watch` again and again, until interrupted. */
export async function runCheck(folder: string, options: CheckOptions): Promise<number> {
  if (!existsSync(folder)) throw new UserError(`${folder} does not exist.`);
  await assertBackend(options.backend);
  const chosen = await chooseCoursework(folder, options);
  const coursework = options.full === true ? withFullLimits(chosen) : chosen;
  // One's own code needs no protection from oneself: the best level there is will do.
  const { level, distrust } = await levelForOwnWork();
  // What does not change with the student's files is made once, however often they change.
  const lasting = {
    factory: await createGuestFactory({ coursework, level, backend: options.backend }),
    shared: new Map<string, unknown>(),
  };
  const once = async () => {
    const results = await gradeBatch(batchOf(folder, coursework, level, options), undefined, lasting);
    print(results, options);
    const code = results.submissions.every(passed) ? exitCodes.done : exitCodes.failed;
    const told = tellBroken(results, coursework, process.stderr, code);
    if (told === exitCodes.ours) distrust();
    return told;
  };
  try {
    if (options.watch !== true) return await once();
    await watchAndRun(folder, once);
    return exitCodes.done;
  } finally {
    await lasting.factory.close();
  }
}

const passed = (grade: Grade) =>
  grade.refused === undefined && grade.tasks.every((task) => ['pass', 'manual'].includes(task.status));

function batchOf(folder: string, coursework: Coursework, level: SandboxLevel, options: CheckOptions): BatchOptions {
  const only = options.task?.split(',').map((id) => id.trim());
  return {
    coursework,
    paths: [folder],
    seed: options.seed,
    backend: options.backend,
    level,
    feedback: options.feedback,
    graderVersion: graderVersion(),
    jobs: 1,
    full: options.full === true,
    ...(options.data === undefined ? {} : { dataFolder: resolve(options.data) }),
    ...(only === undefined ? {} : { only }),
    now: () => new Date(),
    clock: () => performance.now(),
  };
}

function print(results: Results, options: CheckOptions): void {
  if (options.json === true) {
    process.stdout.write(toJson(discloseAll(results)));
    return;
  }
  const look = {
    colour: wantsColour(process.stdout),
    width: process.stdout.columns ?? 100,
    all: options.explain === true,
  };
  for (const { id } of results.submissions) process.stdout.write(`${studentText(results, id, look)}\n`);
}

/** The named coursework, or the one most of whose files the folder holds. */
async function chooseCoursework(folder: string, options: CheckOptions): Promise<Coursework> {
  if (options.assignment !== undefined) return openNamed(options.assignment, options.assignments);
  // Their tasks tell which one it is: the checks of the others are not loaded.
  const folders = [...(await listCourseworks(options.assignments)).values()];
  const all = await Promise.all(folders.map(async (place) => ({ place, assignment: await loadAssignment(place) })));
  const held = all.map(({ assignment }) => {
    const files = new Set(assignment.tasks.flatMap(({ unit }) => (unit === undefined ? [] : [moduleOfUnit(unit)])));
    return [...files].filter((file) => existsSync(`${folder}/${file}`) || existsSync(`${folder}/src/${file}`)).length;
  });
  const most = Math.max(...held);
  const best = all.filter((_, i) => held[i] === most);
  if (most > 0 && best.length === 1) return openCoursework(best[0]!.place);
  const names = (most > 0 ? best : all).map(({ assignment }) => assignment.slug).join(', ');
  throw new UserError(
    `${basename(resolve(folder))} does not show which coursework it belongs to: name it with --assignment (${names}).`,
  );
}

/** Runs now and after every change, until interrupted. */
async function watchAndRun(folder: string, once: () => Promise<number>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = once();
  const again = () => {
    running = running.then(() => {
      process.stdout.write('\n');
      return once();
    });
  };
  process.stderr.write('Watching for changes; Ctrl-C ends.\n');
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    // Editors write in several steps: wait until they are done.
    timer = setTimeout(again, 100);
  });
  await new Promise<void>((done) => process.once('SIGINT', () => done()));
  watcher.close();
  await running;
}
