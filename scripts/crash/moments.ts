/** Moments at which a grader is killed, told by how far its work is, not by the clock: a busy machine strikes them as well. */
import { statSync, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../graders/numerics/random.ts';
import { countTold, type Run } from './command.ts';

const phases = ['loading', 'reading', 'grading', 'gradebook', 'pages'] as const;

export interface Moment {
  phase: (typeof phases)[number];
  /** After so many of what the phase does. */
  after: number;
  /** And so long after that. */
  lateMs: number;
}

/** So many moments, spread over the phases; those of the pages come last, since before them everything has to be graded. */
export function drawMoments(kills: number, submissions: number, random: Random): Moment[] {
  const early = phases.slice(0, -1);
  const pages = Math.ceil(kills / 4);
  const drawn = random.permutation(kills - pages).map((i) => early[i % early.length]!);
  // Together they leave something to grade for the last.
  const most = Math.max(1, Math.floor(submissions / Math.max(1, kills - pages)));
  return [
    ...drawn.map((phase): Moment => {
      if (phase === 'loading') return { phase, after: 0, lateMs: random.uniform(0, 1000) };
      if (phase === 'reading') return { phase, after: random.integer(submissions / 4), lateMs: 0 };
      return { phase, after: 1 + random.integer(most), lateMs: phase === 'grading' ? random.uniform(0, 100) : 0 };
    }),
    ...Array.from({ length: pages }, () => pageMoment(submissions, random)),
  ];
}

/** While pages are written: after any of them, results.json included. */
export const pageMoment = (submissions: number, random: Random): Moment => ({
  phase: 'pages',
  after: random.integer(submissions + 1),
  lateMs: random.uniform(0, 3),
});

/** Kills the run at this moment; says whether it struck before the run had ended by itself. */
export async function strike(run: Run, out: string, moment: Moment, ids: readonly string[]): Promise<boolean> {
  let hasEnded = false;
  const ended = run.ended.then(() => (hasEnded = true));
  if (moment.phase === 'gradebook') await atWrite(run, out, moment.after, ended);
  else {
    const comes = reaches(run, out, moment, ids);
    while (!hasEnded && !comes()) await sleep(1);
    await Promise.race([sleep(moment.lateMs), ended]);
  }
  run.kill();
  // A process that was killed has no exit code.
  return (await run.ended).code === undefined;
}

/** Kills within the very turn in which the gradebook is seen to be written to: before, while or after the events are whole. */
async function atWrite(run: Run, out: string, after: number, ended: Promise<unknown>): Promise<void> {
  await mkdir(out, { recursive: true, mode: 0o700 });
  let writes = 0;
  const watcher = watch(out, (_, name) => {
    if (name?.startsWith('gradebook.db') !== true) return;
    writes += 1;
    // Every group of events is several writes.
    if (writes >= 4 * after) run.kill();
  });
  await ended;
  watcher.close();
}

function reaches(run: Run, out: string, { phase, after }: Moment, ids: readonly string[]): () => boolean {
  if (phase === 'loading') return () => true;
  if (phase === 'grading') return () => countTold(run.said(), 'fresh') >= after;
  if (phase === 'reading') {
    return () => {
      const said = run.said();
      return countTold(said, 'recalled') >= after || (said.includes('found.') && countTold(said, 'fresh') > 0);
    };
  }
  const path = join(out, after === 0 ? 'results.json' : join(ids[after - 1]!, 'report.html'));
  const before = writtenAt(path);
  return () => writtenAt(path) !== before;
}

const writtenAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
