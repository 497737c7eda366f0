/** What `gradmark regrade` does: proposals are made or looked at, and approved. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { regradeText } from '../../reports/regrade-text.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { assertApart } from '../batch/apart.ts';
import type { Event } from '../gradebook/event.ts';
import { lockGrading } from '../gradebook/grading-lock.ts';
import { toJson } from '../gradebook/json.ts';
import { configOf } from '../gradebook/read-class.ts';
import type { Gradebook } from '../gradebook/store.ts';
import { compare } from '../regrading/compare.ts';
import { approving, proposalsIn } from '../regrading/proposals.ts';
import type { Left } from '../regrading/propose.ts';
import { propose } from '../regrading/propose.ts';
import { wantsColour } from './colour.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { jobsFor } from './jobs.ts';
import { signedAs } from './open-desk.ts';
import { openFilled } from './open-filled.ts';
import { chooseLevel, openNamed } from './open-named.ts';
import { createProgress, onInterrupt } from './progress.ts';
import { openRoster } from './roster.ts';
import { graderVersion } from './version.ts';
import { withdraw } from './withdraw.ts';
import { writeViews } from './write-views.ts';

export interface RegradeCommand {
  approve?: string;
  withdraw?: string;
  boundaries?: number[];
  afresh?: boolean;
  as?: string;
  why?: string;
  roster?: string;
  json?: boolean;
  jobs?: number;
  secretFile?: string;
  round?: string;
  data?: string;
  assignments: string[];
  allowUnsafe?: boolean;
}

/** Proposes, shows or approves; returns the exit code. */
export async function runRegrade(dir: string, paths: readonly string[], options: RegradeCommand): Promise<number> {
  if (options.approve !== undefined && paths.length > 0) {
    throw new UserError(
      'Look at what is proposed first: leave --approve away, and approve it afterwards without paths.',
    );
  }
  if (options.withdraw !== undefined && (options.approve !== undefined || paths.length > 0)) {
    throw new UserError('--withdraw stands alone: leave --approve and paths away.');
  }
  if (options.roster !== undefined && paths.length === 0) {
    throw new UserError(
      '--roster says whose the work at paths is: name them, or leave it away, since the copies in the gradebook say it themselves.',
    );
  }
  const book = openFilled(dir);
  try {
    if (options.withdraw !== undefined) return await withdraw(dir, book, options.withdraw, options);
    if (options.approve !== undefined) return await approve(dir, book, options.approve, options);
    return await show(dir, book, paths, options);
  } finally {
    book.close();
  }
}

async function show(dir: string, book: Gradebook, paths: readonly string[], options: RegradeCommand): Promise<number> {
  const { left, isCut } = await proposeIn(dir, book, paths, options);
  const events = book.events();
  const proposals = proposalsIn(events);
  const comparison = compare(events, proposals, options.boundaries ?? []);
  const look = { colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 };
  process.stdout.write(
    options.json === true ? `${toJson({ ...comparison, left })}\n` : `${regradeText(comparison, left, dir, look)}\n`,
  );
  if (isCut) return exitCodes.interrupted;
  return left.some(({ broke }) => broke !== undefined) ? exitCodes.ours : exitCodes.done;
}

/** Judges the work at the paths anew; one process at a time grades into a folder, and this is one. */
async function proposeIn(
  dir: string,
  book: Gradebook,
  paths: readonly string[],
  options: RegradeCommand,
): Promise<{ left: Left[]; isCut: boolean }> {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) throw new UserError(`${missing.join(', ')} does not exist.`);
  await assertApart(paths, dir);
  const config = configOf(dir);
  if (config === undefined) throw new UserError(`Nothing was graded into ${dir} yet: gradmark grade … --out ${dir}.`);
  const coursework = await openNamed(config.assignment.slug, options.assignments);
  const roster = await openRoster(options.roster);
  const level = await chooseLevel(options.allowUnsafe === true);
  const data = options.data ?? config.defaults.data;
  const interrupt = onInterrupt();
  const progress = createProgress(process.stderr);
  const lock = await lockGrading(dir, new Date().toISOString());
  try {
    const left = await propose(
      book,
      {
        ...{ coursework, paths, roster, outDir: dir, level, graderVersion: graderVersion() },
        ...{ secretFile: options.secretFile, round: options.round, afresh: options.afresh === true },
        jobs: options.jobs ?? jobsFor(coursework.assignment.limits.memoryMb),
        ...(data !== undefined && { dataFolder: resolve(data) }),
        ...{ signal: interrupt.signal, now: () => new Date(), clock: () => performance.now() },
      },
      progress.onEvent,
    );
    return { left, isCut: interrupt.signal.aborted };
  } finally {
    lock.release();
    progress.done();
    interrupt.release();
  }
}

async function approve(dir: string, book: Gradebook, who: string, options: RegradeCommand): Promise<number> {
  const lock = await lockGrading(dir, new Date().toISOString());
  try {
    const events = book.events();
    const proposals = proposalsIn(events);
    const { open, overtaken } = proposals;
    const named = who === 'all' ? [...open.keys()].sort() : who.split(',').map((id) => id.trim());
    const wrong = named.filter((id) => !open.has(id)).map((id) => `${id} ${overtaken.get(id) ?? 'has no proposal'}`);
    if (wrong.length > 0)
      throw new UserError(`Nothing was approved: ${wrong.map((one) => plainLine(one)).join('; ')}.`);
    if (who === 'all') tellOvertaken(overtaken);
    if (named.length === 0) {
      // Whoever was killed after saying so, before the pages were written, asks again.
      await writeViews(dir);
      throw new UserError(`Nothing in ${dir} waits to be approved: gradmark regrade ${dir}`);
    }
    const signed = { who: signedAs(options.as), at: new Date().toISOString(), why: options.why ?? '' };
    book.append(approving(events, proposals, new Set(named)).map((said): Event => ({ ...signed, ...said })));
    const { students } = compare(events, proposals, []);
    const changed = students.filter(({ student }) => named.includes(student));
    if (options.json === true) process.stdout.write(`${toJson({ approved: changed })}\n`);
    else
      process.stdout.write(`${changed.length} approved: ${plainLine(changed.map((one) => one.student).join(', '))}.\n`);
  } finally {
    lock.release();
  }
  return writeViews(dir);
}

function tellOvertaken(overtaken: ReadonlyMap<string, string>): void {
  for (const [student, why] of overtaken) {
    process.stderr.write(
      `Not approved: ${plainLine(student)} ${why}, and what is proposed is older: regrade once more.\n`,
    );
  }
}
