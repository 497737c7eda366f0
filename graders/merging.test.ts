/** A folder that has grades is graded into again: what is new is added, what changed is updated, everything else stays. */
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchEvent, BatchOptions } from './batch/options.ts';
import type { Check } from './check.ts';
import { fail, pass } from './check.ts';
import type { Coursework } from './coursework.ts';
import { gradeBatch } from './grade.ts';
import { resultsOf } from './gradebook/class-results.ts';
import { stateOf } from './gradebook/fold.ts';
import { lockGrading } from './gradebook/grading-lock.ts';
import { openGradebook } from './gradebook/store.ts';
import type { Results } from './model/grade.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-merge-'));
  out = join(folder, 'out');
});
afterEach(() => rm(folder, { recursive: true }));

/** How often each check was run. */
const runs = new Map<string, number>();
const check = (id: string, task: string, more: Partial<Check> = {}): Check => ({
  ...{ id, task, title: id, points: 1, asks: 'nothing' },
  run: ({ submission }) => {
    runs.set(id, (runs.get(id) ?? 0) + 1);
    return Promise.resolve(submission.files[0]!.text.includes(id) ? pass() : fail({ says: `no ${id}` }));
  },
  ...more,
});
const tiny = (
  checks: Check[] = [check('one', 'T1'), check('two', 'T2', { needs: ['one'] })],
  slug = 'tiny',
): Coursework => ({
  assignment: {
    ...{ schema: 'gradmark/assignment/v1', slug, title: 'Tiny', summary: '', imports: [] },
    limits: { callMs: 2000, submissionMs: 20_000, memoryMb: 500 },
    tasks: ['T1', 'T2'].map((id) => ({ id, title: id, marks: 1, kinds: ['code'], unit: 't', exports: ['f'] })),
  },
  ...{ folder: '', checks, given: [], hash: 'h' },
});

async function write(files: Record<string, string>): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

async function graded(path: string, more: Partial<BatchOptions> = {}) {
  const events: BatchEvent[] = [];
  const results = await gradeBatch(
    {
      ...{
        coursework: tiny(),
        paths: [join(folder, path)],
        outDir: out,
        seed: 1,
        backend: 'cpu',
        level: await bestLevel(),
      },
      ...{ feedback: 'full', graderVersion: '1', jobs: 1, full: false },
      ...{ now: () => new Date(), clock: () => performance.now() },
      ...more,
    },
    (event) => events.push(event),
  );
  const recalled = events.flatMap((event) => (event.kind === 'graded' ? [event.recalled] : []));
  const unkept = events.flatMap((event) => (event.kind === 'unkept' ? [event.says] : []));
  return { results, recalled, unkept };
}
const scores = ({ submissions }: Results) =>
  submissions.map(({ id, tasks }) => [id, ...tasks.map((task) => `${task.id} ${task.score}`)]);
const kinds = () => {
  const book = openGradebook(out);
  const events = book.events();
  book.close();
  return events
    .filter(({ kind }) => kind !== 'begun')
    .map((event) => `${event.kind}${'student' in event ? ` ${event.student}` : ''}`);
};

test('one task more adds its verdicts and leaves the others', async () => {
  await write({ 'class/ann/t.ts': 'one two', 'class/ben/t.ts': 'one' });
  expect(scores((await graded('class', { only: ['T1'] })).results)).toEqual([['ann', 'T1 1'], ['ben', 'T1 1']]); // prettier-ignore
  runs.clear();
  const { results } = await graded('class', { only: ['T2'] });
  expect(scores(results)).toEqual([['ann', 'T1 1', 'T2 1'], ['ben', 'T1 1', 'T2 0']]); // prettier-ignore
  // What it needs was found before.
  expect([...runs]).toEqual([['two', 2]]);
});

test('one student more joins the class, a newer attempt takes the place of the older, and the others stay', async () => {
  await write({ 'class/ann/t.ts': 'one two', 'class/ben/t.ts': 'one', 'late/zoe/t.ts': 'one' });
  await graded('class');
  expect(scores((await graded('late/zoe')).results).map(([id]) => id)).toEqual(['ann', 'ben', 'zoe']);
  await write({ 'again/ben/t.ts': 'one two' });
  const { results } = await graded('again/ben');
  expect(scores(results)).toEqual([['ann', 'T1 1', 'T2 1'], ['ben', 'T1 1', 'T2 1'], ['zoe', 'T1 1', 'T2 0']]); // prettier-ignore
  expect(results.submissions.map(({ attempts }) => attempts)).toEqual([undefined, 2, undefined]);
  expect(JSON.parse(await readFile(join(out, 'results.json'), 'utf8'))).toMatchObject({ submissions: [{}, {}, {}] });
});

test('who joins under a name that is one with another’s on some disks is a namesake, whoever comes first by the alphabet', async () => {
  await write({ 'class/ann/t.ts': 'one', 'late/Ann/t.ts': 'two', 'both/Ann/t.ts': 'two', 'both/ann/t.ts': 'one' });
  expect((await graded('class')).results.namesakes).toBeUndefined();
  for (const path of ['late/Ann', 'both', 'class'])
    expect((await graded(path)).results.namesakes, path).toEqual(['Ann']);
});

