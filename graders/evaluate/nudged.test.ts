import { expect, test } from 'vitest';
import { arrayOf } from '../numerics/arrays.ts';
import { nudged } from './nudged.ts';

test('numbers that are no whole ones change by a few roundings, and nothing else does', () => {
  const W = [[0.5, -0.3, 2, 0, Infinity]];
  const probe = { net: { W, again: W }, x: arrayOf([0.25, 1]), name: 'ReLU', of: new Map([['lr', 0.5]]), y: true };
  const up = 1 + 2 ** -50;
  const moved = nudged(probe, up);
  expect(moved).toEqual({
    ...probe,
    net: { W: [[0.5 * up, -0.3 * up, 2, 0, Infinity]], again: moved.net.W },
    x: moved.x,
  });
  expect([moved.net.again === moved.net.W, moved.of === probe.of, moved.x.data[0]]).toEqual([true, true, 0.25 * up]);
  expect([probe.net.W[0]![0], probe.x.data[0]]).toEqual([0.5, 0.25]);
});
