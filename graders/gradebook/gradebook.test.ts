import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Grade, Results } from '../model/grade.ts';
import { readResults, readWhose, recordResults } from './gradebook.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-book-'));
});
afterEach(() => rm(folder, { recursive: true }));

const grade: Grade = {
  ...{ id: 'ann', sha256: 'abc', score: 1, max: 2, manualMax: 0, held: false, notes: [], tasks: [] },
};

const finished: Results = {
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

test('a finished batch is read back as it was stored', async () => {
  await recordResults(join(folder, 'new', 'deep'), finished);
  expect(await readResults(join(folder, 'new', 'deep'))).toEqual(finished);
});

test('who is absent is found beside the grades, whatever these say', async () => {
  const ben = { name: 'Ben "x",\n  "absent": [', number: '7' };
  const lookalike = { ...grade, notes: ['  "absent": [', '\n  "unclear": [\n    "no"\n  ]'], absent: ['no'] };
  const of = async (beside: Pick<Results, 'absent' | 'unclear'>) => {
    await recordResults(folder, { ...finished, submissions: [lookalike, lookalike], ...beside });
    return readWhose(folder);
  };
  expect(await readWhose(folder)).toEqual({});
  expect(await of({})).toEqual({});
  expect(await of({ absent: [], unclear: ['which of two'] })).toEqual({ absent: [], unclear: ['which of two'] });
  expect(await of({ absent: [ben, ben] })).toEqual({ absent: [ben, ben] });
  await writeFile(join(folder, 'results.json'), '[]');
  expect(await readWhose(folder)).toEqual({});
});

test('a folder without a batch, and a file that is none, are said with their path', async () => {
  const path = join(folder, 'results.json');
  await expect(readResults(folder)).rejects.toThrow(
    `${path} does not exist: grade something into this folder first (gradmark grade … --out ${folder}).`,
  );
  await writeFile(path, '{"schema":"something/else"}');
  await expect(readResults(folder)).rejects.toThrow(`${path} is not a results file of gradmark.`);
});
