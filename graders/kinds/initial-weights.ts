/** Initial weights as the sheets leave them free: small, around 0, unlike each other, or normal and drawn with the given rng. */
import type { Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { NdArray } from '../model/numbers.ts';
import { kurtosisTest, missingTailTest } from '../numerics/distribution-shape.ts';
import { independenceFault } from '../numerics/independence.ts';
import type { StatisticalTest } from '../numerics/statistics.ts';
import { correlationTest, meanTest, moments, twoStage, varianceTest } from '../numerics/statistics.ts';

/** Whether the weights of a layer are small and lie around 0; `fresh` draws others for a rejection to be confirmed. */
export async function judgeSmall(W: NdArray, fresh: () => Promise<NdArray>, largestSpread: number): Promise<Judgement> {
  if (!W.data.every(Number.isFinite)) return fail({ says: 'Some weights of a new layer are not finite numbers.' });
  const spread = Math.sqrt(moments(W.data).variance);
  if (!(spread > 1e-6)) {
    const hint = 'Units with equal weights learn the same thing: draw every weight with `rng`.';
    return fail({ says: 'All weights of a new layer are equal.', yours: `each is ${W.data[0]}`, hint });
  }
  const wide = await twice(fresh, W, (x, alpha) =>
    onlyAbove(varianceTest(x, largestSpread ** 2, { alpha }), x, largestSpread ** 2),
  );
  if (wide !== undefined) {
    const hint = 'Small random values are asked for, for instance normal ones with standard deviation 0.2.';
    return fail({
      says: 'The weights are too large.',
      yours: `standard deviation ${spread.toPrecision(3)}`,
      expected: `at most ${largestSpread}`,
      tolerance: wide.says,
      hint,
    });
  }
  const shifted = await twice(fresh, W, (x, alpha) => meanTest(x, 0, Math.sqrt(moments(x).variance), alpha));
  if (shifted !== undefined) {
    const hint =
      'Draw from a distribution around 0, for instance rng.normal(0, 0.2): uniform numbers from 0 to 1 have mean ½.';
    return fail({
      says: 'The weights do not lie around 0.',
      yours: `mean ${moments(W.data).mean.toPrecision(3)}`,
      expected: '0',
      tolerance: shifted.says,
      hint,
    });
  }
  return pass();
}

/** Whether units, inputs and two layers drawn one after the other all have weights of their own; rows are inputs. */
export function judgeUnlike(first: NdArray, second: NdArray): Judgement {
  const [inputs, units] = first.shape as [number, number];
  if (![first, second].every(({ data }) => data.every(Number.isFinite))) {
    return fail({ says: 'Some weights of a new layer are not finite numbers.' });
  }
  const distinct = (count: number, weightsOf: (k: number) => Float64Array) =>
    new Set(Array.from({ length: count }, (_, k) => weightsOf(k).join())).size;
  if (distinct(units, (j) => first.data.filter((_, i) => i % units === j)) < units) {
    return fail({
      says: 'Several units of a new layer have the same weights.',
      hint: 'Draw every weight by itself: units that start alike stay alike.',
    });
  }
  if (distinct(inputs, (i) => first.data.subarray(i * units, (i + 1) * units)) < inputs) {
    return fail({ says: 'Several inputs of a new layer have the same weights.', hint: 'Draw every weight by itself.' });
  }
  if (correlationTest(first.data, second.data).rejected) {
    return fail({
      says: 'Two layers drawn one after the other have the same weights.',
      hint: 'Use the `rng` that the constructor gets; do not start one of your own with a fixed seed in every layer.',
    });
  }
  const fault = independenceFault(Float64Array.of(...first.data, ...second.data));
  if (fault === undefined) return pass();
  return fail({
    says: `The weights of two new layers are not drawn independently: ${fault}.`,
    hint: 'Draw every weight by itself.',
  });
}

/**
 * Draws of the same weights: by one rng, by another one, and by an equal one where all else that is random differs; the last
 * two where the program is asked to take its numbers from an rng.
 */
interface SeededDraws {
  flat: readonly number[];
  other?: readonly number[];
  again?: readonly number[];
  /** The weights of all layers, each divided by its standard deviation. */
  standardised: readonly number[];
}

/** Whether the weights come from the given rng by a normal law around 0, every one drawn anew. */
export function judgeNormal({ flat, other, again, standardised }: SeededDraws): Judgement {
  if (new Set(flat).size < flat.length / 2) return fail({ says: 'Many weights are equal: draw every one anew.' });
  if (other !== undefined && flat.every((value, i) => value === other[i])) {
    return fail({ says: 'Another rng gives the same weights: draw them from the rng that is passed in.' });
  }
  if (again !== undefined && flat.filter((value, i) => value === again[i]).length < flat.length / 2) {
    return fail({ says: 'An equal rng gives other weights: draw them from the rng that is passed in.' });
  }
  const sd = Math.sqrt(flat.reduce((sum, v) => sum + v * v, 0) / flat.length);
  for (const test of [meanTest(flat, 0, sd), missingTailTest(flat, sd, Math.sqrt(3)), kurtosisTest(flat, 'normal')]) {
    if (test.rejected) return fail({ says: `The weights are not normally distributed around 0: ${test.says}.` });
  }
  const fault = independenceFault(standardised);
  if (fault !== undefined) {
    return fail({
      says: `The weights are not drawn independently of each other: ${fault}.`,
      hint: 'Draw every one anew.',
    });
  }
  return pass();
}

/** A spread below the limit is always fine. */
const onlyAbove = (test: StatisticalTest, x: ArrayLike<number>, most: number): StatisticalTest =>
  moments(x).variance > most ? test : { ...test, rejected: false };

/** The rejecting test, if fresh draws confirm it. */
async function twice(
  fresh: () => Promise<NdArray>,
  first: NdArray,
  test: (x: Float64Array, alpha: number) => StatisticalTest,
): Promise<StatisticalTest | undefined> {
  const { rejected, tests } = await twoStage(async (alpha, stage) =>
    test(stage === 'check' ? first.data : (await fresh()).data, alpha),
  );
  return rejected ? tests[0] : undefined;
}
