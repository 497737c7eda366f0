/**
 * Several hosts grade one class by way of PostgreSQL while they are killed, drained, paused beyond the heartbeat, cut off from the
 * database and wrong about the time by an hour, and while the database restarts and its disk is full: nothing is lost or settled
 * twice, and the end is what one undisturbed machine makes of it, byte for byte but for times.
 */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execaSync } from 'execa';
import { openGradebook } from '../graders/gradebook/store.ts';
import { createRandom } from '../graders/numerics/random.ts';
import { hasPostgres, openCluster } from '../graders/queue/postgres/cluster.testing.ts';
import { countTold } from './crash/command.ts';
import { differences } from './crash/same.ts';
import { slug, task, writeClass } from './crash/submissions.ts';
import type { Helper, Kind } from './queue/events.ts';
import { drawEvents, kinds, strike } from './queue/events.ts';
import type { Running } from './queue/host.ts';
import { databaseName, openHost } from './queue/host.ts';
import { misused, scriptOptions } from './script-options.ts';

const usage = `npm run test:queue -- [options]

  --submissions <n>  how many are graded (400)
  --events <n>       how many befall them (60)
  --seed <n>         the order of an earlier run
  --few              24 submissions and 8 events`;
const { values } = scriptOptions(usage, {
  options: {
    ...{
      submissions: { type: 'string' },
      events: { type: 'string' },
      seed: { type: 'string' },
      few: { type: 'boolean' },
    },
  },
});
const submissions = Number(values.submissions ?? (values.few ? 24 : 400));
const events = Number(values.events ?? (values.few ? 8 : 60));
const seed = Number(values.seed ?? Date.now() % 100_000);
for (const [name, value] of Object.entries({ submissions, events, seed }))
  if (!Number.isInteger(value) || value < 0) misused(`--${name} is a whole number.`, usage);
if (!hasPostgres) process.exit(1);
const say = (text: string) => process.stdout.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'gradmark-events-'));
// The database runs as somebody else.
chmodSync(folder, 0o711);
const disk = join(folder, 'disk');
mkdirSync(disk);
const hasDisk = !execaSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=0755', 'tmpfs', disk], { reject: false })
  .failed;
if (!hasDisk) say('NOT TRIED: a disk that is full, since nothing may be mounted here.');
const cluster = await openCluster({
  safe: true,
  within: disk,
  settings: ['max_wal_size=64MB', 'min_wal_size=32MB', 'restart_after_crash=on'],
});
const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
mkdirSync(cache, { recursive: true });
const address = `postgres://staff@${databaseName}/grading`;
const words = `${slug} class --only ${task} --backend cpu`;
const hosts = await Promise.all(['desk', 'w1', 'w2', 'w3'].map((name) => openHost(folder, name, cluster.port, cache)));
const [desk, ...others] = hosts;
const faults: string[] = [];

function helperOn(host: (typeof hosts)[number]): Helper {
  let before = '';
  const start = (clockAhead: boolean): Running => {
    const worker = host.run(`gradmark work --queue ${address} --jobs 1`, { clockAhead });
    // Who cannot begin, since the database is away, is started again, as a system does with its services.
    void worker.ended.then(async ({ code }) => {
      await wait(1000);
      if (code === 2 && helper.worker === worker) helper.restart(clockAhead);
    });
    return worker;
  };
  const helper: Helper = {
    ...{ host, worker: start(false) },
    said: () => before + helper.worker.said(),
    restart(clockAhead) {
      before += helper.worker.said();
      helper.worker = start(clockAhead);
    },
  };
  return helper;
}

