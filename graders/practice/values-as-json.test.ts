import { expect, test } from 'vitest';
import { asJson, fromJson } from './values-as-json.ts';

const through = (value: unknown): unknown => fromJson(JSON.parse(JSON.stringify(asJson(value))));

test('every number comes back to its last bit, in whatever array it stood', () => {
  const numbers = [0, -0, NaN, Infinity, -Infinity, 0.1, 1 / 3, 2 ** 60, Math.fround(0.1), 5e-324, -7, 255, 1 / 64];
  const values = {
    plain: numbers,
    long: [...numbers, ...numbers],
    doubles: Float64Array.from(numbers),
    singles: Float32Array.from(numbers),
    bytes: Uint8Array.from({ length: 40 }, (_, i) => 6 * i),
    whole: Float64Array.from({ length: 30 }, (_, i) => i - 15),
    steps: Float64Array.from({ length: 30 }, (_, i) => (i - 15) / 64),
    rows: [[1, 2], [3]],
    none: undefined,
    nothing: null,
    words: ['x', true],
  };
  expect(through(values)).toEqual(values);
  for (const [name, value] of Object.entries(through(values) as typeof values))
    if (ArrayBuffer.isView(value)) expect(value.constructor).toBe(values[name as 'doubles'].constructor);
});

test('one object that stands in two places stays one, and others stay apart', () => {
  const net = { W: Float64Array.of(0.5, 0.25) };
  const [a, b, c] = through([net, { net }, { net: { ...net } }]) as [
    typeof net,
    { net: typeof net },
    { net: typeof net },
  ];
  expect(b.net).toBe(a);
  expect(c.net).not.toBe(a);
  expect(c.net.W).toBe(a.W);
});

test('whole numbers and short fractions take a byte each', () => {
  const size = (values: Float64Array) => JSON.stringify(asJson(values)).length;
  expect(size(Float64Array.from({ length: 3000 }, (_, i) => (i % 100) / 64))).toBeLessThan(4200);
  expect(size(Float64Array.from({ length: 3000 }, (_, i) => Math.sqrt(i)))).toBeGreaterThan(30_000);
});

test('what has no place in a pack is refused', () => {
  expect(() => asJson({ f: () => 1 })).toThrow('function');
  expect(() => asJson(new Map())).toThrow('class');
});
