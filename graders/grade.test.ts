/** The whole flow on a coursework of three tasks written here, with the real sandbox of this machine. */
import { Hash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Check } from './check.ts';
import { fail, pass } from './check.ts';
import type { Coursework } from './coursework.ts';
import type { BatchEvent, BatchOptions } from './batch/options.ts';
import type { GuestFactory, Lasting } from './guest-factory.ts';
import { gradeBatch } from './grade.ts';
import { createGuestFactory } from './guest-factory.ts';
import { readResults } from './gradebook/gradebook.ts';
import { manualCheck } from './manual.ts';
import { atNight } from './nightly.testing.ts';
import type { Assignment } from './model/assignment.ts';
import type { Results } from './model/grade.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-grade-'));
});
afterEach(() => rm(folder, { recursive: true }));

const assignment: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny',
  title: 'Tiny',
  summary: '',
  imports: [],
  limits: { callMs: 2000, submissionMs: 20_000, memoryMb: 500 },
  fullLimits: { submissionMs: 60_000 },
  tasks: [
    { id: 'T1', title: 'Twice', marks: 2, kinds: ['code'], unit: 't1', exports: ['twice'] },
    { id: 'T2', title: 'Ours', marks: 1, kinds: ['code'], unit: 't2', exports: ['f'] },
    { id: 'T3', title: 'Why', marks: 3, kinds: ['essay'], manual: { heading: 'Why', rubric: [] } },
  ],
};

const twice: Check = {
  id: 't1.twice',
  task: 'T1',
  title: 'twice doubles a number',
  points: 2,
  asks: 'twice(21)',
  run: async (context) => {
    const { value } = await (await context.guest()).call({ module: 't1', name: 'twice' }, [21]);
    return value === 42 ? pass() : fail({ says: 'twice is wrong.' });
  },
};
const ours = (run: Check['run']): Check => ({ id: 't2.f', task: 'T2', title: 'f', points: 1, asks: 'nothing', run });
const why = manualCheck({ id: 't3.why', task: 'T3', title: 'says why', points: 3 });

const tiny = (second: Check['run'] = () => Promise.resolve(pass()), hash = 'h1'): Coursework => ({
  assignment,
  folder: '',
  checks: [twice, ours(second), why],
  given: [],
  hash,
});

/** The same without the question that needs a process. */
const dry = (second?: Check['run'], hash?: string): Coursework => {
  const { checks, ...rest } = tiny(second, hash);
  return { ...rest, assignment: { ...assignment, tasks: assignment.tasks.slice(1) }, checks: checks.slice(1) };
};

const right = 'export const twice = (x: number): number => 2 * x;\n';
const wrong = 'export const twice = (x: number): number => x;\n';

/** Writes files below the folder of this test and gives the path of the class. */
async function handedIn(files: Record<string, string>, below = 'class'): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, below, path)), { recursive: true });
    await writeFile(join(folder, below, path), text);
  }
  return join(folder, below);
}

/** What reads programs takes longer to start than they take to grade: one does for all batches of the same limits. */
let reading: Promise<GuestFactory> | undefined;
afterAll(async () => (await reading)?.close());
async function usual({ coursework, backend }: Partial<BatchOptions>): Promise<Lasting | undefined> {
  if (backend !== undefined || (coursework !== undefined && coursework.assignment !== assignment)) return undefined;
  reading ??= createGuestFactory({ coursework: tiny(), level: await bestLevel(), backend: 'cpu' });
  return { factory: await reading, shared: new Map() };
}

async function graded(paths: readonly string[], more: Partial<BatchOptions> = {}, lasting?: Lasting | 'its own') {
  const events: BatchEvent[] = [];
  let ticks = 0;
  const results = await gradeBatch(
    {
      coursework: tiny(),
      paths,
      backend: 'cpu',
      level: await bestLevel(),
      feedback: 'full',
      graderVersion: '1.0.0',
      jobs: 1,
      full: false,
      now: () => new Date(Date.UTC(2026, 0, 1, 0, ticks++)),
      clock: () => performance.now(),
      ...more,
    },
    (event) => events.push(event),
    lasting === 'its own' ? undefined : (lasting ?? (await usual(more))),
  );
  return { results, events };
}
const scores = ({ submissions }: Results) => submissions.map(({ id, score }) => [id, score]);
const recalled = (events: readonly BatchEvent[]) =>
  events.flatMap((event) => (event.kind === 'graded' ? [[event.grade.id, event.recalled]] : []));

test('of what the processes of one program print together the beginning is kept', async () => {
  const path = await handedIn({ 'ann/t1.ts': `console.log('x'.repeat(19_000));\n${right}` });
  const coursework = tiny(async (context) => {
    for (let i = 0; i < 7; i++) {
      const guest = await context.guest({ fresh: true });
      await guest.call({ module: 't1', name: 'twice' }, [i]);
    }
    return pass();
  });
  const { results } = await graded([path], { coursework });
  const { stdout } = results.submissions[0]!;
  expect(stdout!.length).toBeLessThan(101_000);
  expect(stdout).toMatch(/^(x{19000}\n){5}x+\n… and more\n$/);
});

