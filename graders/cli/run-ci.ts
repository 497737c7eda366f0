/** What `gradmark ci` does: one submission is checked, and told in the ways of the system that it runs in. */
import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { annotations, outputs, withoutCommands } from '../../reports/formats/github-commands.ts';
import { viewRun, type RunView } from '../../reports/formats/run-view.ts';
import { stepSummary } from '../../reports/formats/step-summary.ts';
import { studentText } from '../../reports/terminal.ts';
import { gradeBatch } from '../grade.ts';
import type { Entry } from '../intake/entry.ts';
import type { Grade, Results } from '../model/grade.ts';
import { isLeftToCourse } from '../practice/practice-checks.ts';
import { levelForOwnWork } from '../sandbox/doctor/own-level.ts';
import { total } from '../settle.ts';
import { writtenAsItGoes } from './as-it-goes.ts';
import { ciSystem, type CiSystem } from './ci-system.ts';
import { formatsToWrite, writeFormats } from './ci-files.ts';
import { wantsColour } from './colour.ts';
import { entriesAt, isNotebook } from './entries-at.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { tellBroken } from './lecturer.ts';
import { chooseContained } from './open-named.ts';
import type { OwnWorkOptions } from './own-work.ts';
import { allPassed, ownBatch } from './own-work.ts';
import { changedCopies } from './protected-files.ts';

export interface CiOptions extends OwnWorkOptions {
  write: string[];
  system: CiSystem | 'auto';
  minScore?: number;
  exitZero?: boolean;
}

/** Checks the one submission at the path and writes what was asked for; returns the exit code. */
export async function runCi(path: string, options: CiOptions): Promise<number> {
  const system = options.system === 'auto' ? ciSystem(process.env) : options.system;
  const asked = formatsToWrite(options.write, system);
  const asksRound = options.round !== undefined || options.ownRound === true;
  if (options.secretFile === undefined && asksRound) {
    throw new UserError(
      `${options.ownRound === true ? '--own-round' : '--round'} needs --secret-file: without a secret the probes are those for practice, which everybody knows.`,
    );
  }
  // Probes that count are asked of others' code; those for practice of one's own.
  const contained =
    options.secretFile === undefined ? { level: (await levelForOwnWork()).level } : await chooseContained(options);
  const batch = await ownBatch(path, { ...options, ...contained }, contained.level);
  const { coursework } = batch;
  const entries = await entriesAt(path);
  const viewOf = (results: Results): RunView =>
    viewRun(results, theOnly(results, path).id, (file) => inRepository(path, entries, file));
  const writing = writtenAsItGoes(asked, viewOf);
  // Whoever pushes has it judged on a machine that nobody looks at: it is bounded, as in a class.
  const results = await gradeBatch({ ...batch, apart: true }, writing.onEvent);
  await writing.done();
  const grade = theOnly(results, path);
  const run = viewOf(results);
  const changed = await changedCopies(entries, coursework);
  tell(results, grade, changed, system);
  await writeFormats(asked, run, results);
  if (system === 'github') await tellGitHub(run, changed);
  const code = passed(grade, options) ? exitCodes.done : exitCodes.failed;
  return tellBroken(results, coursework, process.stderr, options.exitZero === true ? exitCodes.done : code);
}

function theOnly({ submissions }: Results, path: string): Grade {
  if (submissions.length === 1) return submissions[0]!;
  throw new UserError(
    `${path} holds ${submissions.length} submissions, and "gradmark ci" is for the repository of one: name the folder of one, or grade all with "gradmark grade".`,
  );
}

/** The share is of what is checked here: what only the course checks is nobody's to earn on this machine. */
function passed(grade: Grade, { minScore }: CiOptions): boolean {
  if (minScore === undefined || grade.refused !== undefined) return allPassed(grade);
  const here = grade.tasks
    .flatMap(({ checks }) => checks)
    .filter(({ outcome, because }) => outcome !== 'manual' && !isLeftToCourse(because));
  const [score, max] = [total(here.map(({ points }) => points)), total(here.map((check) => check.max))];
  return max === 0 || (100 * score) / max >= minScore - 1e-9;
}

/** A file of the work as the repository names it: a module may lie deeper than its name says. */
function inRepository(path: string, entries: readonly Entry[], file: string): string {
  const found =
    entries.find((entry) => entry.path === file) ?? entries.find((entry) => entry.path.endsWith(`/${file}`));
  const folder = isNotebook(path) ? dirname(path) : path;
  const name = relative(process.cwd(), resolve(folder, found?.path ?? file)).replaceAll('\\', '/');
  return name.startsWith('..') || isAbsolute(name) ? file : name;
}

/** What a person reads in the log. Where a runner takes lines for commands, it is told to leave these alone. */
function tell(results: Results, grade: Grade, changed: readonly string[], system: CiSystem): void {
  const look = { colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 };
  const text = [studentText(results, grade.id, look), ...changed].join('\n');
  process.stdout.write(`${system === 'github' ? withoutCommands(text, randomUUID()) : text}\n`);
}

async function tellGitHub(run: RunView, changed: readonly string[]): Promise<void> {
  process.stdout.write(`${annotations(run, changed).join('\n')}\n`);
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = process.env;
  if (summary !== undefined) await appendFile(summary, stepSummary(run, changed));
  if (output === undefined) return;
  const of = (...statuses: string[]) => run.tests.filter(({ status }) => statuses.includes(status)).length;
  const values = {
    ...{ score: run.score, 'max-score': run.max, percent: run.max === 0 ? 100 : (100 * run.score) / run.max },
    ...{ passed: of('pass'), failed: of('fail', 'error'), held: String(run.held) },
  };
  await appendFile(output, outputs(values, randomUUID()));
}
