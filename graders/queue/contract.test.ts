import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { isNight } from '../nightly.testing.ts';
import { nameOfJob } from './job-name.ts';
import type { Claim, Job, Lane, Oversight, Queue, Shelf, Urgency } from './port.ts';
import { openCluster, hasPostgres } from './postgres/cluster.testing.ts';
import { connect } from './postgres/connect.ts';
import { postgresQueue } from './postgres/queue.ts';
import { postgresOversight, postgresShelf } from './postgres/shelf.ts';
import { initialise } from './postgres/tables.ts';
import { tidy } from './postgres/tidy.ts';
import { openLocalQueue } from './sqlite/queue.ts';

/** A queue with a way to let so much time go by that whoever does not say anything is lost. */
type Tried = Queue & Shelf & Oversight & { silence(): Promise<void> };

const lane = (name: string, more: Partial<Lane> = {}): Lane => ({
  ...{
    name,
    urgency: 'deadline' as Urgency,
    course: name,
    sheet: 'sheet',
    demands: '{}',
    tries: 2,
    expireSeconds: 600,
  },
  ...more,
});
const job = (submission: string, student = submission): Job => ({
  ...{ submission, coursework: 'sums', grader: 'gradmark', round: '1', runtime: 'node', student },
});
const result = (says: string, worker = 'w1') => ({
  ...{ body: Buffer.from(says), digest: `of ${says}`, worker, ms: { graded: 7 } },
});
const bytes = (body: Uint8Array | undefined) => (body === undefined ? undefined : Buffer.from(body).toString());

const adapters: [string, () => Promise<{ open(): Promise<Tried>; close(): Promise<void> }>][] = [
  [
    'SQLite',
    async () => ({
      async open() {
        let now = 0;
        const queue = openLocalQueue({ heartbeatMs: 1000, clock: () => now });
        return { ...queue, silence: async () => void (now += 1001) };
      },
      close: async () => undefined,
    }),
  ],
  [
    'PostgreSQL',
    async () => {
      const cluster = await openCluster();
      const connection = await connect(cluster.address, { install: true });
      await initialise(connection, { key: 'k', heartbeatSeconds: 30 });
      const { sql, boss } = connection;
      return {
        async open() {
          for (const table of ['courses', 'lanes', 'results', 'alarms', 'troubles', 'shelf'])
            await sql(`DELETE FROM gradmark.${table}`);
          await sql('DELETE FROM gradmark_boss.job');
          await sql('UPDATE gradmark.turn SET virtual = 0');
          const late = `UPDATE gradmark_boss.job SET heartbeat_on = heartbeat_on - interval '31 s' WHERE state = 'active'`;
          return {
            ...{ ...postgresQueue(connection, 30), ...postgresShelf(connection), ...postgresOversight(connection) },
            async silence() {
              await sql(late);
              // As every worker does every few seconds; what is tried again is tried a second later.
              await sql('UPDATE gradmark_boss.queue SET monitor_on = NULL, monitor_claim_on = NULL');
              await boss.supervise();
              await sql(`UPDATE gradmark_boss.job SET start_after = now() WHERE state = 'retry'`);
            },
          };
        },
        async close() {
          await connection.close();
          await cluster.remove();
        },
      };
    },
  ],
];

