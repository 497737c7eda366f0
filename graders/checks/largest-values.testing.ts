/** The largest answers that the protocol lets through. */
import type { Value } from '../model/guest.ts';
import { makeArray } from '../numerics/arrays.ts';
import { jsonCap } from '../protocol/frame.ts';
import { elementCap } from '../protocol/wire.ts';
import { list, record } from '../values.ts';

const items = 2 ** 20;
const filled = (length: number, item: (i: number) => Value): Value => list(Array.from({ length }, (_, i) => item(i)));
const numbers = new Float64Array(elementCap).fill(0.5);

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
};