test('what people gave is kept while a class is graded again, and while it is graded at all', async () => {
  await write({ 'class/ann/t.ts': 'one' });
  await graded('class');
  const book = openGradebook(out);
  const kim = { who: 'kim', at: '2026-11-02T10:00:00Z', why: 'It works.' };
  book.append([{ ...kim, kind: 'adjusted', student: 'ann', task: 'T2', points: 0.5 }]);
  await write({ 'class/ben/t.ts': 'one' });
  // A marker is at work in the middle of a batch.
  const slow = check('one', 'T1', {
    run: () => {
      book.append([{ ...kim, kind: 'adjusted', student: 'ann', task: 'T1', points: 0.25 }]);
      return Promise.resolve(pass());
    },
  });
  const { results } = await graded('class/ben', { coursework: tiny([slow, check('two', 'T2')]) });
  expect(scores(results)).toEqual([['ann', 'T1 0.25', 'T2 0.5'], ['ben', 'T1 1', 'T2 0']]); // prettier-ignore
  expect(resultsOf(stateOf(book.events()))).toEqual(results);
  book.close();
});

test('nothing is run or written twice for work that is known; refusals neither', async () => {
  await write({ 'class/ann/t.ts': 'one two', 'class/eve/notes.pdf': '' });
  await graded('class');
  const before = kinds();
  expect(before).toEqual(['configured', 'handed-in ann', 'judged ann', 'handed-in eve', 'judged eve']);
  runs.clear();
  const again = await graded('class');
  expect(again.recalled).toEqual([true, false]);
  expect(again.results.finishedAt).toBe(again.results.startedAt);
  expect([...runs]).toEqual([]);
  expect(kinds()).toEqual(before);
});

test('a check that broke is run again, with those that need it and no others', async () => {
  await write({ 'class/ann/t.ts': 'one two three' });
  const broken = check('one', 'T1', { run: () => Promise.reject(new Error('a slip of ours')) });
  const rest = [check('two', 'T2', { needs: ['one'] }), check('three', 'T2')];
  expect((await graded('class', { coursework: tiny([broken, ...rest]) })).results.submissions[0]!.held).toBe(true);
  runs.clear();
  const { results, recalled } = await graded('class', { coursework: tiny([check('one', 'T1'), ...rest]) });
  expect([...runs.keys()]).toEqual(['one', 'two']);
  expect([recalled, results.submissions[0]!.held, results.submissions[0]!.score]).toEqual([[false], false, 3]);
});

test('another coursework in the folder is refused with the reason, and what is there stays', async () => {
  await write({ 'class/ann/t.ts': 'one' });
  await graded('class', { seed: undefined });
  const secret = await readFile(join(out, 'batch.json'), 'utf8');
  await expect(graded('class', { coursework: tiny(undefined, 'other') })).rejects.toThrow(
    `${out} holds the grades of tiny: grade other into another folder, they would be taken for one class.`,
  );
  expect(await readFile(join(out, 'batch.json'), 'utf8')).toBe(secret);
});

test('a gradebook that is taken away or replaced in the middle is told', async () => {
  await write({ 'class/ann/t.ts': 'one' });
  const disturbed = async (disturb: (path: string) => Promise<unknown>) => {
    const run = () => disturb(join(out, 'gradebook.db')).then(() => pass());
    return (await graded('class', { coursework: tiny([check('one', 'T1', { run })]) })).unkept;
  };
  const lost = [expect.stringContaining('gradebook.db was deleted or replaced while it was written to')];
  expect(await disturbed(async () => undefined)).toEqual([]);
  await rm(out, { recursive: true });
  expect(await disturbed((path) => rm(path))).toEqual(lost);
  await rm(out, { recursive: true });
  const replaced = async (path: string) => rename(path, `${path}.moved`).then(() => writeFile(path, ''));
  expect(await disturbed(replaced)).toEqual(lost);
});

test('two processes do not grade into one folder at once', async () => {
  await write({ 'class/ann/t.ts': 'one' });
  await graded('class');
  const lock = await lockGrading(out, 'noon');
  await expect(graded('class')).rejects.toThrow(/is being graded into by process \d+ on .* since noon/);
  lock.release();
  await graded('class');
});

test('grades of a gradmark without gradebooks are read over, and stay with what is graded now', async () => {
  await write({ 'class/ann/t.ts': 'one two', 'class/ben/t.ts': 'one' });
  const { results } = await graded('class');
  const [ann] = results.submissions;
  await rm(out, { recursive: true });
  const provenance = { assignment: 'tiny', graderVersion: '0', graderHash: 'x', seed: 1, backend: 'cpu', level: 'A' };
  const record = (graded: object) =>
    JSON.stringify({
      schema: 'gradmark/result/v1',
      provenance: { ...provenance, full: false, data: false },
      grade: graded,
    });
  await write({ 'out/records/ann.json': record(ann!), 'out/records/ben.json': record(ann!).slice(0, 100) });
  expect(scores((await graded('class/ben')).results)).toEqual([['ann', 'T1 1', 'T2 1'], ['ben', 'T1 1', 'T2 0']]); // prettier-ignore
  await rm(join(out, 'gradebook.db'));
  await expect(graded('class', { coursework: tiny(undefined, 'other') })).rejects.toThrow('holds the grades of tiny');
});

test('late work in a round of its own says so where the class was asked in another', async () => {
  await write({ 'class/ann/t.ts': 'one', 'late/zoe/t.ts': 'one' });
  const first = await graded('class', { seed: undefined });
  const { results } = await graded('late', { seed: undefined, round: 'late' });
  expect(results.round!.name).toBe('late');
  expect(results.submissions.map(({ under }) => under?.round)).toEqual([first.results.round, undefined]);
});
