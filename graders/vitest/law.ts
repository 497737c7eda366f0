/** Whether numbers are drawn from a law, by the grader's statistics: how often they wrong a right program is known. */
import type { NdArray } from '../model/numbers.ts';
import {
  KURTOSIS,
  kurtosisTest,
  normalCdfOf,
  truncatedNormalCdf,
  truncatedNormalVariance,
  uniformCdf,
} from '../numerics/distribution-shape.ts';
import type { StatisticalTest } from '../numerics/statistics.ts';
import {
  CHECK_ALPHA,
  concluded,
  CONFIRM_ALPHA,
  kolmogorovTest,
  meanTest,
  moments,
  twoStage,
  varianceTest,
} from '../numerics/statistics.ts';
import type { Compared } from './compared.ts';

/** What numbers are to be drawn from. */
export type Law =
  | { law: 'normal'; mean?: number; sd: number }
  | { law: 'uniform'; low: number; high: number }
  /** Normal around 0, cut at this many standard deviations. */
  | { law: 'truncated normal'; sd: number; cut?: number };

/** Fewer numbers than this tell one law from another too rarely to be worth a test. */
export const fewest = 20;

interface Moments {
  mean: number;
  variance: number;
  kurtosis: number;
  cdf: (x: number) => number;
  /** No number lies outside. */
  within: readonly [low: number, high: number];
  says: string;
}

/** Draws, and where that is rejected draws again: `fresh` is absent where there is one sample only, which then decides. */
export async function drawnFrom(law: Law, first: NdArray, fresh?: () => Promise<NdArray>): Promise<Compared> {
  const known = momentsOf(law);
  const worstOf = (sample: NdArray, alpha: number) =>
    [
      meanTest(sample.data, known.mean, Math.sqrt(known.variance), alpha / 4),
      varianceTest(sample.data, known.variance, { alpha: alpha / 4, kurtosis: known.kurtosis }),
      kolmogorovTest(sample.data, known.cdf, alpha / 4),
      ...(law.law === 'truncated normal' ? [] : [kurtosisTest(sample.data, law.law, alpha / 4)]),
      withinTest(sample.data, known.within, alpha),
    ].reduce((worst, test) => (test.pValue < worst.pValue ? test : worst));
  const { rejected, tests } = await twoStage(async (alpha, stage) =>
    worstOf(stage === 'confirm' && fresh !== undefined ? await fresh() : first, alpha),
  );
  const [test] = tests;
  const sample = moments(first.data);
  const lines = [
    rejected ? `The numbers are not drawn from ${known.says}.` : `The numbers may well be drawn from ${known.says}.`,
    `  numbers    ${sample.n}, mean ${short(sample.mean)}, standard deviation ${short(Math.sqrt(sample.variance))}, largest ${short(sample.maxAbs)}`,
    `  measured   ${test!.says}`,
    `  tolerance  ${says}`,
  ];
  const decided = tests.at(-1)!;
  const tolerance = { accept: decided.alpha, reject: decided.alpha, says };
  return { pass: !rejected, margin: marginOf(decided), tolerance, ...(rejected && { diagnosis: test!.says }), lines };
}

const says = `a right program is rejected once in ${1 / CHECK_ALPHA} times; one that draws anew also has to fail again, at ${CONFIRM_ALPHA}`;

const marginOf = ({ pValue, alpha }: StatisticalTest): number =>
  Math.max(-16, Math.min(16, Math.log10(Math.max(pValue, 1e-300)) - Math.log10(alpha)));

function momentsOf(law: Law): Moments {
  switch (law.law) {
    case 'normal': {
      const { mean = 0, sd } = law;
      const says = `the normal law with mean ${mean} and standard deviation ${short(sd)}`;
      return {
        mean,
        variance: sd ** 2,
        kurtosis: KURTOSIS.normal,
        cdf: normalCdfOf(mean, sd),
        within: everywhere,
        says,
      };
    }
    case 'uniform': {
      const { low, high } = law;
      const says = `the uniform law between ${short(low)} and ${short(high)}`;
      const [mean, variance] = [(low + high) / 2, (high - low) ** 2 / 12];
      return { mean, variance, kurtosis: KURTOSIS.uniform, cdf: uniformCdf(low, high), within: [low, high], says };
    }
    case 'truncated normal': {
      const { sd, cut = 2 } = law;
      const says = `the normal law with standard deviation ${short(sd)}, cut at ${cut} of them`;
      const variance = sd ** 2 * truncatedNormalVariance(cut);
      return {
        mean: 0,
        variance,
        kurtosis: KURTOSIS.truncatedNormal,
        cdf: truncatedNormalCdf(sd, cut),
        within: [-cut * sd, cut * sd],
        says,
      };
    }
  }
}

const everywhere = [-Infinity, Infinity] as const;

/** One number beyond the limits is proof; single precision rounds the limits themselves. */
function withinTest(sample: Float64Array, [low, high]: Moments['within'], alpha: number): StatisticalTest {
  const room = 1e-6 * Math.max(Math.abs(low), Math.abs(high));
  const outside = sample.filter((value) => !(value >= low - room && value <= high + room)).length;
  if (low === -Infinity) return concluded(0, 1, alpha, 'any number is possible');
  return concluded(outside, outside > 0 ? 0 : 1, alpha, `${outside} of ${sample.length} numbers beyond the limits`);
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
