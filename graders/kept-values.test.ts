import { expect, test } from 'vitest';
import { bytesOf, isApart, valueOf } from './kept-values.ts';
import { packed } from './numerics/packed-rows.ts';

const copyOf = <T>(value: T): T => valueOf(bytesOf(value)!) as T;
const table = (rows: number, columns: number) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => i * 0.1 - j / 3));

test('numbers come back to the last bit, in rows, lists and typed arrays, with all else that is plain', () => {
  const value = {
    ...{
      W: [table(7, 5), table(5, 1)],
      b: [[-0, NaN, Infinity, 0.1]],
      none: [],
      empty: [[], []],
      ragged: [[1], [2, 3]],
    },
    ...{ data: Float32Array.of(0.1, -0), bytes: new Uint8Array(3), long: Array.from({ length: 40 }, (_, i) => -i / 7) },
    ...{ text: 'ü', not: undefined, no: null, is: true, nested: { list: ['a', 1, [2]] } },
  };
  const copy = copyOf(value);
  expect(copy).toEqual(value);
  expect(Object.keys(copy)).toEqual(Object.keys(value));
  expect(Object.is(copy.b[0]![0], -0)).toBe(true);
  expect(copy.data).toBeInstanceOf(Float32Array);
});

test('what was one object is one object, a row of a table and a list among them', () => {
  const [rows, list] = [table(8, 8), Array.from({ length: 20 }, Math.sqrt)];
  const whole = table(9, 9);
  const copy = copyOf({ rows, first: rows[0], lists: [list, list], whole, again: [whole] });
  expect(copy.first).toBe(copy.rows[0]);
  expect(copy.lists[0]).toBe(copy.lists[1]);
  expect(copy.again[0]).toBe(copy.whole);
  expect(copy.rows).toEqual(rows);
});

test('rows that come back know their numbers side by side', () => {
  const rows = copyOf({ rows: table(6, 4) }).rows;
  expect(packed(rows)).toBe(packed(rows));
  expect([...packed(rows)]).toEqual(table(6, 4).flat());
});

test('what would be another one when it is read has no bytes', () => {
  class Own {
    x = 1;
  }
  const holes = [1, 2, 3];
  delete holes[1];
  const bad = [() => 1, Symbol('a'), new Own(), new Map(), new Set([1]), new Date(0), Buffer.of(1), holes, /a/, Object.create(null)]; // prettier-ignore
  for (const one of bad) expect(bytesOf({ within: [one] }), String(one?.constructor)).toBeUndefined();
  expect(bytesOf({ [Symbol.iterator]: 1 })).toBeUndefined();
  expect(bytesOf(JSON.parse('{"__proto__": {}}'))).toBeUndefined();
});

test('values are apart where no object within one is an object within the other', () => {
  const shared = { numbers: [1, 2] };
  expect(isApart([{ a: [1] }], [{ a: [1] }])).toBe(true);
  expect(isApart([{ a: shared }], [[shared.numbers]])).toBe(false);
});
