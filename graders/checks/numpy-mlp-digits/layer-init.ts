/** Question 2.4: what a new layer holds. The numbers are random: their order and their law are free, their size is not. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Arg, Guest, NdArray } from '../../model.ts';
import { independenceFault } from '../../numerics/independence.ts';
import { correlationTest, meanTest, moments, twoStage, varianceTest } from '../../numerics/statistics.ts';
import type { StatisticalTest } from '../../numerics/statistics.ts';
import type { LayerNumbers, LayerSizes } from '../../kinds/stored-layer.ts';
import { getLayer } from '../../kinds/stored-layer.ts';
import { make } from './objects.ts';

/** Enough weights that a mean of a tenth of their spread shows (n = 7,415 at α = 1e-6). */
const large: LayerSizes = { inputs: 120, units: 70 };
const small: LayerSizes = { inputs: 7, units: 4 };
/** The sheet says small, e.g. 0.2: half of the range of a sigmoid's argument is no longer small. */
const largestSpread = 0.5;

const notFinite = 'Some weights of a new layer are not finite numbers.';

async function draw(guest: Guest, sizes: LayerSizes, rng: Arg): ReturnType<typeof getLayer> {
  const { id } = await make(guest, 'Sigmoid');
  const layer = await make(guest, 'MLPLayer', [{ kind: 'handle', id }, sizes.units, sizes.inputs, rng]);
  return getLayer(guest, layer.id, '', sizes);
}

export const initChecks: Check[] = [
  {
    id: '2.4.shapes',
    task: '2.4',
    title: 'A new layer has weights of shape inputs × units and a bias of zeros',
    asks: 'Two new layers, with 7 inputs and 4 units and with 120 inputs and 70 units.',
    points: 2,
    run: judgeShapes,
  },
  {
    id: '2.4.spread',
    task: '2.4',
    title: 'The weights are small random numbers around 0',
    asks: 'Mean and standard deviation of the 8,400 weights of a new layer.',
    points: 2,
    run: judgeSpread,
  },
  {
    id: '2.4.different',
    task: '2.4',
    title: 'Units differ from each other, and so do layers',
    asks: 'The columns of one layer, and two layers drawn one after the other.',
    points: 1,
    run: judgeDifferent,
  },
];

async function judgeShapes(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const notes = new Set<string>();
  for (const [i, sizes] of [small, large].entries()) {
    const { W, b, absorbed, transposed } = await draw(guest, sizes, { kind: 'rng', seed: 40 + i });
    const at = b.data.findIndex((value) => value !== 0);
    if (at >= 0 && isZeroRow(W, sizes.units)) {
      return fail({
        says: 'The first row of the weights is 0, as if it were the bias.',
        expected: 'the bias as a field of its own, `bias`, or as the last row of the weights',
      });
    }
    if (at >= 0) {
      return fail({ says: 'The bias of a new layer is not 0.', yours: `bias ${at} is ${b.data[at]}`, expected: '0' });
    }
    if (absorbed) notes.add('The bias is the last row of the weights.');
    if (transposed) notes.add('Weights are stored as units×inputs.');
  }
  return pass({ notes: [...notes] });
}

const isZeroRow = ({ data }: NdArray, units: number): boolean => data.subarray(0, units).every((v) => v === 0);

async function judgeSpread(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const { W } = await draw(guest, large, { kind: 'rng', seed: 50 });
  const fresh = () => draw(guest, large, { kind: 'rng', seed: 51 });
  if (!W.data.every(Number.isFinite)) return fail({ says: notFinite });
  const spread = Math.sqrt(moments(W.data).variance);
  if (!(spread > 1e-6)) {
    const hint = 'Units with equal weights learn the same thing: draw every weight with `rng`.';
    return fail({ says: 'All weights of a new layer are equal.', yours: `each is ${W.data[0]}`, hint });
  }
  const wide = await twice(fresh, W, (x, alpha) => onlyAbove(varianceTest(x, largestSpread ** 2, { alpha }), x));
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

/** A spread below the limit is always fine. */
const onlyAbove = (test: StatisticalTest, x: ArrayLike<number>): StatisticalTest =>
  moments(x).variance > largestSpread ** 2 ? test : { ...test, rejected: false };

/** The rejecting test, if fresh draws confirm it. */
async function twice(
  fresh: () => Promise<LayerNumbers>,
  first: NdArray,
  test: (x: Float64Array, alpha: number) => StatisticalTest,
): Promise<StatisticalTest | undefined> {
  const { rejected, tests } = await twoStage(async (alpha, stage) =>
    test(stage === 'check' ? first.data : (await fresh()).W.data, alpha),
  );
  return rejected ? tests[0] : undefined;
}

async function judgeDifferent(desk: Desk): Promise<Judgement> {
  const guest = await desk.guest();
  const rng = await guest.make({ kind: 'rng', seed: 60 });
  const first = await draw(guest, large, rng);
  const second = await draw(guest, large, rng);
  if (![first, second].every(({ W }) => W.data.every(Number.isFinite))) {
    return fail({ says: notFinite });
  }
  const { data } = first.W;
  const { inputs, units } = large;
  const columns = Array.from({ length: units }, (_, j) => data.filter((_, i) => i % units === j));
  if (isRepeated(columns)) {
    return fail({
      says: 'Several units of a new layer have the same weights.',
      hint: 'Draw every weight by itself: units that start alike stay alike.',
    });
  }
  if (isRepeated(Array.from({ length: inputs }, (_, i) => data.subarray(i * units, (i + 1) * units)))) {
    return fail({ says: 'Several inputs of a new layer have the same weights.', hint: 'Draw every weight by itself.' });
  }
  if (correlationTest(first.W.data, second.W.data).rejected) {
    return fail({
      says: 'Two layers drawn one after the other have the same weights.',
      hint: 'Use the `rng` that the constructor gets; do not start one of your own with a fixed seed in every layer.',
    });
  }
  const fault = independenceFault(Float64Array.of(...first.W.data, ...second.W.data));
  if (fault === undefined) return pass();
  return fail({
    says: `The weights of two new layers are not drawn independently: ${fault}.`,
    hint: 'Draw every weight by itself.',
  });
}

const isRepeated = (parts: readonly Float64Array[]): boolean =>
  new Set(parts.map((part) => part.join())).size < parts.length;
