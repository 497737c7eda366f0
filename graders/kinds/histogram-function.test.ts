import { expect, test } from 'vitest';
import { densityHistogram } from '../../reference/oracles/histogram.ts';
import { createRandom } from '../numerics/random.ts';
import { drawSamples } from './histogram-function.ts';

test('no value lies where single precision could put it on the other side of an inner edge', () => {
  let nearest = Infinity;
  for (let seed = 0; seed < 400; seed++) {
    for (const { values, bins, range } of drawSamples(createRandom(seed))) {
      const { edges } = densityHistogram(values, bins, range);
      const width = edges[1]! - edges[0]!;
      // Edges that are sums of powers of two are exact in any precision.
      if (Number.isInteger(Math.log2(width))) continue;
      for (const value of values) {
        const k = Math.round((value - edges[0]!) / width);
        if (k > 0 && k < bins) nearest = Math.min(nearest, Math.abs(value - edges[k]!) / width);
      }
    }
  }
  expect(nearest).toBeGreaterThan(1e-4);
});

test('all samples have values on their outer edges', () => {
  for (const { values, bins, range } of drawSamples(createRandom(5))) {
    const { edges } = densityHistogram(values, bins, range);
    expect(values).toContain(edges[0]);
    expect(values).toContain(edges[bins]);
  }
});
