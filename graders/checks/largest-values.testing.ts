/** The largest answers that the protocol lets through, and the most awkward of these. */
import type { Value } from '../model/guest.ts';
import { makeArray } from '../numerics/arrays.ts';
import { jsonCap } from '../protocol/frame.ts';
import { depthCap, elementCap } from '../protocol/wire.ts';
import { list, record } from '../values.ts';

const items = 2 ** 20;
const filled = (length: number, item: (i: number) => Value): Value => list(Array.from({ length }, (_, i) => item(i)));
const numbers = new Float64Array(elementCap).fill(0.5);

/** Numbers as far as the protocol goes, of which one is as good as the next. */
const all = (number: (i: number) => number) => () =>
  makeArray(
    [elementCap],
    numbers.map((_, i) => number(i)),
  );
const nested = (depth: number): Value => (depth === 0 ? 1 : list([nested(depth - 1), record({ deep: depth })]));

/** As large as one reply may be, in each of the forms that it may have. */
export const largest: Readonly<Record<string, () => Value>> = {
  'a list of a million numbers': () => filled(items, (i) => i),
  'half a million lists': () => filled(items / 2, () => list([1])),
  'as many arrays as fit': () => filled(items / 8, () => makeArray([1], [1])),
  'as many names as fit': () => record(Object.fromEntries(Array.from({ length: items / 8 }, (_, i) => [`k${i}`, i]))),
  'one name': () => record({ ['x'.repeat(jsonCap - 100)]: 1 }),
  'one text': () => 'x'.repeat(jsonCap - 100),
  'all numbers in one array': () => makeArray([elementCap], numbers),
  'all numbers in rows of one': () => makeArray([elementCap, 1], numbers),
  'all numbers in one row': () => makeArray([1, elementCap], numbers),
  'no number at all, as often as fits': all(() => NaN),
  'infinities by turns': all((i) => (i % 2 === 0 ? Infinity : -Infinity)),
  'the smallest numbers that there are': all(() => 5e-324),
  'the largest numbers that there are': all((i) => (i % 2 === 0 ? 1.7e308 : -1.7e308)),
  'rows of all lengths': () => filled(1400, (i) => makeArray([i], new Float64Array(i))),
  'lists of all lengths': () => filled(1400, (i) => filled(i, () => 1)),
  'as deep as it may be': () => nested(depthCap),
  'as many texts as fit': () => filled(items / 8, (i) => `text ${i}`),
  'names of the language': () =>
    record(
      Object.fromEntries(['__proto__', 'constructor', 'length', 'then', 'shape', 'toString'].map((name) => [name, 1])),
    ),
};
