import { expect, test } from 'vitest';
import { ripples } from '../../reference/oracles/descent.ts';
import { walk } from '../mistakes/training/descent.ts';
import { createRandom } from '../numerics/random.ts';
import { drawDecaying, drawSearches } from './search-probes.ts';
import type { Search } from './search-question.ts';

/** The end of a search whose points are kept in single precision. */
function endInSingle({ start, stepSize, steps, decay }: Search): [number, number] {
  let point: [number, number] = [Math.fround(start[0]), Math.fround(start[1])];
  for (let t = 0; t < steps; t++) {
    const [x, y] = walk(ripples, { start: point, stepSize: stepSize * decay ** t, steps: 1, decay: 1 }).at(-1)!;
    point = [Math.fround(x), Math.fround(y)];
  }
  return point;
}

test.each([
  ['with a constant step size', (seed: number) => drawSearches(ripples, createRandom(seed))],
  ['with decaying steps', (seed: number) => drawDecaying(ripples, createRandom(seed))],
])('searches %s end where single precision ends, to the tolerance of 2e-6', (_, draw) => {
  const worst = Array.from({ length: 400 }, (_, seed) =>
    draw(seed).map((search) => {
      const end = walk(ripples, search).at(-1)!;
      return Math.max(...endInSingle(search).map((value, i) => Math.abs(value - end[i]!) / Math.abs(end[i]!)));
    }),
  ).flat();
  expect(Math.max(...worst)).toBeLessThan(1e-6);
});
