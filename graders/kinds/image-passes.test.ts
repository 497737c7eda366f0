import { describe, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import type { ImageSet } from './image-set.ts';
import { drawImages, pixels, side } from './image-set.ts';
import { placedByLabels, recogniserOf } from './image-passes.ts';

const count = 24;
const set = drawImages(createRandom(3, 'images'), count);
const forwards = Array.from({ length: count }, (_, i) => i);
const orders: [string, number[]][] = [
  ['in their order', forwards],
  ['turned round', forwards.toReversed()],
  ['shuffled', createRandom(5, 'order').permutation(count)],
  ['some of them twice', [3, 3, 0, 23, 3]],
];
type Change = (values: Float64Array) => Float64Array;
const changes: [string, Change][] = [
  ['as they are', (values) => values],
  ['in float32, from 0 to 1', (values) => values.map((v) => Math.fround(v / 255))],
  ['black and white exchanged', (values) => values.map((v) => 255 - v)],
  ['in black and white', (values) => values.map((v) => (v > 127 ? 1 : 0))],
  ['rows and columns exchanged', (values) => values.map((_, p) => values[(p % side) * side + Math.floor(p / side)]!)],
];

const indicesIn = (of: ImageSet, order: readonly number[], change: Change) =>
  recogniserOf(of)({
    sizes: [order.length],
    images: order.map((i) => change(Float64Array.from(of.images.subarray(i * pixels, (i + 1) * pixels)))),
    labels: [...order],
  });

describe.each(orders)('images %s are known again', (_, order) => {
  test.each(changes)('%s', (_, change) => {
    expect(indicesIn(set, order, change)).toEqual(order);
  });
});

test('of two images that are nearly the same each is known, also behind the other', () => {
  const twins = { images: set.images.slice(), labels: set.labels };
  twins.images.copyWithin(5 * pixels, 4 * pixels, 5 * pixels);
  twins.images[5 * pixels]! ^= 64;
  expect(indicesIn(twins, [4, 5, 4, 3, 5], (values) => values)).toEqual([4, 5, 4, 3, 5]);
});

test('an image with a pixel that is no number is none of the set', () => {
  expect(indicesIn(set, [2, 3], (values) => values.with(7, NaN))).toEqual([-1, -1]);
});

test('what is made of the pixels of several images is none of the set, and stands for one that bears its label', () => {
  const mixed = (values: Float64Array) => values.map((_, p) => set.images[p * count + 5]!);
  expect(indicesIn(set, [2, 3], mixed)).toEqual([-1, -1]);
  const some = { images: set.images, labels: Uint8Array.from([4, 7, 4, 9]) };
  expect(placedByLabels([-1, 1, -1, -1], [4, 7, 4, 9], some)).toEqual([0, 1, 2, 3]);
  expect(placedByLabels([-1, -1, -1, -1], [9, 4, 7, 5], some)).toEqual([3, 0, 1, -1]);
  // Who comes already is missed by nobody.
  expect(placedByLabels([0, -1, 2, 0], [4, 4, 4, 4], some)).toEqual([0, -1, 2, 0]);
});