describe.each(hasPostgres ? adapters : adapters.slice(0, 1))('on %s', async (_, make) => {
  const place = await make();
  afterAll(() => place.close());
  let queue: Tried;
  beforeEach(async () => {
    queue = await place.open();
  });
  /** Claims as many as there are, with a settled result for each, in turn. */
  const drained = async (most = Infinity) => {
    const order: Claim[] = [];
    for (
      let claim = await queue.claim('w');
      claim !== undefined && order.length < most;
      claim = await queue.claim('w')
    ) {
      order.push(claim);
      await queue.settle(claim, result(claim.job.submission));
    }
    return order.map((claim) => claim.job.submission);
  };

  test('a job is handed out once, and its result is there for who asks by name', async () => {
    await queue.enqueue(lane('a'), [job('x')]);
    const claim = (await queue.claim('w1'))!;
    expect(claim).toMatchObject({ lane: 'a', name: nameOfJob(job('x')), job: job('x') });
    expect(await queue.claim('w2')).toBeUndefined();
    expect(await queue.settle(claim, result('right'))).toBe('first');
    const outcome = (await queue.outcomes([claim.name, 'another'])).get(claim.name);
    expect(outcome).toMatchObject({ kind: 'found', result: { digest: 'of right', worker: 'w1', ms: { graded: 7 } } });
    expect(outcome?.kind === 'found' && bytes(outcome.result.body)).toBe('right');
  });

  test('what is waiting, under way or done is not added again, whoever asks', async () => {
    await queue.enqueue(lane('a'), [job('x', 'ann'), job('x', 'bob')]);
    await queue.enqueue(lane('a'), [job('x', 'ann')]);
    const claim = (await queue.claim('w'))!;
    await queue.enqueue(lane('a'), [job('x')]);
    expect(await queue.claim('w')).toBeUndefined();
    await queue.settle(claim, result('x'));
    await queue.enqueue(lane('a'), [job('x')]);
    expect(await queue.claim('w')).toBeUndefined();
  });

  test('who is not heard of loses the job; what it finds all the same must agree', async () => {
    await queue.enqueue(lane('a', { tries: 3 }), [job('x')]);
    const lost = (await queue.claim('w1'))!;
    expect(await queue.renew(lost)).toBe(true);
    await queue.silence();
    expect(await queue.renew(lost)).toBe(false);
    const second = (await queue.claim('w2'))!;
    expect(second.name).toBe(lost.name);
    expect(await queue.renew(lost)).toBe(false);
    expect(await queue.settle(lost, result('right', 'w1'))).toBe('first');
    // What is known by now need not be found again.
    expect(await queue.renew(second)).toBe(false);
    expect(await queue.settle(second, result('right', 'w2'))).toBe('same');
    expect(await queue.alarms()).toEqual([]);
    expect(await queue.claim('w3')).toBeUndefined();
  });

  test('two results that differ are an alarm, and the first stays', async () => {
    await queue.enqueue(lane('a', { tries: 3 }), [job('x')]);
    const lost = (await queue.claim('w1'))!;
    await queue.silence();
    const second = (await queue.claim('w2'))!;
    await queue.settle(second, result('right', 'w2'));
    expect(await queue.settle(lost, result('wrong', 'w1'))).toBe('differs');
    const first = { digest: 'of right', worker: 'w2' };
    expect(await queue.alarms()).toEqual([{ name: lost.name, first, other: { digest: 'of wrong', worker: 'w1' } }]);
    const outcome = (await queue.outcomes([lost.name])).get(lost.name);
    expect(outcome?.kind === 'found' && bytes(outcome.result.body)).toBe('right');
  });

  test('given back without a reason it costs no try; with a reason often enough it is put aside, until it is redriven', async () => {
    await queue.enqueue(lane('a', { tries: 2 }), [job('x')]);
    for (let i = 0; i < 4; i++) await queue.release((await queue.claim('w'))!);
    await queue.release((await queue.claim('w'))!, { reason: 'Out of paper.' });
    await queue.silence();
    const last = (await queue.claim('w'))!;
    await queue.release(last, { reason: 'Out of ink.', body: Buffer.from('half') });
    expect(await queue.claim('w')).toBeUndefined();
    const dead = (await queue.outcomes([last.name])).get(last.name)!;
    expect(dead).toMatchObject({ kind: 'dead', reason: 'Out of ink.' });
    expect(dead.kind === 'dead' && bytes(dead.body)).toBe('half');
    await queue.enqueue(lane('a', { tries: 2 }), [job('x')]);
    expect(await queue.claim('w')).toBeUndefined();
    expect(await queue.redrive()).toBe(1);
    expect((await queue.outcomes([last.name])).size).toBe(0);
    expect(await drained()).toEqual(['x']);
  });

  test('checks of one’s own work come before deadlines, and those before regrading', async () => {
    await queue.enqueue(lane('regrade', { urgency: 'regrade', course: 'c' }), [job('r')]);
    await queue.enqueue(lane('deadline', { urgency: 'deadline', course: 'c' }), [job('d')]);
    await queue.enqueue(lane('check', { urgency: 'self-check', course: 'c' }), [job('s')]);
    expect(await drained()).toEqual(['s', 'd', 'r']);
  });

  test('courses get turns by weight, not by who came first', async () => {
    await queue.setCourse('heavy', { weight: 2 });
    await queue.enqueue(
      lane('light'),
      Array.from({ length: 9 }, (_, i) => job(`l${i}`)),
    );
    await queue.enqueue(
      lane('heavy'),
      Array.from({ length: 9 }, (_, i) => job(`h${i}`)),
    );
    const first = (await drained(9)).slice(0, 9).map((name) => name[0]);
    expect(first.filter((one) => one === 'h')).toHaveLength(6);
    expect(first.filter((one) => one === 'l')).toHaveLength(3);
  });

  test('who sends a hundred attempts waits behind who sends one', async () => {
    await queue.enqueue(
      lane('a'),
      Array.from({ length: 100 }, (_, i) => job(`many${i}`, 'eager')),
    );
    await queue.enqueue(lane('a'), [job('one', 'calm'), job('other', 'quiet')]);
    const order = await drained(4);
    expect(order.slice(0, 3).sort()).toEqual([expect.stringMatching(/^many/), 'one', 'other']);
  });

  test('of a course no more is under way than its cap, and others go on', async () => {
    await queue.setCourse('capped', { cap: 2 });
    await queue.enqueue(lane('capped'), [job('1'), job('2'), job('3')]);
    await queue.enqueue(lane('free'), [job('4')]);
    const claims = [await queue.claim('w'), await queue.claim('w'), await queue.claim('w')];
    expect(claims.map((claim) => claim?.job.submission).sort()).toEqual(['1', '2', '4']);
    expect(await queue.claim('w')).toBeUndefined();
    await queue.release(claims.find((claim) => claim?.lane === 'capped')!);
    expect(await queue.claim('w')).toMatchObject({ lane: 'capped' });
  });

  test('whoever serves some lanes gets nothing of others', async () => {
    await queue.enqueue(lane('a'), [job('x')]);
    await queue.enqueue(lane('b'), [job('y')]);
    expect(await queue.claim('w', ['b'])).toMatchObject({ lane: 'b' });
    expect(await queue.claim('w', ['b'])).toBeUndefined();
  });

  test('several who claim at once get each a job of their own', async () => {
    await queue.enqueue(
      lane('a'),
      Array.from({ length: 12 }, (_, i) => job(String(i))),
    );
    const claims = await Promise.all(Array.from({ length: 12 }, () => queue.claim('w')));
    expect(new Set(claims.map((claim) => claim?.name)).size).toBe(12);
  });

  test('the shelf gives back what was put on it, once or twice', async () => {
    await queue.put('n', Buffer.from('what'));
    await queue.put('n', Buffer.from('what'));
    expect(bytes(await queue.get('n'))).toBe('what');
    expect(await queue.get('another')).toBeUndefined();
  });
});

