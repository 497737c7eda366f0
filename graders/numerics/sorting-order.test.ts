import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { sortingOrder } from './sorting-order.ts';

test('numbers of both signs and all sizes, in either precision, stand in their order, NaN last, equal ones as they came', () => {
  const random = createRandom(6, 'order');
  const sizes = Float64Array.from({ length: 3000 }, () => random.normal() * 10 ** random.integer(40));
  const special = [-NaN, 3, -0, 0, NaN, -Infinity, 3, 5e-324, Infinity, -5e-324, -0, 3];
  for (const numbers of [sizes, sizes.map(Math.fround), sizes.map(Math.trunc), Float64Array.from(special)]) {
    const order = Array.from(numbers.keys()).sort((a, b) => byValue(numbers[a]!, numbers[b]!));
    expect([...sortingOrder(numbers)]).toEqual(order);
  }
  expect(sortingOrder(new Float64Array())).toHaveLength(0);
});

/** Array's own sort keeps the order of equal ones; of two zeros the negative one is the smaller, as it is for typed arrays. */
function byValue(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  if (a !== b) return a < b ? -1 : 1;
  return Number(Object.is(b, -0)) - Number(Object.is(a, -0));
}
