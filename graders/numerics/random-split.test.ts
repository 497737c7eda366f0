import { expect, test } from 'vitest';
import { bostonLike } from '../data/boston-like.ts';
import { createRandom } from './random.ts';
import { CHECK_ALPHA } from './statistics.ts';
import { splitTest } from './random-split.ts';

const n = 404;
const quarter = n / 4;
const random = createRandom(3, 'splits');
const { x } = bostonLike(random, n);
const rejects = (ids: readonly number[]) => splitTest(x, new Set(ids), CHECK_ALPHA).rejected;
const all = x.map((_, i) => i);
const by = (j: number) => [...all].sort((a, b) => x[a]![j]! - x[b]![j]!);

test('random quarters are random', () => {
  for (let i = 0; i < 300; i++) expect(rejects(random.permutation(n).slice(0, quarter))).toBe(false);
});

test.each([
  ['the first quarter', all.slice(0, quarter)],
  ['the last quarter', all.slice(-quarter)],
  ['a block in the middle', all.slice(120, 120 + quarter)],
  ['every fourth row', all.filter((i) => i % 4 === 1)],
  ['blocks of five rows', all.filter((i) => Math.floor(i / 5) % 4 === 2)],
  ['the rows with the most rooms', by(5).slice(-quarter)],
  ['the rows with the smallest last feature', by(12).slice(0, quarter)],
])('%s is not', (_, ids) => {
  expect(rejects(ids)).toBe(true);
});
