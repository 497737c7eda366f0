import { expect, test } from 'vitest';
import { makeArray } from '../numerics/arrays.ts';
import { wrongLine } from './wrong-lines.ts';

/** Ones of this shape, of which the entries at these places are wrong by a tenth. */
function pair(shape: readonly number[], ...wrong: readonly number[][]) {
  const size = shape.reduce((a, b) => a * b, 1);
  const places = wrong.map((place) => place.reduce((at, i, axis) => at * shape[axis]! + i, 0));
  const right = makeArray(shape, new Float64Array(size).fill(1));
  return {
    right,
    yours: makeArray(
      shape,
      Float64Array.from(right.data, (v, i) => (places.includes(i) ? v + 0.1 : v)),
    ),
  };
}

test.each([
  ['the last column', [pair([3, 4], [0, 3], [2, 3])], 'All of its columns but the last one are right.'],
  ['the first column', [pair([3, 4], [1, 0])], 'All of its columns but the first one are right.'],
  ['the last row', [pair([3, 4], [2, 0], [2, 1])], 'All of its rows but the last one are right.'],
  ['the last number', [pair([5], [4])], 'All of its numbers but the last one are right.'],
  [
    'the last column, whatever the size',
    [pair([3, 4], [1, 3]), pair([2, 2], [0, 1], [1, 1])],
    'All of its columns but the last one are right.',
  ],
  ['a column in between', [pair([3, 4], [0, 1], [2, 1])], undefined],
  ['another end each time', [pair([3, 4], [1, 3]), pair([3, 4], [1, 0])], undefined],
  ['the only row there is', [pair([1, 1], [0, 0])], undefined],
  ['nothing', [pair([3, 4])], undefined],
  ['a shape', [{ right: pair([3, 4]).right, yours: pair([4, 3]).right }], undefined],
])('wrong in %s', (_, pairs, says) => {
  expect(wrongLine(pairs, 0.01)).toBe(says);
});

test('what lies within the tolerance is right', () => {
  expect(wrongLine([pair([3, 4], [0, 3])], 0.2)).toBeUndefined();
});