test.runIf(hasPostgres && isNight)(
  'of what was fetched the oldest goes, and what nobody has fetched stays',
  async () => {
    const cluster = await openCluster();
    const connection = await connect(cluster.address, { install: true });
    await initialise(connection, { key: 'k', heartbeatSeconds: 30 });
    const queue = { ...postgresQueue(connection, 30), ...postgresShelf(connection) };
    await queue.enqueue(lane('a'), [job('1'), job('2'), job('3'), job('waits')]);
    for (const name of ['s1', 's2', 'sheet', 'waits']) await queue.put(name, Buffer.from(name));
    for (let i = 0; i < 3; i++) await queue.settle((await queue.claim('w'))!, result(`${i}`));
    await queue.forget([nameOfJob(job('1')), nameOfJob(job('2'))]);
    const { sql } = connection;
    await sql(`UPDATE gradmark.results SET heard = heard - interval '2 days' WHERE name = $1`, [nameOfJob(job('1'))]);
    await sql(`UPDATE gradmark.shelf SET used = used - interval '9 days'`);
    expect(await tidy(connection)).toBe(1);
    // Somebody has just done it.
    expect(await tidy(connection)).toBe(0);
    expect((await queue.outcomes(['1', '2', '3'].map((name) => nameOfJob(job(name))))).size).toBe(2);
    expect((await sql('SELECT name FROM gradmark.shelf ORDER BY name')).map(({ name }) => name)).toEqual([
      'sheet',
      'waits',
    ]);
    // A lane that has nothing more to do goes with its queue.
    await queue.settle((await queue.claim('w'))!, result('waits'));
    await sql(`UPDATE gradmark.lanes SET used = used - interval '9 days'`);
    await sql(`DELETE FROM gradmark.agreed WHERE what = 'tidied'`);
    await tidy(connection);
    expect(await sql(`SELECT name FROM gradmark_boss.queue WHERE name = 'a'`)).toEqual([]);
    await connection.close();
    await cluster.remove();
  },
);
