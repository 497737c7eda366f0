/**
 * What it costs the grader to judge what a program answers, in processor time of its own thread. A single answer is bounded by
 * its size; of all of them together somebody has to keep account, or one submission could keep the others waiting.
 */
import type { Guest } from './model/guest.ts';
import { ProgramStopped } from './stopped.ts';

/** For one submission: more than ten times what the costliest coursework needs. */
const judgingMs = 60_000;

interface JudgingTime {
  /** The guest, which answers as long as there is time left to judge what it answers. */
  counting<G extends Guest>(guest: G): G;
}

/** For one submission. `takes` is a clock of the grader's own work. */
export function countJudging(limitMs = judgingMs, takes = threadMs): JudgingTime {
  let usedMs = 0;
  let since: number | undefined;

  const now = () => takes() - forAllTold[0]!;
  const count = () => {
    if (since === undefined) return;
    const until = now();
    usedMs += Math.max(0, until - since);
    since = until;
  };
  /** From an answer until the grader waits for something else, what it does is judging that answer. */
  const turn: Turn = {
    begin: () => void (since = now()),
    end() {
      count();
      since = undefined;
    },
  };
  const ask = () => {
    count();
    if (usedMs <= limitMs) return;
    throw new ProgramStopped(
      'refused',
      `Judging the answers took more than the ${limitMs / 1000} s for a whole submission: answer with what is asked for, and no more.`,
    );
  };

  return {
    counting: (guest) =>
      new Proxy(guest, {
        get(of, key) {
          const value: unknown = Reflect.get(of, key);
          if (typeof value !== 'function') return value;
          if (key === 'output' || key === 'close') return value.bind(of) as unknown;
          return async (...given: unknown[]) => {
            ask();
            const answer = (await Reflect.apply(value, of, given)) as unknown;
            await itsTurn(turn);
            return answer;
          };
        },
      }),
  };
}

interface Turn {
  begin(): void;
  end(): void;
}

const waiting: { turn: Turn; comes(): void }[] = [];

/** Answers that arrive together are judged one after the other, so that what is done for one submission is on no other's account. */
const itsTurn = (turn: Turn): Promise<void> =>
  new Promise((comes) => {
    waiting.push({ turn, comes });
    if (waiting.length === 1) serve();
  });

function serve(): void {
  // Both belong to one round of the event loop: between them runs all that follows from the answer at once, and nothing else.
  setImmediate(() => {
    waiting[0]!.turn.begin();
    waiting[0]!.comes();
  });
  setImmediate(() => {
    waiting.shift()!.turn.end();
    if (waiting.length > 0) serve();
  });
}

/** Milliseconds so far, and how deep in such work this thread is: whoever watches it from outside reads both. */
let forAllTold: Float64Array = new Float64Array(2);

/** From now on the two numbers are told here. */
export const tellForAll = (memory: SharedArrayBuffer): void => void (forAllTold = new Float64Array(memory));

/** Work that is done once for all submissions, whoever comes first: it is put on nobody's account. */
export function forAll<T>(make: () => T): T {
  const before = threadMs();
  forAllTold[1]!++;
  try {
    return make();
  } finally {
    forAllTold[1]!--;
    if (forAllTold[1] === 0) forAllTold[0]! += threadMs() - before;
  }
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
