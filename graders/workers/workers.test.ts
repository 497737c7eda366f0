import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchEvent, BatchOptions } from '../batch/options.ts';
import { right, tinyCoursework } from '../cli/packaged.testing.ts';
import type { Coursework } from '../coursework.ts';
import { openCoursework } from '../coursework.ts';
import { gradeBatch } from '../grade.ts';
import { isNight } from '../nightly.testing.ts';
import { openGradebook } from '../gradebook/store.ts';
import type { Results } from '../model/grade.ts';
import type { Cluster } from '../queue/postgres/cluster.testing.ts';
import { hasPostgres, openCluster } from '../queue/postgres/cluster.testing.ts';
import { connect } from '../queue/postgres/connect.ts';
import type { Opened } from '../queue/postgres/open.ts';
import { openQueue } from '../queue/postgres/open.ts';
import { lookAt } from '../queue/postgres/roll.ts';
import { initialise } from '../queue/postgres/tables.ts';
import { sealWith } from '../queue/seal.ts';
import { openStore } from '../queue/store.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { askWorkers } from './ask-workers.ts';
import type { Likeness } from './likeness.ts';
import { refusals } from './likeness.ts';
import type { ServeEvent } from './serve.ts';
import { serve } from './serve.ts';

const key = new Uint8Array(32).fill(7);
const secret = 'a secret of thirty-two characters or more';
const { folder, remove } = tinyCoursework();
let coursework: Coursework;
let common: Omit<BatchOptions, 'outDir' | 'paths'>;

beforeAll(async () => {
  coursework = await openCoursework(join(folder, 'courses/tiny'));
  writeFileSync(join(folder, 'secret'), secret);
  const works = [right, 'export const twice = (x) => x;\n', `${right}// mine\n`, right];
  for (const [i, text] of works.entries()) {
    mkdirSync(join(folder, 'class', `student-${i}`), { recursive: true });
    writeFileSync(join(folder, 'class', `student-${i}`, 'work.js'), text);
  }
  common = {
    ...{ coursework, secretFile: join(folder, 'secret'), backend: 'wasm', level: await bestLevel(), feedback: 'full' },
    ...{ graderVersion: '1', jobs: 2, full: false, now: () => new Date(), clock: () => performance.now() },
  };
});
afterAll(remove);

const timeless = (results: Results) =>
  JSON.stringify(results, (name, value: unknown) => (['ms', 'startedAt', 'finishedAt'].includes(name) ? 0 : value));