test('a class is graded in the sandbox, in the order of its ids, and the batch is told and stored', async () => {
  const path = await handedIn({
    'ben/t1.ts': `console.log('from ben');\n${wrong}`,
    'ann/t1.ts': right,
    'cem/t1.ts': 'export const twice = (x: number): number => { throw new Error(`no ${x}`); };\n',
    'dan/t2.ts': 'export const f = 1;\n',
    'eve/notes.pdf': '',
  });
  const outDir = join(folder, 'out');
  const { results, events } = await graded([path], { outDir, jobs: 2 }, 'its own');
  expect(scores(results)).toEqual([['ann', 3], ['ben', 1], ['cem', 1], ['dan', 1], ['eve', 0]]); // prettier-ignore
  const [ann, ben, cem, dan, eve] = results.submissions;
  const outcomes = (grade: typeof ann) => grade!.tasks.flatMap(({ checks }) => checks.map(({ outcome }) => outcome));
  expect(outcomes(ann)).toEqual(['pass', 'pass', 'manual']);
  expect([ann!.max, ann!.manualMax, ann!.held, ann!.stdout]).toEqual([6, 3, false, undefined]);
  expect(outcomes(ben)).toEqual(['fail', 'pass', 'manual']);
  expect(ben!.stdout).toContain('from ben');
  expect(outcomes(cem)).toEqual(['crash', 'pass', 'manual']);
  expect(outcomes(dan)).toEqual(['missing', 'pass', 'manual']);
  expect([outcomes(eve), eve!.held]).toEqual([['refused', 'refused', 'refused'], false]);
  expect(eve!.refused).toMatch(/^No file of tiny is there/);
  expect(eve!.tasks[0]!.checks[0]!.because).toBe(eve!.refused);

  expect(await readResults(outDir)).toEqual(results);
  expect(results).toMatchObject({
    schema: 'gradmark/results/v1',
    assignment: 'tiny',
    title: 'Tiny',
    graderVersion: '1.0.0',
    backend: 'cpu',
    feedback: 'full',
  });
  expect(results.of).toBeUndefined();
  expect(results.startedAt < results.finishedAt).toBe(true);
  expect(events[0]).toEqual({ kind: 'received', total: 5, recalled: 0 });
  const done = events.flatMap((event) => (event.kind === 'graded' ? [[event.done, event.total]] : []));
  expect(done).toEqual([[1, 5], [2, 5], [3, 5], [4, 5], [5, 5]]); // prettier-ignore
  expect(recalled(events).every(([, known]) => known === false)).toBe(true);
  // Whoever cannot be read has no verdicts of a program.
  const heard = events.flatMap((event) => (event.kind === 'verdict' ? [event] : []));
  expect(heard.map(({ judged, of }) => `${judged}/${of}`).sort()).toEqual(
    ['1/3', '2/3', '3/3'].flatMap((one) => Array<string>(4).fill(one)),
  );
  const [first] = heard.find(({ judged }) => judged === 1)!.soFar().submissions;
  expect([first!.tasks.map(({ checks }) => checks.length), first!.held]).toEqual([[1], false]);
});

test('what broke is ours: the grade is held, keeps its other points, and is tried again', async () => {
  const path = await handedIn({ 't1.ts': right }, 'ann');
  const outDir = join(folder, 'out');
  const coursework = tiny(() => Promise.reject(new TypeError('a mistake of ours')));
  const { results } = await graded([path], { outDir, coursework });
  const [ann] = results.submissions;
  expect([ann!.held, ann!.score]).toEqual([true, 2]);
  expect(ann!.tasks[1]!.checks[0]).toMatchObject({ outcome: 'broken', points: 0 });
  expect(ann!.tasks[1]!.checks[0]!.staff).toContain('a mistake of ours');
  // As if the trouble had been that day's: nothing else changed.
  const again = await graded([path], { outDir });
  expect(recalled(again.events)).toEqual([['ann', false]]);
  expect([again.results.submissions[0]!.held, again.results.submissions[0]!.score]).toEqual([false, 3]);
});

test('what was graded is kept until the work changes, with the probes of the first time', async () => {
  const path = await handedIn({ 'ann/t1.ts': right, 'ben/t1.ts': wrong });
  const outDir = join(folder, 'out');
  const first = await graded([path], { outDir });
  const known = await graded([path], { outDir });
  expect(recalled(known.events)).toEqual([['ann', true], ['ben', true]]); // prettier-ignore
  expect(known.results.submissions).toEqual(first.results.submissions);
  await handedIn({ 'ben/t1.ts': right });
  const { results, events } = await graded([path], { outDir });
  expect(recalled(events)).toEqual([['ann', true], ['ben', false]]); // prettier-ignore
  expect(scores(results)).toEqual([['ann', 3], ['ben', 3]]); // prettier-ignore
  expect(results.round).toEqual(first.results.round);
  expect(first.results.round).toMatchObject({ name: '1' });
});

