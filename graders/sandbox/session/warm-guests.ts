/**
 * Guests that are started before they are asked for: while one submission is judged, the next one's processes come up. Each
 * is handed out once, to one session, as if it had been started for it.
 */
import type { LibraryExtent } from '../../protocol/messages.ts';
import type { LaunchOptions } from './launch.ts';
import { warmGuest, type WarmGuest } from './session.ts';

export interface WarmGuests {
  /** Another submission begins: what most of those before it have asked for is worth keeping ready. */
  begin(): void;
  /** A guest with this much of the library, started now if none is ready. Rejects as `warmGuest` does. */
  take(options: LaunchOptions, library: LibraryExtent | 'none'): Promise<WarmGuest>;
  /** Starts what the last submission took, for the next one: for when nobody waits, whatever number was said. */
  prepare(): void;
  /** Ends those that nobody has taken. */
  close(): Promise<void>;
}

interface Kind {
  taken: number;
  /** The number of the last submission that took one, and how one is started. */
  last: number;
  start(): Promise<WarmGuest>;
  /** Resolves with undefined where it did not start: who takes it starts another, and is told why that fails. */
  ready?: Promise<WarmGuest | undefined> | undefined;
}

/** For so many submissions; for a single one nothing is started before it is asked for. */
export function keepWarm(submissions: number, start = warmGuest): WarmGuests {
  const kinds = new Map<string, Kind>();
  let begun = 0;
  let closed = false;

  const isWorthIt = ({ taken, ready }: Kind) =>
    !closed && ready === undefined && begun < submissions && 2 * taken >= begun;

  const startAhead = (kind: Kind) => void (kind.ready = startResting(kind).catch(() => undefined));

  return {
    begin: () => void begun++,
    async take(options, library) {
      const name = `${library}/${options.precision}/${options.backend}`;
      const kind: Kind = kinds.get(name) ?? { taken: 0, last: 0, start: () => start(options, library) };
      kinds.set(name, kind);
      kind.taken++;
      kind.last = begun;
      const waiting = kind.ready;
      kind.ready = undefined;
      const found = await waiting;
      // One that has come to its end meanwhile, for whatever reason, is nobody's trouble.
      const guest = found?.exchange.alive === true ? found : await start(options, library);
      guest.exchange.wake();
      if (isWorthIt(kind)) startAhead(kind);
      return guest;
    },
    prepare() {
      for (const kind of kinds.values())
        if (!closed && kind.ready === undefined && kind.last === begun) startAhead(kind);
    },
    async close() {
      closed = true;
      const left = await Promise.all([...kinds.values()].map(({ ready }) => ready));
      await Promise.all(left.map((guest) => guest?.exchange.close()));
    },
  };
}

/** It may wait for long, as under `check --watch`: nothing is in it that would have to be watched. */
async function startResting({ start }: Kind): Promise<WarmGuest> {
  const guest = await start();
  guest.exchange.rest();
  return guest;
}
