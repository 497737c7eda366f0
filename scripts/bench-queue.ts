/**
 * What the queue on PostgreSQL costs: jobs a second with empty work, from one and from four workers; processor time for each grade, of
 * the worker and of the database; a backlog of 100,000. `--jobs` says how many each figure is made of, `--backlog` how long it is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job, Lane } from '../graders/queue/port.ts';
import { hasPostgres, openCluster } from '../graders/queue/postgres/cluster.testing.ts';
import { connect } from '../graders/queue/postgres/connect.ts';
import { postgresQueue } from '../graders/queue/postgres/queue.ts';
import { initialise } from '../graders/queue/postgres/tables.ts';
import { measure } from './bench/cpu-of.ts';
import { lineText } from './bench/lines.ts';
import { notIdle } from './bench/machine.ts';
import { cpuOfTree } from './queue/cpu-of-tree.ts';
import { misused, scriptOptions } from './script-options.ts';

const usage = `npm run bench:queue -- [options]

  --jobs <n>     of how many a figure is made (1000)
  --backlog <n>  how long the backlog is (100000)`;
const { values } = scriptOptions(usage, { options: { jobs: { type: 'string' }, backlog: { type: 'string' } } });
const [jobs, backlog] = [Number(values.jobs ?? 1000), Number(values.backlog ?? 100_000)];
for (const [name, value] of Object.entries({ jobs, backlog }))
  if (!Number.isInteger(value) || value < 1) misused(`--${name} is a whole number.`, usage);
if (!hasPostgres) process.exit(1);

/** The cheapest grade of a model solution that docs/performance.md has, warm, in milliseconds of processor time. */
const cheapestGradeMs = 950;
const worker = fileURLToPath(new URL('queue/empty-work.ts', import.meta.url));
const say = (line: Parameters<typeof lineText>[0]) => process.stdout.write(`${lineText(line)}\n`);

// As it runs in earnest: what is committed is on the disk.
const cluster = await openCluster({ safe: true });
const database = Number(readFileSync(join(cluster.folder, 'data/postmaster.pid'), 'utf8').split('\n', 1)[0]);
const connection = await connect(cluster.address, { install: true });
try {
  await initialise(connection, { key: 'k', heartbeatSeconds: 30 });
  const queue = postgresQueue(connection, 30);
  const fill = async (count: number, name: string) => {
    const lane: Lane = {
      ...{ name, urgency: 'deadline', course: name, sheet: 's', demands: '{}', tries: 5, expireSeconds: 600 },
    };
    for (let from = 0; from < count; from += 500) {
      const some = Array.from({ length: Math.min(500, count - from) }, (_, i): Job => ({
        ...{ submission: `${name} ${from + i}`, coursework: 'c', grader: 'g', round: 'r', runtime: 't' },
        student: `s${(from + i) % 5000}`,
      }));
      await queue.enqueue(lane, some);
    }
  };
  /** So many workers at once until so many jobs are done. */
  const work = async (workers: number, each: number) => {
    const before = cpuOfTree(database);
    const runs = await Promise.all(
      Array.from({ length: workers }, () => measure([process.execPath, worker, cluster.address, String(each)])),
    );
    const told = runs.map(({ stdout }) => JSON.parse(stdout) as { done: number; seconds: number });
    const done = told.reduce((sum, one) => sum + one.done, 0);
    return {
      perSecond: done / Math.max(...told.map(({ seconds }) => seconds)),
      databaseMs: (cpuOfTree(database) - before) / done,
      workerMs: runs.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / done,
      othersShare: Math.max(...runs.map(({ othersShare }) => othersShare)),
    };
  };
  const start = (await measure([process.execPath, worker, cluster.address, '0'])).cpuMs;

  await fill(2 * jobs, 'first');
  const one = await work(1, jobs);
  say({ says: 'empty jobs a second, one worker', value: one.perSecond, unit: '/s' });
  const four = await work(4, jobs / 4);
  const unjudged = notIdle(four.othersShare);
  say({ says: 'empty jobs a second, four workers', value: four.perSecond, unit: '/s', unjudged });
  const ofWorker = one.workerMs - start / jobs;
  say({ says: 'processor time of a worker for one job', value: ofWorker, unit: 'ms' });
  say({ says: 'processor time of the database for one job', value: one.databaseMs, unit: 'ms' });
  const share = (100 * (ofWorker + one.databaseMs)) / cheapestGradeMs;
  say({ says: 'of the cheapest grade that is', value: share, unit: '%', goal: 5 });

  const begun = performance.now();
  await fill(backlog, 'backlog');
  say({
    says: `jobs put in a second, up to ${backlog} waiting`,
    value: (1000 * backlog) / (performance.now() - begun),
    unit: '/s',
  });
  const behind = await work(1, Math.min(jobs, backlog));
  say({ says: `empty jobs a second with ${backlog} waiting, one worker`, value: behind.perSecond, unit: '/s' });
  say({ says: 'processor time of the database for one job then', value: behind.databaseMs, unit: 'ms' });
  const idle = cpuOfTree(database);
  const polls = 200;
  await connection.sql('DELETE FROM gradmark_boss.job');
  for (let i = 0; i < polls; i++) await queue.claim('idle', ['first', 'backlog']);
  say({
    says: 'processor time of the database for one idle poll',
    value: (cpuOfTree(database) - idle) / polls,
    unit: 'ms',
  });
} finally {
  await connection.close();
  await cluster.remove();
}
