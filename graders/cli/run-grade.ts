/** What `gradmark grade` does: a batch becomes grades, pages and a table. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FeedbackLevel, Results } from '../model/grade.ts';
import type { Backend, StatedContainment } from '../model/guest.ts';
import { assertApart } from '../batch/apart.ts';
import { gradeBatch } from '../grade.ts';
import { configOf } from '../gradebook/read-class.ts';
import { toJson } from '../gradebook/json.ts';
import { classText } from '../../reports/terminal.ts';
import { wantsColour } from './colour.ts';
import { ruleFor, tellUnclear } from './course.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import type { CommonOptions } from './options.ts';
import { jobsFor } from './jobs.ts';
import { tellBroken } from './lecturer.ts';
import { assertBackend, chooseContained, openNamed } from './open-named.ts';
import { tellNoneOfIt } from './none-of-it.ts';
import { createProgress, onInterrupt } from './progress.ts';
import type { AskOptions } from './queue-options.ts';
import { gradersOf } from './graders-of.ts';
import { tellOpenSecret } from './open-secret.ts';
import { openRoster, tellWhose } from './roster.ts';
import { tellSeenRound } from './seen-round.ts';
import { tellSetForOther } from './set-for-other.ts';
import { graderVersion } from './version.ts';
import { writePages } from './write-views.ts';

export interface GradeOptions extends Omit<CommonOptions, 'backend' | 'feedback'>, AskOptions {
  backend?: Backend;
  feedback?: FeedbackLevel;
  out: string;
  course?: string;
  only?: string;
  roster?: string;
  json?: boolean;
  secretFile?: string;
  round?: string;
  containedBy?: StatedContainment;
}

/** What was not said is as it was when the folder was last graded into. */
function withRemembered(said: GradeOptions): GradeOptions & CommonOptions {
  const before = configOf(said.out);
  const data = said.data ?? before?.defaults.data;
  return {
    ...said,
    backend: said.backend ?? before?.defaults.backend ?? 'wasm',
    feedback: said.feedback ?? before?.feedback ?? 'full',
    full: said.full ?? before?.defaults.full ?? false,
    ...(data !== undefined && { data }),
  };
}

/** Grades the submissions at the paths and writes what staff and students read; returns the exit code. */
export async function runGrade(slug: string, paths: string[], said: GradeOptions): Promise<number> {
  const options = withRemembered(said);
  const coursework = await openNamed(slug, options.assignments);
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) throw new UserError(`${missing.join(', ')} does not exist.`);
  await assertApart(paths, options.out);
  const only = options.only?.split(',').map((id) => id.trim());
  const unknown = (only ?? []).filter((id) => !coursework.assignment.tasks.some((task) => task.id === id));
  if (unknown.length > 0) {
    const known = coursework.assignment.tasks.map((task) => task.id).join(', ');
    throw new UserError(`${slug} has no task ${unknown.join(', ')}; it has ${known}.`);
  }
  const roster = await openRoster(options.roster);
  await assertBackend(options.backend);
  const late = await ruleFor(slug, options);
  const { level, containedBy } = await chooseContained(options);
  const interrupt = onInterrupt();
  const elsewhere = await gradersOf(options, slug, interrupt.signal);
  const progress = createProgress(process.stderr);
  let results: Results;
  let isKept = true;
  try {
    results = await gradeBatch(
      {
        coursework,
        paths,
        roster,
        outDir: options.out,
        seed: options.seed,
        secretFile: options.secretFile,
        round: options.round,
        backend: options.backend,
        level,
        python: options.python,
        containedBy,
        feedback: options.feedback,
        graderVersion: graderVersion(),
        apart: true,
        jobs: options.jobs ?? jobsFor(coursework.assignment.limits.memoryMb),
        ...(options.data === undefined ? {} : { dataFolder: resolve(options.data) }),
        full: options.full === true,
        ...(only === undefined ? {} : { only }),
        late,
        ...elsewhere.asked,
        signal: interrupt.signal,
        now: () => new Date(),
        clock: () => performance.now(),
      },
      (event) => {
        if (event.kind === 'unkept') isKept = false;
        progress.onEvent(event);
      },
    );
  } finally {
    progress.done();
    interrupt.release();
    await elsewhere.close();
  }
  const { code, view } = await writePages(results, options.out);
  tellWhose(results, process.stderr);
  tellUnclear(late, results, process.stderr);
  tellSetForOther(results, options.out, process.stderr);
  tellSeenRound(results, options.out, process.stderr);
  await tellOpenSecret(options, process.stderr);
  await tellNoneOfIt(results, coursework, paths, options.assignments, process.stderr);
  process.stdout.write(
    options.json === true
      ? toJson(results)
      : `${classText(view, { colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 })}\n` +
          `Report: ${resolve(join(options.out, 'index.html'))}\n`,
  );
  if (results.of !== undefined) {
    const { of, submissions } = results;
    process.stderr.write(`${submissions.length} of ${of} are graded: the same command goes on with the others.\n`);
  }
  if (interrupt.signal.aborted) return exitCodes.interrupted;
  return tellBroken(results, coursework, process.stderr, isKept ? code : exitCodes.ours);
}
