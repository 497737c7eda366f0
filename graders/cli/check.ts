/** `gradmark check`: students on their own work, with the same engine that grades them. */
import { existsSync, watch } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Grade, Results } from '../model/grade.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { gradeBatch } from '../grade.ts';
import { toJson } from '../gradebook/json.ts';
import { studentText } from '../../reports/terminal.ts';
import type { CommonOptions } from './options.ts';
import {
  assertBackend,
  assignmentsOption,
  backendOption,
  dataOption,
  feedbackOption,
  openNamed,
  practiceSeed,
  seedOption,
} from './options.ts';
import { bestLevel } from '../sandbox/doctor/levels.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { tellBroken } from './lecturer.ts';
import type { Finish } from './exit-codes.ts';
import { graderVersion } from './version.ts';
import { wantsColour } from './colour.ts';
import { moduleOfUnit } from '../program-files.ts';

interface CheckOptions extends CommonOptions {
  assignment?: string;
  task?: string;
  watch?: boolean;
  explain?: boolean;
  json?: boolean;
}

/** Adds the command to the program. */
export function addCheck(program: Command, finish: Finish): void {
  program
    .command('check')
    .summary('check your own work')
    .description(
      'Runs the checks on your own folder and says what is wrong, first things first. Your code runs in the best sandbox\n' +
        'this machine has. The graders of your course may use other seeds, and a person marks the written answers.',
    )
    .argument('[folder]', 'your work', '.')
    .option('--assignment <name>', 'name of the coursework; default: the one whose files the folder holds')
    .option('--task <ids>', 'only these tasks, separated by commas')
    .option('--explain', 'show passed checks and all details, too')
    .option('--watch', 'check again whenever a file changes')
    .option('--json', 'print one JSON document')
    .addOption(seedOption().default(practiceSeed))
    .addOption(backendOption())
    .addOption(feedbackOption())
    .addOption(dataOption())
    .addOption(assignmentsOption())
    .action(async (folder: string, options: CheckOptions) => {
      if (!existsSync(folder)) throw new UserError(`${folder} does not exist.`);
      await assertBackend(options.backend);
      const coursework = await chooseCoursework(folder, options);
      const once = async () => {
        const results = await checkOnce(folder, coursework, options);
        print(results, options);
        const code = results.submissions.every(passed) ? exitCodes.done : exitCodes.failed;
        return tellBroken(results, coursework, process.stderr, code);
      };
      if (options.watch !== true) return finish(await once());
      await watchAndRun(folder, once);
    });
}

const passed = (grade: Grade) =>
  grade.refused === undefined && grade.tasks.every((task) => ['pass', 'manual'].includes(task.status));

async function checkOnce(folder: string, coursework: Coursework, options: CheckOptions): Promise<Results> {
  const only = options.task?.split(',').map((id) => id.trim());
  return gradeBatch({
    coursework,
    paths: [folder],
    seed: options.seed,
    backend: options.backend,
    // One's own code needs no protection from oneself: the best level there is will do.
    level: await bestLevel(),
    feedback: options.feedback,
    graderVersion: graderVersion(),
    jobs: 1,
    full: options.full === true,
    ...(options.data === undefined ? {} : { dataFolder: resolve(options.data) }),
    ...(only === undefined ? {} : { only }),
    now: () => new Date(),
    clock: () => performance.now(),
  });
}

function print(results: Results, options: CheckOptions): void {
  if (options.json === true) {
    process.stdout.write(toJson(results));
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
  const all = await Promise.all([...(await listCourseworks(options.assignments)).values()].map(openCoursework));
  const held = all.map(({ assignment }) => {
    const files = new Set(assignment.tasks.flatMap(({ unit }) => (unit === undefined ? [] : [moduleOfUnit(unit)])));
    return [...files].filter((file) => existsSync(`${folder}/${file}`) || existsSync(`${folder}/src/${file}`)).length;
  });
  const most = Math.max(...held);
  const best = all.filter((_, i) => held[i] === most);
  if (most > 0 && best.length === 1) return best[0]!;
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
