import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Submission } from '../model/submission.ts';
import { createRandom } from '../numerics/random.ts';
import { seedFrom, seedOfBatch } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const submission = (sha256: string): Submission => ({ id: sha256, sha256, files: [], notes: [] });
const [ada, ben, cem] = ['ada', 'ben', 'cem'].map(submission) as [Submission, Submission, Submission];

test('the same class gets the same probes, in whatever order it is read', () => {
  expect(seedFrom('hw', [ada, ben])).toBe(seedFrom('hw', [ben, ada]));
  expect(Number.isSafeInteger(seedFrom('hw', [ada, ben]))).toBe(true);
});

test('one changed byte of anybody, or another coursework, gives other probes', () => {
  const seeds = [seedFrom('hw', [ada, ben]), seedFrom('hw', [ada, cem]), seedFrom('hw', [ada]), seedFrom('w2', [ada])];
  expect(new Set(seeds).size).toBe(4);
  expect(new Set(seeds.map((seed) => createRandom(seed, 'probe').next())).size).toBe(4);
});

test('a late submission is asked what the others were asked; another coursework in the folder is not', async () => {
  const first = await seedOfBatch(folder, 'hw', [ada, ben]);
  expect(await seedOfBatch(folder, 'hw', [ada, ben, cem])).toBe(first);
  expect(await seedOfBatch(folder, 'w2', [ada, ben])).not.toBe(first);
});

test('a seed that was given is kept like a drawn one; a damaged file counts as none', async () => {
  const own = join(folder, 'given');
  expect(await seedOfBatch(own, 'hw', [ada], 5)).toBe(5);
  expect(await seedOfBatch(own, 'hw', [ada, ben])).toBe(5);
  writeFileSync(join(own, 'batch.json'), 'null');
  expect(await seedOfBatch(own, 'hw', [ada])).toBe(seedFrom('hw', [ada]));
});

test('seeds that differ only beyond 32 bits give different streams', () => {
  expect(createRandom(2 ** 40 + 7, 'probe').next()).not.toBe(createRandom(7, 'probe').next());
});
