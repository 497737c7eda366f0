/** `gradmark grade`: a batch, for teaching assistants. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Results } from '../model/grade.ts';
import { gradeBatch } from '../grade.ts';
import { toJson } from '../gradebook/json.ts';
import { writeSite } from '../../reports/site.ts';
import { classText } from '../../reports/terminal.ts';
import { tellUnwritten } from './report.ts';
import type { CommonOptions } from './options.ts';
import {
  assertBackend,
  assignmentsOption,
  backendOption,
  chooseLevel,
  dataOption,
  feedbackOption,
  jobsOption,
  openNamed,
  seedOption,
  unsafeOption,
} from './options.ts';
import type { Finish } from './exit-codes.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { tellBroken } from './lecturer.ts';
import { createProgress, onInterrupt } from './progress.ts';
import { graderVersion } from './version.ts';
import { wantsColour } from './colour.ts';

interface GradeOptions extends CommonOptions {
  out: string;
  only?: string;
  json?: boolean;
}

/** Adds the command to the program. */
export function addGrade(program: Command, finish: Finish): void {
  program
    .command('grade')
    .summary('grade a batch of submissions')
    .description(
      'Grades submissions in a sandbox and writes results.json, grades.csv and a page per student and for the class.\n' +
        'A path is one submission (a folder or a .zip) or a folder or .zip of submissions. What was graded before with the\n' +
        'same grader and seed is kept, so an interrupted batch goes on where it stopped. Without --seed the probes follow\n' +
        'from what was handed in, and the folder keeps them: nobody can know them beforehand.',
    )
    .argument('<assignment>', 'name of the coursework; see "gradmark tasks"')
    .argument('<paths...>', 'submissions, folders of submissions or archives')
    .requiredOption('--out <dir>', 'where grades and pages go')
    .option('--only <tasks>', 'grade these tasks only, separated by commas')
    .option('--json', 'print results.json on stdout instead of the table')
    .option('--full', 'full-size variants of expensive tasks')
    .addOption(jobsOption())
    .addOption(seedOption())
    .addOption(backendOption())
    .addOption(feedbackOption())
    .addOption(dataOption())
    .addOption(assignmentsOption())
    .addOption(unsafeOption())
    .action(async (slug: string, paths: string[], options: GradeOptions) => {
      finish(await grade(slug, paths, options));
    });
}

async function grade(slug: string, paths: string[], options: GradeOptions): Promise<number> {
  const coursework = await openNamed(slug, options.assignments);
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) throw new UserError(`${missing.join(', ')} does not exist.`);
  const only = options.only?.split(',').map((id) => id.trim());
  const unknown = (only ?? []).filter((id) => !coursework.assignment.tasks.some((task) => task.id === id));
  if (unknown.length > 0) {
    const known = coursework.assignment.tasks.map((task) => task.id).join(', ');
    throw new UserError(`${slug} has no task ${unknown.join(', ')}; it has ${known}.`);
  }
  await assertBackend(options.backend);
  const level = await chooseLevel(options.allowUnsafe === true);
  const interrupt = onInterrupt();
  const progress = createProgress(process.stderr);
  let results: Results;
  try {
    results = await gradeBatch(
      {
        coursework,
        paths,
        outDir: options.out,
        seed: options.seed,
        backend: options.backend,
        level,
        feedback: options.feedback,
        graderVersion: graderVersion(),
        jobs: options.jobs,
        ...(options.data === undefined ? {} : { dataFolder: resolve(options.data) }),
        full: options.full === true,
        ...(only === undefined ? {} : { only }),
        signal: interrupt.signal,
        now: () => new Date(),
        clock: () => performance.now(),
      },
      progress.onEvent,
    );
  } finally {
    progress.done();
    interrupt.release();
  }
  const { unwritten } = await writeSite(results, options.out);
  tellUnwritten(unwritten);
  process.stdout.write(
    options.json === true
      ? toJson(results)
      : `${classText(results, { colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 })}\n` +
          `Report: ${resolve(join(options.out, 'index.html'))}\n`,
  );
  if (interrupt.signal.aborted) return exitCodes.interrupted;
  return tellBroken(results, coursework, process.stderr, unwritten.size > 0 ? exitCodes.ours : exitCodes.done);
}
