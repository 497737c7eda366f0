/** A database that is away for a while is waited for: restarted, cut off, full. */
import { setTimeout as wait } from 'node:timers/promises';
import { isPassing } from './postgres/trouble.ts';

export interface Patience {
  /** Told once when waiting begins, and once when it is over. */
  tell: (says: string) => void;
  /** Nobody waits any longer when this fires. */
  signal?: AbortSignal | undefined;
  /** The longest time between two tries. */
  mostMs?: number;
}

/** Does the work, and again until it succeeds or fails for good. */
export function patience({ tell, signal, mostMs = 5000 }: Patience): <T>(work: () => Promise<T>) => Promise<T> {
  let away = false;
  return async (work) => {
    for (let ms = 200; ; ms = Math.min(2 * ms, mostMs)) {
      try {
        const done = await work();
        if (away) tell('The database is there again.');
        away = false;
        return done;
      } catch (error) {
        if (!isPassing(error) || signal?.aborted === true) throw error;
        if (!away) tell(`The database does not answer (${sentenceOf(error)}); waiting for it.`);
        away = true;
        // Many machines that wait for one database do not all come at once.
        await wait(ms * (0.5 + Math.random()), undefined, { ref: true });
      }
    }
  };
}

const sentenceOf = (error: unknown): string => {
  const { message, code, errors } = error as Error & { code?: string; errors?: Error[] };
  return (message || errors?.[0]?.message || code || 'no reason given').replace(/\.$/, '');
};
