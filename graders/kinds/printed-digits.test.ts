import { expect, test } from 'vitest';
import type { Value } from '../model/guest.ts';
import { list, record } from '../values.ts';
import { leftOpen } from './printed-digits.ts';

const printed = (decimals: number): Value => ({ kind: 'record', entries: { loss: 0.5 }, printed: decimals });
const open = (value: Value) => Number(leftOpen(value).toPrecision(6));

test('a printed number is as good as its last decimal, from the second to the eighth', () => {
  expect([2, 4, 5, 8, 9].map((decimals) => open(printed(decimals)))).toEqual([5e-3, 5e-5, 5e-6, 5e-9, 0]);
  // One decimal says too little: what is taken is what two of them would leave open.
  expect(open(printed(1))).toBe(5e-3);
  expect(open(list([printed(4), printed(6)]))).toBe(5e-7);
});

test('a number that was returned leaves nothing open, however few digits it has', () => {
  expect([open(record({ loss: 0.5 })), open(0.5), open(list([printed(4), record({ loss: 0.5 })]))]).toEqual([0, 0, 0]);
});