describe.runIf(hasPostgres)('workers on PostgreSQL', () => {
  let cluster: Cluster;
  let opened: Opened;
  beforeAll(async () => {
    cluster = await openCluster();
    const connection = await connect(cluster.address, { install: true });
    await initialise(connection, { key: sealWith(key).fingerprint, heartbeatSeconds: 10 });
    await connection.close();
    opened = await openQueue(cluster.address, key, { tell: () => undefined });
  });
  afterAll(async () => {
    await opened.connection.close();
    await cluster.remove();
  });

  /** Grades the class into a folder by way of the queue, with so many workers; says how many jobs each has done. */
  async function spread(out: string, workers: number, version = '1') {
    const store = openStore(opened.queue, opened.seal);
    const [drain, leave] = [new AbortController(), new AbortController()];
    const told: ServeEvent[] = [];
    const events: BatchEvent[] = [];
    const machine = {
      ...{ level: common.level, graderVersion: version, clock: common.clock, assertBackend: async () => undefined },
    };
    const serving = Array.from({ length: workers }, (_, i) =>
      serve({
        ...{ opened, store, machine, worker: `w${i}`, jobs: 1, drain: drain.signal, leave: leave.signal },
        tell: (event) => told.push(event),
      }),
    );
    const look = (lanes: readonly string[]) => lookAt(opened.connection, lanes);
    const asked = { queue: opened.queue, seal: opened.seal, store, urgency: 'deadline', course: 'c', look } as const;
    const interrupt = new AbortController();
    const results = gradeBatch(
      {
        ...{ ...common, outDir: join(folder, out), paths: [join(folder, 'class')] },
        ...{ elsewhere: askWorkers(asked), signal: interrupt.signal },
      },
      (event) => events.push(event),
    );
    const end = async () => {
      drain.abort();
      return Promise.all(serving);
    };
    return { results, end, told, events, interrupt };
  }

  test('the same results as on one machine, the same work once, and nothing in the database that tells whose or what', async () => {
    const alone = await gradeBatch({ ...common, outDir: join(folder, 'alone'), paths: [join(folder, 'class')] });
    const { results, end } = await spread('spread', isNight ? 2 : 1);
    expect(timeless(await results)).toBe(timeless(alone));
    const book = openGradebook(join(folder, 'spread'));
    const took = book.events({ kind: 'judged' }).map((event) => (event.kind === 'judged' ? event.took : undefined));
    book.close();
    const ms = {
      waited: expect.any(Number) as number,
      read: expect.any(Number) as number,
      graded: expect.any(Number) as number,
    };
    expect(took).toEqual(took.map(() => ({ worker: expect.stringMatching(/^w[01]$/) as string, ms })));
    expect((await end()).reduce((sum, done) => sum + done, 0)).toBe(3);
    const rows = await cluster.sql(`SELECT string_agg(t::text, ' ') FROM (SELECT j::text AS t FROM gradmark_boss.job j
      UNION ALL SELECT l::text FROM gradmark.lanes l UNION ALL SELECT encode(bytes, 'escape') FROM gradmark.shelf
      UNION ALL SELECT encode(body, 'escape') FROM gradmark.results) AS t`);
    for (const told of ['student-', 'thirty-two', 'work.js', 'twice(21)', folder]) expect(rows).not.toContain(told);
    expect(rows.length).toBeGreaterThan(1000);
  });

  test('what was graded is fetched by whoever grades elsewhere with the same secret, and nobody works again', async () => {
    const { results, end } = await spread('elsewhere', 0);
    expect((await results).submissions.map(({ score }) => score)).toEqual([2, 0, 2, 2]);
    await end();
  });

  test('a machine that differs refuses in a sentence, and the batch that waits for another can be interrupted', async () => {
    writeFileSync(join(folder, 'class/student-0/work.js'), `${right}// again\n`);
    const { results, end, told, interrupt } = await spread('refused', 1, '2');
    while (!told.some(({ kind }) => kind === 'refuses')) await new Promise((go) => setTimeout(go, 20));
    interrupt.abort();
    expect((await results).submissions.map(({ id }) => id)).not.toContain('student-0');
    expect(await end()).toEqual([0]);
    expect(told).toEqual([{ kind: 'refuses', course: 'c', sentences: ['It asks for gradmark 1, and this is 2.'] }]);
  });
});

test('each way in which a machine may differ is a sentence of its own', () => {
  const wanted: Likeness = {
    ...{ gradmark: '1', coursework: 'a', node: '24.1.0', arch: 'x64', level: 'A', backend: 'wasm' },
    ...{ kernels: 'Maker avx2', python: 'Python 3.12', data: 'd' },
  };
  expect(refusals(wanted, wanted)).toEqual([]);
  const other: Likeness = {
    ...{ gradmark: '2', coursework: 'b', node: '24.2.0', arch: 'arm64', level: 'A-', backend: 'cpu' },
    ...{ kernels: 'Maker avx512f', python: 'Python 3.13' },
  };
  const sentences = refusals(wanted, other);
  expect(sentences).toHaveLength(Object.keys(wanted).length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[.]$/);
  expect(sentences).toContain('It asks for sandbox level A, and this machine has A-: see gradmark doctor.');
  // What nobody asks for may differ.
  const { kernels: _, python: __, data: ___, ...plain } = wanted;
  expect(refusals(plain, { ...plain, kernels: 'Another' })).toEqual([]);
});

test('nothing more is installed for whoever does not ask for a queue', () => {
  const { dependencies, optionalDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as Record<string, Record<string, unknown> | undefined>;
  expect(Object.keys({ ...dependencies, ...optionalDependencies })).not.toContain('pg-boss');
  expect(peerDependenciesMeta!['pg-boss']).toEqual({ optional: true });
});