const anew: [string, Partial<BatchOptions>][] = [
  ['another grader', { coursework: dry(undefined, 'h2') }],
  ['a seed', { seed: 5 }],
  ['another round', { round: 'late' }],
  ['another backend', { backend: 'wasm' }],
  ['full size', { full: true }],
  ['data', { dataFolder: '/data' }],
];
test.each(atNight(anew, 3))('with %s a grade is not taken from before', async (_, change) => {
  const path = await handedIn({ 't2.ts': '' }, 'ann');
  const outDir = join(folder, 'out');
  const known = async (more: Partial<BatchOptions>) =>
    recalled((await graded([path], { outDir, coursework: dry(), ...more })).events);
  expect(await known({})).toEqual([['ann', false]]);
  expect(await known(change)).toEqual([['ann', false]]);
  expect(await known(change)).toEqual([['ann', true]]);
});

test.each<[string, Partial<BatchOptions>]>([
  ['another version of the same checks', { graderVersion: '1.0.1' }],
  ['another feedback level', { feedback: 'hint' }],
  ['some tasks only', { only: ['T2'] }],
])('with %s a grade is taken from before', async (_, change) => {
  const path = await handedIn({ 't2.ts': '' }, 'ann');
  const outDir = join(folder, 'out');
  const first = await graded([path], { outDir, coursework: dry() });
  const { results, events } = await graded([path], { outDir, coursework: dry(), ...change });
  expect(recalled(events)).toEqual([['ann', true]]);
  expect(results.submissions).toEqual(first.results.submissions);
  expect(results.feedback).toBe(change.feedback ?? 'full');
});

test('two students of one name, from two folders, have a grade each', async () => {
  const monday = await handedIn({ 'ann/t2.ts': '', 'ben/t2.ts': '' }, 'monday');
  const friday = await handedIn({ 'Ann/t2.ts': 'late', 'ben/t2.ts': 'late' }, 'friday');
  const outDir = join(folder, 'out');
  const coursework = dry(({ submission }) =>
    Promise.resolve(submission.files[0]!.text === 'late' ? fail({ says: 'It is late.' }) : pass()),
  );
  const { results } = await graded([monday, friday], { outDir, coursework });
  expect(scores(results)).toEqual([['Ann-friday', 0], ['ann-monday', 1], ['ben-friday', 0], ['ben-monday', 1]]); // prettier-ignore
});

test('an interrupted batch finishes what it began and takes no more; the next one goes on from there', async () => {
  const path = await handedIn({ 'ann/t2.ts': '', 'ben/t2.ts': '', 'cem/t2.ts': '' });
  const outDir = join(folder, 'out');
  const stop = new AbortController();
  const coursework = dry(() => {
    stop.abort();
    return Promise.resolve(pass());
  });
  const { results } = await graded([path], { outDir, coursework, signal: stop.signal });
  expect(scores(results)).toEqual([['ann', 1]]);
  expect([results.of, (await readResults(outDir)).of]).toEqual([3, 3]);
  const rest = await graded([path], { outDir, coursework: dry() });
  expect(recalled(rest.events)).toEqual([['ann', true], ['ben', false], ['cem', false]]); // prettier-ignore
  expect(scores(rest.results)).toEqual([['ann', 1], ['ben', 1], ['cem', 1]]); // prettier-ignore
  expect(rest.results.of).toBeUndefined();
});

test('only the tasks that are asked for are graded', async () => {
  const path = await handedIn({ 'ann/t2.ts': '', 'eve/notes.pdf': '' });
  const { results } = await graded([path], { only: ['T2'] });
  expect(
    results.submissions.map(({ id, score, max, tasks }) => [id, score, max, tasks.map((task) => task.id)]),
  ).toEqual([
    ['ann', 1, 1, ['T2']],
    ['eve', 0, 1, ['T2']],
  ]);
});

test('without a folder nothing is stored, and what probes follow from is used by every check', async () => {
  const path = await handedIn({ 'ann/t2.ts': '', 'ben/t2.ts': '' });
  const drawn: number[] = [];
  const coursework = dry((context) => {
    drawn.push(context.random('a').next());
    return Promise.resolve(pass());
  });
  const seeds = [5, 5, 6].map((seed) => ({ seed, coursework }));
  for (const more of seeds) expect((await graded([path], more)).results.seed).toBe(more.seed);
  expect(new Set(drawn.slice(0, 4)).size).toBe(1);
  expect(drawn[4]).not.toBe(drawn[0]);
  expect(await readdir(folder)).toEqual(['class']);
  // Nobody keeps this secret: nobody is asked the same again.
  const [once, again] = [await graded([path], { coursework }), await graded([path], { coursework })];
  expect(new Set(drawn.slice(6)).size).toBe(2);
  expect(once.results.round!.fingerprint).not.toBe(again.results.round!.fingerprint);
});

