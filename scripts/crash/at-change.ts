/** Kills a command by what it has changed in a folder, not by the clock: a busy machine strikes the same moments. */
import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../graders/numerics/random.ts';
import type { Run } from './command.ts';

/** Changes of the gradebook, and of all other files. */
export interface Changes {
  gradebook: number;
  files: number;
}

export interface Strike {
  what: keyof Changes | 'start';
  /** After so many changes of that kind. */
  after: number;
  /** And so long after that, or after the start. */
  lateMs: number;
}

/** How often a run changes what lies in a folder. */
export async function changesOf(run: Run, folder: string): Promise<Changes> {
  const seen: Changes = { gradebook: 0, files: 0 };
  const watcher = watch(folder, { recursive: true }, (_, name) => void seen[kindOf(name)]++);
  await run.ended;
  watcher.close();
  return seen;
}

/** One moment among those that an undisturbed run has; the gradebook is struck as often as all files together. */
export function drawStrike(changes: Changes, random: Random): Strike {
  const what = (['gradebook', 'gradebook', 'files', 'files', 'start'] as const)[random.integer(5)]!;
  if (what === 'start') return { what, after: 0, lateMs: random.uniform(0, 300) };
  return {
    what,
    after: 1 + random.integer(Math.max(1, changes[what])),
    lateMs: random.next() < 0.5 ? 0 : random.uniform(0, 3),
  };
}

/** Kills the run at this moment; says whether it struck before the run had ended by itself. */
export async function strikeAt(run: Run, folder: string, { what, after, lateMs }: Strike): Promise<boolean> {
  let seen = 0;
  const kill = () => (lateMs === 0 ? run.kill() : void setTimeout(() => run.kill(), lateMs));
  const watcher = watch(folder, { recursive: true }, (_, name) => {
    if (kindOf(name) === what && ++seen === after) kill();
  });
  if (what === 'start') await Promise.race([sleep(lateMs).then(() => run.kill()), run.ended]);
  // A process that was killed has no exit code.
  const { code } = await run.ended;
  watcher.close();
  return code === undefined;
}

const kindOf = (name: string | null): keyof Changes =>
  name?.includes('gradebook.db') === true ? 'gradebook' : 'files';
