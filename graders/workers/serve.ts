/** A worker: takes jobs from the queue, one after the other in each of its places, until it is told to stop. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Claim } from '../queue/port.ts';
import type { Ended } from '../queue/do-job.ts';
import { doJob } from '../queue/do-job.ts';
import type { Opened } from '../queue/postgres/open.ts';
import { laneList, signIn, signOut } from '../queue/postgres/roll.ts';
import { tidy } from '../queue/postgres/tidy.ts';
import type { Store } from '../queue/store.ts';
import { sealedWith } from '../queue/wrapping.ts';
import type { Bench, Machine } from './bench.ts';
import { prepareBench } from './bench.ts';

interface Serving {
  opened: Opened;
  store: Store;
  machine: Machine;
  /** The name of this worker in status and results. */
  worker: string;
  jobs: number;
  /** What is under way is finished when this fires, and nothing new is begun. */
  drain: AbortSignal;
  /** What is under way is given back when this fires. */
  leave: AbortSignal;
  tell: (event: ServeEvent) => void;
}

export type ServeEvent =
  | { kind: 'refuses'; course: string; sentences: readonly string[] }
  | { kind: 'begun'; claim: Claim }
  | { kind: 'ended'; claim: Claim; how: Ended; ms: number };

/** An idle worker asks that often: at first, and at the most; a busy one asks when it is done. */
const idleMs = { first: 500, most: 5000 };
/** How often the list of lanes is read again. */
const lanesMs = 5000;
/** So many lanes are kept open at once, beyond those in use. */
const mostIdleBenches = 4;

/** Works until it is told to stop; resolves with how many jobs were done. */
export async function serve(options: Serving): Promise<number> {
  const { opened, machine, worker, jobs, drain, leave, tell } = options;
  const { queue, seal, heartbeatMs, connection, patiently } = opened;
  const wrapping = sealedWith(seal);
  const benches = openBenches(options);
  const under = new Map<Claim, AbortController>();
  let done = 0;

  const report = () =>
    signIn(connection, {
      ...{ name: worker, doing: under.size, done, refuses: benches.refused() },
      ...{ state: drain.aborted ? 'draining' : 'working', isLike: machine },
    }).catch(() => undefined);
  const reporting = setInterval(() => {
    void report();
    void tidy(connection).catch(() => undefined);
  }, heartbeatMs / 3);
  await patiently(() =>
    signIn(connection, { name: worker, doing: 0, done: 0, refuses: [], state: 'working', isLike: machine }),
  );

  const doOne = async (claim: Claim): Promise<void> => {
    const begun = machine.clock();
    const ours = new AbortController();
    under.set(claim, ours);
    tell({ kind: 'begun', claim });
    const work = async (of: Claim, lost: AbortSignal) =>
      benches.at(claim.lane, (bench) => bench.work(of, AbortSignal.any([lost, ours.signal])));
    const how = await doJob(claim, work, {
      ...{ queue, worker, wrapping, heartbeatMs, clock: machine.clock },
      left: ours.signal,
    });
    under.delete(claim);
    if (how === 'first' || how === 'same' || how === 'differs') done++;
    tell({ kind: 'ended', claim, how, ms: machine.clock() - begun });
  };
  const place = async (): Promise<void> => {
    let idle = idleMs.first;
    while (!drain.aborted) {
      const lanes = await benches.fit();
      const claim = lanes.length === 0 || drain.aborted ? undefined : await queue.claim(worker, lanes);
      if (claim === undefined) {
        await wait(idle * (0.75 + Math.random() / 2), undefined, { signal: drain }).catch(() => undefined);
        idle = Math.min(2 * idle, idleMs.most);
        continue;
      }
      idle = idleMs.first;
      await doOne(claim);
    }
  };
  const leaving = () => under.forEach((one) => one.abort());
  leave.addEventListener('abort', leaving);
  try {
    await Promise.all(Array.from({ length: jobs }, place));
  } finally {
    clearInterval(reporting);
    leave.removeEventListener('abort', leaving);
    await benches.close();
    await signOut(connection, worker).catch(() => undefined);
  }
  return done;
}

/** The lanes that this machine does, each with its bench, prepared when the first job of it comes near. */
function openBenches({ opened, store, machine, tell }: Serving) {
  interface Prepared {
    bench: Promise<Bench | { refuses: string[] }>;
    users: number;
    used: number;
  }
  const prepared = new Map<string, Prepared>();
  const refused = new Map<string, { course: string; sentences: string[] }>();
  let listed: { lanes: string[]; at: number } | undefined;
  let listing: Promise<string[]> | undefined;

  const list = async (): Promise<string[]> => {
    const fit: string[] = [];
    for (const lane of await opened.patiently(() => laneList(opened.connection))) {
      if (refused.has(lane.name)) continue;
      const known = prepared.get(lane.name) ?? {
        bench: prepareBench(lane, machine, store),
        users: 0,
        used: machine.clock(),
      };
      prepared.set(lane.name, known);
      const bench = await known.bench.catch((error: Error) => ({ refuses: [error.message] }));
      if ('refuses' in bench) {
        prepared.delete(lane.name);
        refused.set(lane.name, { course: lane.course, sentences: bench.refuses });
        tell({ kind: 'refuses', course: lane.course, sentences: bench.refuses });
      } else fit.push(lane.name);
    }
    await closeIdle(new Set(fit));
    listed = { lanes: fit, at: machine.clock() };
    return fit;
  };
  const closeIdle = async (open: ReadonlySet<string>) => {
    const idle = [...prepared].filter(([name, { users }]) => users === 0 && !open.has(name));
    idle.sort(([, a], [, b]) => b.used - a.used);
    for (const [name, { bench }] of idle.slice(mostIdleBenches)) {
      prepared.delete(name);
      const made = await bench.catch(() => undefined);
      if (made !== undefined && 'close' in made) await made.close();
    }
  };
  return {
    refused: () => [...refused.values()],
    async fit(): Promise<string[]> {
      if (listed !== undefined && machine.clock() - listed.at < lanesMs) return listed.lanes;
      listing ??= list().finally(() => (listing = undefined));
      return listing;
    },
    async at<T>(lane: string, work: (bench: Bench) => Promise<T>): Promise<T> {
      const known = prepared.get(lane);
      const bench = await known?.bench;
      if (known === undefined || bench === undefined || 'refuses' in bench) throw new Error(`No bench for ${lane}.`);
      known.users++;
      try {
        return await work(bench);
      } finally {
        known.users--;
        known.used = machine.clock();
      }
    },
    async close() {
      for (const { bench } of prepared.values()) {
        const made = await bench.catch(() => undefined);
        if (made !== undefined && 'close' in made) await made.close();
      }
    },
  };
}
