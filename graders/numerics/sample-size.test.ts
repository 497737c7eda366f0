import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { designN, designNMean } from './sample-size.ts';
import { varianceTest } from './statistics.ts';

describe('designN', () => {
  it.each([[1.02, 377_808], [1.1, 16_257], [1.25, 2952], [0.7737, 2283], [2, 303], [0.5, 322], [10, 29], [0.1, 35]])('a variance ratio of %d takes %d draws', (ratio, n) => {
    expect(designN(ratio)).toBe(n);
  }); // prettier-ignore

  it('a uniform law needs fewer', () => {
    expect(designN(1.25, { kurtosis: 1.8 })).toBe(1166);
    expect(designN(2, { kurtosis: 1.8 })).toBe(122);
  });

  it('keeps its promise: at power 0.9 nine of ten samples of that size reject', () => {
    const n = designN(1.5, { alpha: 1e-3, power: 0.9 });
    const random = createRandom(1, 'design');
    let rejected = 0;
    for (let run = 0; run < 2000; run++) {
      const x = Float64Array.from({ length: n }, () => random.normal(0, Math.sqrt(1.5)));
      if (varianceTest(x, 1, { alpha: 1e-3 }).rejected) rejected++;
    }
    expect(Math.abs(rejected / 2000 - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / 2000));
  });

  it('a ratio of one can never be told apart', () => {
    expect(() => designN(1)).toThrow(/not 1/);
    expect(() => designNMean(0)).toThrow(/positive/);
  });

  it('means take ((4.892 + 3.719)/shift)² draws', () => {
    expect([designNMean(0.05), designNMean(0.1), designNMean(0.5)]).toEqual([29_658, 7415, 297]);
  });
});

describe('two rectangular layers of 15,000 weights tell the initialisation rules apart', () => {
  const shapes = [[300, 50], [50, 300]] as const; // prettier-ignore
  const variances: Record<string, (i: number, o: number) => number> = {
    '2/(in+out)': (i, o) => 2 / (i + o),
    '1/max': (i, o) => 1 / Math.max(i, o),
    '1/in': (i) => 1 / i,
    '1/out': (_, o) => 1 / o,
    '2/in': (i) => 2 / i,
    '1/(in+out)': (i, o) => 1 / (i + o),
    '6/(in+out)': (i, o) => 6 / (i + o),
    '2/(in·out)': (i, o) => 2 / (i * o),
    'variance as standard deviation': (i, o) => (2 / (i + o)) ** 2,
    'standard normal': () => 1,
  };
  const asked = (rule: string, drawn: string, seed: number) =>
    shapes.map(([i, o]) => {
      const random = createRandom(seed, `${drawn} ${i}`);
      const sd = Math.sqrt(variances[drawn]!(i, o));
      const x = Float64Array.from({ length: i * o }, () => random.normal(0, sd));
      return varianceTest(x, variances[rule]!(i, o)).rejected;
    });

  it.each(['2/(in+out)', '1/max'])(
    'where %s is asked, every other rule is rejected and the right one is not',
    (rule) => {
      for (const drawn of Object.keys(variances))
        for (let seed = 0; seed < 5; seed++)
          expect(asked(rule, drawn, seed).includes(true), drawn).toBe(drawn !== rule);
    },
  );

  it('one shape alone would not do: 1/in passes for 1/max where in > out', () => {
    expect(asked('1/max', '1/in', 1)).toEqual([false, true]);
    expect(asked('1/max', '1/out', 1)).toEqual([true, false]);
  });
});