try {
  await cluster.sql('CREATE DATABASE grading');
  await writeClass(join(desk!.home, 'class'), submissions);
  const calm = await desk!.run(`gradmark grade ${words} --out calm`).ended;
  if (calm.code !== 0) faults.push(`Undisturbed it ends with ${calm.code}: ${calm.stderr.slice(-500)}`);
  writeFileSync(join(desk!.home, 'secret'), readFileSync(join(desk!.home, 'calm/secret')), { mode: 0o600 });
  const made = await desk!.run(`gradmark queue init ${address} --heartbeat 10`).ended;
  if (made.code !== 0) faults.push(made.stderr);
  for (const { home } of others) cpSync(join(desk!.home, '.config'), join(home, '.config'), { recursive: true });

  const helpers = others.map(helperOn);
  const grading = desk!.run(`gradmark grade ${words} --out out --secret-file secret --queue ${address}`);
  let isOver = false;
  void grading.ended.then(() => (isOver = true));
  const struck = new Map<Kind, number>();
  const random = createRandom(seed, 'events');
  const ends: Promise<void>[] = [];
  for (const [i, kind] of drawEvents(events, random, hasDisk).entries()) {
    // Told by how far the work is, and not by the clock: some is left for the last.
    const due = Math.floor((i * submissions * 0.9) / events);
    while (!isOver && countTold(grading.said(), 'fresh') < due) await wait(50);
    if (isOver) break;
    await strike(kind, helpers[random.integer(helpers.length)]!, cluster, (end) => ends.push(end));
    struck.set(kind, (struck.get(kind) ?? 0) + 1);
  }
  await Promise.all(ends);
  const ended = await grading.ended;
  if (ended.code !== 0) faults.push(`It ends with ${ended.code}: ${ended.stderr.slice(-1500)}`);
  for (const { worker } of helpers) worker.terminate();
  await Promise.all(helpers.map(({ worker }) => worker.ended));

  // The class page says what has changed since the run before: nothing, after one more that finds all done.
  for (const out of ['calm', 'out']) await desk!.run(`gradmark grade ${words} --secret-file secret --out ${out}`).ended;
  faults.push(...(await differences(join(desk!.home, 'out'), join(desk!.home, 'calm'))));
  const book = openGradebook(join(desk!.home, 'out'));
  const judged = book.events({ kind: 'judged' }).map((event) => ('student' in event ? event.student : ''));
  book.close();
  const [results, alarms, left] = (
    await cluster.sql(
      `SELECT (SELECT count(*) FROM gradmark.results), (SELECT count(*) FROM gradmark.alarms),
      (SELECT count(*) FROM gradmark_boss.job j WHERE state < 'completed'
        AND NOT EXISTS (SELECT 1 FROM gradmark.results r WHERE r.name = j.singleton_key))`,
      'grading',
    )
  ).split('|');
  const lost = submissions - new Set(judged).size;
  const twice = judged.length - new Set(judged).size;
  const said = helpers.map((helper) => helper.said()).join('');
  const count = (what: RegExp) => said.match(what)?.length ?? 0;
  const happened = kinds.flatMap((kind) => (struck.has(kind) ? [`${kind} ${struck.get(kind)}`] : [])).join(', ');
  const total = [...struck.values()].reduce((sum, n) => sum + n, 0);
  say(`${submissions} submissions on ${others.length} hosts, ${total} events with the seed ${seed} (${happened}):`);
  say(`${lost} lost, ${twice} settled twice, ${alarms} alarms; ${results} results, ${left} jobs left over`);
  say(
    `${count(/ graded, as somebody else had/g)} graded once more and found to agree, ${count(/ lost: /g)} noticed to be somebody else's, ${count(/ given back/g)} given back`,
  );
  if (lost + twice + Number(alarms) + Number(left) > 0) faults.push('Something was lost, doubled or left.');
  if (total < events) faults.push(`Only ${total} of ${events} events came in time.`);
  if (faults.length > 0 && process.env['QUEUE_SAID'] !== undefined) say(said);
} finally {
  for (const host of hosts) await host.remove();
  await cluster.remove();
  if (hasDisk) execaSync('umount', [disk], { reject: false });
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) say(`  ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);
