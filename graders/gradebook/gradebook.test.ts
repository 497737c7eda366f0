import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Grade, Results } from '../model/grade.ts';
import type { Provenance } from './gradebook.ts';
import { readResults, recallGrade, recordGrade, recordResults } from './gradebook.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-book-'));
});
afterEach(() => rm(folder, { recursive: true }));

const provenance: Provenance = {
  assignment: 'tiny',
  graderVersion: '1.0.0',
  graderHash: 'h1',
  seed: 7,
  backend: 'wasm',
  level: 'A',
  feedback: 'full',
  full: false,
  data: false,
};
const grade: Grade = {
  id: 'ann',
  sha256: 'abc',
  score: 1,
  max: 2,
  manualMax: 0,
  held: false,
  notes: [],
  tasks: [],
};
const ann = { id: 'ann', sha256: 'abc' };
const record = join('records', 'ann.json');

test('a grade is recalled for the same submission under the same provenance', async () => {
  await recordGrade(folder, provenance, grade);
  expect(await recallGrade(folder, { ...provenance }, ann)).toEqual(grade);
});

test('what was never graded, and another student, is not recalled', async () => {
  expect(await recallGrade(folder, provenance, ann)).toBeUndefined();
  await recordGrade(folder, provenance, grade);
  expect(await recallGrade(folder, provenance, { ...ann, id: 'ben' })).toBeUndefined();
});

test('a submission that changed is graded anew', async () => {
  await recordGrade(folder, provenance, grade);
  expect(await recallGrade(folder, provenance, { ...ann, sha256: 'abd' })).toBeUndefined();
});

test.each<Partial<Provenance>>([
  { assignment: 'other' },
  { graderVersion: '1.0.1' },
  { graderHash: 'h2' },
  { seed: 8 },
  { backend: 'cpu' },
  { level: 'D' },
  { feedback: 'score' },
  { only: ['Q1'] },
  { full: true },
  { data: true },
])('another provenance (%o) is graded anew', async (change) => {
  await recordGrade(folder, provenance, grade);
  expect(await recallGrade(folder, { ...provenance, ...change }, ann)).toBeUndefined();
});

test('a held grade is tried again, not remembered', async () => {
  await recordGrade(folder, provenance, { ...grade, held: true });
  expect(await recallGrade(folder, provenance, ann)).toBeUndefined();
});

test.each([
  ['half of it', (text: string) => text.slice(0, text.length / 2)],
  ['nothing', () => ''],
  ['null', () => 'null'],
  ['another document', () => '{"schema":"gradmark/result/v1"}'],
  ['no grade', (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), grade: undefined })],
  ['one of another version', (text: string) => text.replace('result/v1', 'result/v2')],
])('a record that holds %s counts as absent, and the next one replaces it', async (_, damage) => {
  await recordGrade(folder, provenance, grade);
  const path = join(folder, record);
  await writeFile(path, damage(await readFile(path, 'utf8')));
  expect(await recallGrade(folder, provenance, ann)).toBeUndefined();
  await recordGrade(folder, provenance, grade);
  expect(await recallGrade(folder, provenance, ann)).toEqual(grade);
});

test('a record is written whole: what is left of a cut-off one is never read, and nothing is left of a finished one', async () => {
  await recordGrade(folder, provenance, grade);
  await writeFile(join(folder, `${record}.1.part`), '{"schema":');
  expect(await recallGrade(folder, provenance, ann)).toEqual(grade);
  await rm(join(folder, `${record}.1.part`));
  expect(await readdir(join(folder, 'records'))).toEqual(['ann.json']);
});

test('a record keeps the values that JSON cannot hold', async () => {
  const finding = {
    says: 'It holds NaN.',
    gaps: [
      {
        name: 'W',
        shape: [2],
        distance: Infinity,
        tolerance: 0.002,
        worst: { index: [0], yours: NaN, expected: 1 },
        badShare: 1,
      },
    ],
  };
  const check = { id: 'a', title: 'a', task: 'T', outcome: 'fail' as const, points: 0, max: 1, ms: 0, finding };
  const task = { id: 'T', title: 'T', score: 0, max: 1, manualMax: 0, status: 'fail' as const, checks: [check] };
  await recordGrade(folder, provenance, { ...grade, tasks: [task] });
  expect((await recallGrade(folder, provenance, ann))!.tasks[0]!.checks[0]!.finding).toEqual(finding);
});

test('a finished batch is read back as it was stored', async () => {
  const results: Results = {
    schema: 'gradmark/results/v1',
    assignment: 'tiny',
    title: 'Tiny',
    graderVersion: '1.0.0',
    seed: 7,
    backend: 'wasm',
    level: 'A',
    feedback: 'full',
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:01:00.000Z',
    submissions: [grade],
  };
  await recordResults(join(folder, 'new', 'deep'), results);
  expect(await readResults(join(folder, 'new', 'deep'))).toEqual(results);
});

test('a folder without a batch, and a file that is none, are said with their path', async () => {
  const path = join(folder, 'results.json');
  await expect(readResults(folder)).rejects.toThrow(
    `${path} does not exist: grade something into this folder first (gradmark grade … --out ${folder}).`,
  );
  await writeFile(path, '{"schema":"something/else"}');
  await expect(readResults(folder)).rejects.toThrow(`${path} is not a results file of gradmark.`);
});
