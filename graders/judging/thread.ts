/** One thread that judges, as the main thread sees it: asked for one submission at a time, and ended when it takes too much. */
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Verdict } from '../model/verdict.ts';
import { ownThread } from '../own-module.ts';
import type { Ask, End, Opening, Prepared, Told } from './messages.ts';
import type { Place } from './sharing.ts';

export interface ThreadLimits {
  /** Processor time for one submission, without what is computed once for all. */
  cpuMs: number;
  /** Of objects and of numbers in arrays, garbage included that nobody has collected yet. */
  memoryMb: number;
}

export interface JudgingThread {
  /** False once it has ended, or was ended. */
  readonly alive: boolean;
  /** When `lost` fires, nobody wants it any more: the thread is ended, with the programs that it runs. */
  judge(
    asked: Exclude<Ask, 'close'>,
    found: (verdict: Verdict) => void,
    lost?: AbortSignal,
  ): Promise<End | { tooMuch: string }>;
  close(): Promise<void>;
}

const lookMs = 250;
/** V8's own limit ends the whole process where it is met at a bad moment: before it is reached, somebody has looked. */
const besidesMb = 3072;
/** A third of it is filled before V8 looks which objects are still wanted. Left to itself it takes 96, and costs as much. */
const youngMb = 24;

/** Starts a thread, which opens the coursework and what programs are run with; what fails then is told who asks it first. */
export function startThread(opening: Prepared, limits: ThreadLimits, place?: Place): JudgingThread {
  const forAll = new SharedArrayBuffer(16);
  const [forAllMs, forAllDepth] = [() => new Float64Array(forAll)[0]!, () => new Float64Array(forAll)[1]!];
  const workerData: Opening = { ...opening, forAll, ...(place && { sharing: place.sharing }) };
  // A thread does not inherit what the program remembers of compiled modules; the folder holds one per version of Node.
  const compiled = getCompileCacheDir();
  const worker = new Worker(ownThread('judging/judge-thread'), {
    workerData,
    ...(place && { transferList: [place.sharing.port] }),
    env: compiled === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(compiled) },
    resourceLimits: { maxYoungGenerationSizeMb: youngMb, maxOldGenerationSizeMb: limits.memoryMb + besidesMb },
  });
  let alive = true;
  let finish: ((end: End | { tooMuch: string }) => void) | undefined;
  let hears: ((verdict: Verdict) => void) | undefined;
  const closed = Promise.withResolvers<true>();
  const ready = Promise.withResolvers<true>();
  let last: End | { tooMuch: string } | undefined;
  const over = (end: End | { tooMuch: string }): void => {
    alive = false;
    place?.left();
    last ??= end;
    closed.resolve(true);
    ready.resolve(true);
    finish?.(last);
    void worker.terminate();
  };
  worker.on('message', (told: Told) => {
    if (told === 'ready') ready.resolve(true);
    else if (told === 'closed') closed.resolve(true);
    else if ('found' in told) hears?.(told.found);
    else if ('wants' in told || 'made' in told) place?.hear(told);
    else finish?.(told.end);
  });
  worker.on('error', (error: NodeJS.ErrnoException) =>
    over(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? tooMuch(`${limits.memoryMb} MB`)
        : { ours: error.stack ?? error.message },
    ),
  );
  worker.on('exit', () => over({ ours: 'The thread that judges ended by itself.' }));

  /** Processor time of submissions, so far. */
  const usedMs = async (): Promise<number> => {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1000 - forAllMs();
  };

  return {
    get alive() {
      return alive;
    },
    async judge(asked, found, lost) {
      await ready.promise;
      const ended = Promise.withResolvers<End | { tooMuch: string }>();
      [finish, hears] = [ended.resolve, found];
      if (last !== undefined) finish(last);
      else worker.postMessage(asked);
      const before = usedMs().catch(() => 0);
      const look = async (): Promise<void> => {
        const used = (await usedMs()) - (await before);
        if (forAllDepth() === 0 && used > limits.cpuMs) over(tooMuch(`${limits.cpuMs / 1000} s`));
        const { used_heap_size, external_memory } = await worker.getHeapStatistics();
        if (used_heap_size + external_memory > limits.memoryMb * 2 ** 20) over(tooMuch(`${limits.memoryMb} MB`));
      };
      // A thread that has just ended has no computing time to ask for; its end is told elsewhere.
      const clock = setInterval(() => void look().catch(() => undefined), lookMs);
      const end = () => over({ ours: 'Nobody waits for it any more.' });
      lost?.addEventListener('abort', end);
      if (lost?.aborted === true) end();
      try {
        return await ended.promise;
      } finally {
        clearInterval(clock);
        lost?.removeEventListener('abort', end);
        [finish, hears] = [undefined, undefined];
      }
    },
    async close() {
      if (alive) worker.postMessage('close' satisfies Ask);
      await closed.promise;
      alive = false;
      place?.left();
      await worker.terminate();
    },
  };
}

const tooMuch = (limit: string) => ({
  tooMuch: `Judging the answers took more than the ${limit} for a whole submission: answer with what is asked for, and no more.`,
});
