/**
 * The places of numbers in the order of their size, found digit by digit: sorting them and looking for each takes longer.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { sortingOrder } from 'gradmark/numerics/sorting-order';
 *
 * assert.deepEqual([...sortingOrder(Float64Array.of(3, -1, NaN, 2))], [1, 3, 0, 2]);
 * ```
 */
import { endianness } from 'node:os';

const [lowWord, highWord] = endianness() === 'LE' ? [0, 1] : [1, 0];
/** Bytes are digits: a digit for which there are more counters costs short samples more than it spares long ones. */
const lowest = 255;
const shifts = [0, 8, 16, 24];

/** The places at which the numbers stand, from the smallest number on; equal ones keep their order, and what is no number comes last. */
export function sortingOrder(numbers: Float64Array): Uint32Array {
  let order = new Uint32Array(numbers.length);
  for (let place = 0; place < order.length; place++) order[place] = place;
  for (const keys of singleKeysOf(numbers) ?? keysOf(numbers))
    for (const shift of shifts) order = byDigit(order, keys, shift);
  return order;
}

/** The same places, ordered by one digit of their keys. */
function byDigit(order: Uint32Array<ArrayBuffer>, keys: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const n = order.length;
  const ends = new Uint32Array(lowest + 1);
  for (let place = 0; place < n; place++) ends[(keys[place]! >>> shift) & lowest]!++;
  // Of numbers in single precision the lowest digits are zero.
  if (n === 0 || ends[(keys[0]! >>> shift) & lowest] === n) return order;
  for (let value = 1; value <= lowest; value++) ends[value]! += ends[value - 1]!;
  const sorted = new Uint32Array(n);
  for (let k = n - 1; k >= 0; k--) sorted[--ends[(keys[order[k]!]! >>> shift) & lowest]!] = order[k]!;
  return sorted;
}

/** One word for each number, where single precision holds all of them: half as many digits. */
function singleKeysOf(numbers: Float64Array): [keys: Uint32Array] | undefined {
  const singles = new Float32Array(numbers);
  for (let place = 0; place < numbers.length; place++)
    if (singles[place] !== numbers[place] && !Number.isNaN(numbers[place])) return undefined;
  const keys = new Uint32Array(singles.buffer);
  for (let place = 0; place < numbers.length; place++) {
    const word = keys[place]!;
    keys[place] = Number.isNaN(numbers[place]) ? 2 ** 32 - 1 : word >= 2 ** 31 ? ~word : word | (2 ** 31);
  }
  return [keys];
}

/** Two words for each number, which are ordered as the numbers are. */
function keysOf(numbers: Float64Array): [low: Uint32Array, high: Uint32Array] {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  const [low, high] = [new Uint32Array(numbers.length), new Uint32Array(numbers.length)];
  for (let place = 0; place < numbers.length; place++) {
    const [l, h] = [words[2 * place + lowWord]!, words[2 * place + highWord]!];
    const isNegative = h >= 2 ** 31;
    low[place] = isNegative ? ~l : l;
    high[place] = isNegative ? ~h : h | (2 ** 31);
    if (Number.isNaN(numbers[place])) low[place] = high[place] = 2 ** 32 - 1;
  }
  return [low, high];
}
