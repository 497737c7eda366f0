/**
 * Processes that are copied and not started: loading a tensor library takes a second or two, a copy of a process that has loaded
 * it a hundredth of that. No program is ever in the original. Each copy closes itself before it hears of one
 * (`graders/runtimes/python/guest/copies.py`): of the original and of other copies it can neither name nor reach any.
 */
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { createInterface } from 'node:readline';
import type { LevelCommand } from '../contain/level-command.ts';
import { takeOwnUser } from '../contain/own-user.ts';
import { processTree } from '../contain/watchdog.ts';
import type { Ended, Start, Started } from './start.ts';

export interface Copies {
  /** A copy, as if it had been started; undefined where this command is not copied, or where that does not succeed here. */
  take(command: LevelCommand, cwd: string): Promise<Started | undefined>;
  /** Ends what was copied, and with it all copies. */
  close(): Promise<void>;
}

/** Where the descriptors of the copies begin: above all that a process may open. */
const FIRST = 64;
/** Standard output, standard error, the channel. */
const EACH = 3;

/** Starts originals with `start`, each when it is first asked for. */
export function openCopies(start: Start): Copies {
  const originals = new Map<string, Promise<Original | undefined>>();
  const all = new Set<Promise<Original | undefined>>();
  return {
    async take({ file, original }, cwd) {
      if (original === undefined) return undefined;
      const key = [file, ...original.args].join('\0');
      for (;;) {
        const known = originals.get(key) ?? begun(() => startOriginal(file, original, cwd, start));
        originals.set(key, known);
        all.add(known);
        const found = await known;
        const copy = await found?.copy();
        if (copy !== 'used up') return copy;
        if (originals.get(key) === known) originals.delete(key);
      }
    },
    async close() {
      for (const one of await Promise.all(all)) await one?.end();
    },
  };
}

interface Original {
  copy(): Promise<Started | 'used up' | undefined>;
  end(): Promise<void>;
}

type Told =
  | { ready: true }
  | { copy: number; pid: number }
  | { ended: number; code: number | null; signal: string | null };

const begun = async <T>(work: () => Promise<T>): Promise<T> => work();

/** Undefined where none comes up: whoever wanted a copy of it starts a process instead, and is told there what is wrong. */
async function startOriginal(
  file: string,
  { args, many }: NonNullable<LevelCommand['original']>,
  cwd: string,
  start: Start,
): Promise<Original | undefined> {
  const user = process.geteuid?.() === 0 ? await takeOwnUser() : undefined;
  const pipes = { from: FIRST, many: EACH * many };
  const started = await start({ file, args, env: {}, cwd, detached: true, pipes, ...(user && { user: user.id }) });
  if ('failed' in started) {
    user?.release();
    return undefined;
  }
  const { pid, channel } = started;
  const ready = Promise.withResolvers<boolean>();
  const asked: ((found: number | undefined) => void)[] = [];
  const ends = new Map<number, (ended: Ended) => void>();
  let gone = false;
  const ended = started.ended.then(() => {
    gone = true;
    user?.release();
    ready.resolve(false);
    for (const tell of asked) tell(undefined);
    // They end with it.
    for (const tell of ends.values()) tell('lost');
  });
  for (const stream of [started.stdout, started.stderr]) stream.resume();
  channel.on('error', () => undefined);
  createInterface({ input: channel }).on('line', (line) => {
    const told = JSON.parse(line) as Told;
    if ('ready' in told) ready.resolve(true);
    else if ('pid' in told) asked.shift()?.(told.pid);
    else ends.get(told.ended)?.([told.code, told.signal]);
  });
  const end = async () => {
    started.kill();
    await ended;
  };
  let made = 0;
  const left = new Set<number>();
  const copy = async (): Promise<Started | 'used up' | undefined> => {
    if (made === many || gone) return 'used up';
    const number = made++;
    left.add(number);
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    asked.push(resolve);
    const whole = new Promise<Ended>((tell) => ends.set(number, tell)).then((how) => {
      left.delete(number);
      if (made === many && left.size === 0) void end();
      return how;
    });
    channel.write('.');
    const inner = await promise;
    const own = inner === undefined ? undefined : copyCalled(inner, pid);
    if (own === undefined || !isApart(own)) {
      await end();
      return undefined;
    }
    const [stdout, stderr, way] = started.pipes.slice(EACH * number) as [Duplex, Duplex, Duplex];
    return {
      pid: own,
      stdout,
      stderr,
      channel: way,
      pipes: [],
      ended: whole,
      kill: () => left.has(number) && kill(own),
    };
  };
  return (await ready.promise) ? { copy, end } : undefined;
}

/** The process that is called this within the box, and is the first in a room of its own; as it is called here. */
const copyCalled = (inner: number, root: number): number | undefined =>
  processTree(root).find((pid) => {
    const names =
      /^NSpid:\s*(.*)$/m
        .exec(textOf(`/proc/${pid}/status`))?.[1]
        ?.split(/\s+/)
        .map(Number) ?? [];
    return names.at(-1) === 1 && names.at(-2) === inner;
  });

/** Whether nothing that it writes is seen by others: a library may have asked for memory that copies would share. */
const isApart = (pid: number): boolean => {
  const maps = textOf(`/proc/${pid}/maps`);
  return maps !== '' && !/^\S+ .w.s/m.test(maps);
};

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
};
