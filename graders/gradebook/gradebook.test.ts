import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Grade, Results } from '../model/grade.ts';
import { readResults, recordResults } from './gradebook.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-book-'));
});
afterEach(() => rm(folder, { recursive: true }));

const grade: Grade = {
  ...{ id: 'ann', sha256: 'abc', score: 1, max: 2, manualMax: 0, held: false, notes: [], tasks: [] },
};

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