test('the first of a class is graded before the last is read', async () => {
  const path = await handedIn({ 'ann/t2.ts': 'early', 'ben/t2.ts': 'early' });
  const texts: string[] = [];
  const coursework = dry(async ({ submission }) => {
    texts.push(submission.files[0]!.text);
    await writeFile(join(path, 'ben/t2.ts'), 'later');
    return pass();
  });
  await graded([path], { coursework });
  expect(texts).toEqual(['early', 'later']);
});

test('what fails of ours while one submission is read holds that one, and the others are graded', async () => {
  const path = await handedIn({ 'ann/t2.ts': 'one', 'ben/t2.ts': 'two' });
  const coursework = dry();
  const factory = await createGuestFactory({ coursework, level: await bestLevel(), backend: 'cpu' });
  // A batch that has its factory computes no hash before that of the first submission.
  const ours = vi.spyOn(Hash.prototype, 'digest').mockImplementationOnce(() => {
    throw new Error('our own slip');
  });
  try {
    const { results } = await graded([path], { coursework }, { factory, shared: new Map() });
    expect(results.submissions.map(({ id, held }) => [id, held])).toEqual([
      ['ann', true],
      ['ben', false],
    ]);
    const staff = expect.stringContaining('our own slip') as string;
    expect(results.submissions[0]!.tasks[0]!.checks[0]).toMatchObject({ outcome: 'broken', staff });
  } finally {
    ours.mockRestore();
    await factory.close();
  }
});

test('with full size comes the time for it', async () => {
  const busy = `const until = Date.now() + 500;\nwhile (Date.now() < until);\n${right}`;
  const path = await handedIn({ 't1.ts': busy }, 'ann');
  const coursework = tiny();
  const limits = { ...coursework.assignment.limits, callMs: 20, submissionMs: 20 };
  const assignment = { ...coursework.assignment, limits, fullLimits: { callMs: 20_000, submissionMs: 60_000 } };
  const outcome = async (full: boolean) => {
    const { results } = await graded([path], { full, only: ['T1'], coursework: { ...coursework, assignment } });
    return results.submissions[0]!.tasks[0]!.checks[0]!.outcome;
  };
  expect(await outcome(false)).toBe('timeout');
  expect(await outcome(true)).toBe('pass');
});

test('the clock of a submission runs while it is served, not while it waits', async () => {
  const path = await handedIn({ 't1.ts': right }, 'ann');
  let now = 0;
  const { results } = await graded([path], { clock: () => (now += 30_000), only: ['T1'] });
  expect(results.submissions[0]!.tasks[0]!.checks[0]!.outcome).toBe('pass');
});

test('files are called as they were handed in', async () => {
  const path = await handedIn({ 't1.js': 'exports.twice = (x) => nothing;\n' }, 'ann');
  const [ann] = (await graded([path])).results.submissions;
  expect(ann!.tasks[0]!.checks[0]).toMatchObject({ outcome: 'crash', finding: { places: [{ path: 't1.js' }] } });
});

test('what a batch keeps is for its owner alone', async () => {
  const path = await handedIn({ 'ann/t2.ts': '' });
  const outDir = join(folder, 'new', 'out');
  await graded([path], { outDir, coursework: dry() });
  const kept = (await readdir(outDir, { recursive: true })).sort();
  expect(kept).toEqual(['batch.json', 'gradebook.db', 'grading.json', 'grading.lock', 'results.json', 'secret']);
  for (const name of ['', ...kept]) {
    const about = await stat(join(outDir, name));
    expect([name, about.mode & 0o777]).toEqual([name, about.isDirectory() ? 0o700 : 0o600]);
  }
});

test('what is graded again after a change is graded anew, and what does not change is made once', async () => {
  let made = 0;
  const coursework = tiny((context) => {
    context.oncePerBatch('probes', () => (made += 1));
    return Promise.resolve(pass());
  });
  const factory = await createGuestFactory({ coursework, level: await bestLevel(), backend: 'cpu' });
  const lasting = { factory, shared: new Map() };
  const found = [];
  for (const text of [wrong, right, wrong]) {
    const path = await handedIn({ 't1.ts': text }, 'ann');
    found.push(scores((await graded([path], { coursework }, lasting)).results));
  }
  await factory.close();
  expect(found).toEqual([[['ann', 1]], [['ann', 3]], [['ann', 1]]]);
  expect(made).toBe(1);
});
