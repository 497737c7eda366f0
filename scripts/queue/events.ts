/** What befalls the hosts of a queue, and its database. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from '../../graders/queue/postgres/cluster.testing.ts';
import type { Random } from '../../graders/numerics/random.ts';
import type { Host, Running } from './host.ts';

/** A host with its worker, which is started again whenever it has ended. */
export interface Helper {
  host: Host;
  worker: Running;
  /** All that its workers have said. */
  said(): string;
  restart(clockAhead: boolean): void;
}

export const kinds = [
  'killed',
  'drained',
  'paused',
  'cut off',
  'an hour ahead',
  'database restarted',
  'disk full',
] as const;
export type Kind = (typeof kinds)[number];

/** How often each comes among ten. */
const among: readonly Kind[] = [
  ...(['killed', 'killed', 'killed', 'drained', 'paused', 'cut off', 'cut off'] as const),
  ...(['an hour ahead', 'database restarted', 'disk full'] as const),
];

/** The events in their order: each kind in its share, mixed. */
export const drawEvents = (count: number, random: Random, hasDisk: boolean): Kind[] => {
  const all = Array.from({ length: count }, (_, i) => among[i % among.length]!);
  return random.permutation(count).map((i) => (all[i] === 'disk full' && !hasDisk ? 'killed' : all[i]!));
};

/** Longer than the heartbeat of the queue. */
const silentMs = 14_000;

/** One event befalls a host or the database; resolves when it has begun, and `later` what it takes to end it. */
export async function strike(
  kind: Kind,
  helper: Helper,
  cluster: Cluster,
  later: (end: Promise<void>) => void,
): Promise<void> {
  const { host, worker } = helper;
  if (kind === 'killed') {
    worker.kill();
    await worker.ended;
    helper.restart(false);
  } else if (kind === 'drained') {
    worker.terminate();
    later(worker.ended.then(() => helper.restart(false)));
  } else if (kind === 'an hour ahead') {
    worker.kill();
    await worker.ended;
    helper.restart(true);
  } else if (kind === 'paused') {
    worker.pause();
    later(wait(silentMs).then(() => worker.resume()));
  } else if (kind === 'cut off') {
    host.cut();
    later(wait(silentMs).then(() => host.mend()));
  } else if (kind === 'database restarted') {
    await cluster.stop().catch(() => undefined);
    await wait(500);
    later(bringUp(cluster));
  } else {
    later(fill(cluster));
    await wait(0);
  }
}

/** The disk of the database is full for some seconds; where that brings it down, it is started again, as a system does. */
async function fill(cluster: Cluster): Promise<void> {
  const ballast = join(cluster.folder, 'ballast');
  try {
    for (let i = 0; i < 4096; i++) writeFileSync(ballast, Buffer.alloc(1 << 20), { flag: 'a' });
  } catch {
    // Now it is full.
  }
  await wait(5000);
  rmSync(ballast, { force: true });
  await bringUp(cluster);
}

/** As a system does with its services: started again until it runs, which it does not while its disk is full. */
async function bringUp(cluster: Cluster): Promise<void> {
  for (let i = 0; i < 120; i++) {
    const runs = await cluster.sql('SELECT 1').then(
      () => true,
      () => false,
    );
    if (runs) return;
    await cluster.start().catch(() => undefined);
    await wait(500);
  }
}
