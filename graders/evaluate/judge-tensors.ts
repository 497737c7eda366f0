/** Every tensor of every answer against what is expected; of several probes the one with the least margin decides. */
import type { Finding, TensorGap } from '../model/finding.ts';
import type { NdArray } from '../model/numbers.ts';
import { maxAbs } from '../numerics/arrays.ts';
import { compareTensor, judge, margin } from '../numerics/compare.ts';
import type { Band } from '../numerics/tolerance.ts';
import type { Problem } from '../problem.ts';
import type { Answer, Reading } from '../question.ts';

/** How one named tensor fared over all probes. */
export interface TensorVerdict {
  accepted: boolean;
  /** The closest call if accepted, the clearest failure if not. */
  gap?: TensorGap;
  margin: number;
  asked: string;
  /** Set when the tensor could not be read at all. */
  misread?: Finding;
  /** What a reader should know of how it was computed. */
  note?: string;
}

/** A verdict that still says what the band said. */
export type Judged = TensorVerdict & { rejected: boolean; undecided: boolean };

/** Judges the readings of these probes by one reference, an expected answer for each. */
export function judgeTensors<Probe>(
  problem: Problem<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
  expected: readonly Answer[],
  band: Band,
): Record<string, Judged> {
  const judged: Record<string, Judged> = {};
  probes.forEach((probe, index) => {
    const reading = readings[index]!;
    const asked = `${problem.describe(probe)}${probes.indexOf(probe) === index ? '' : ', asked once more'}`;
    for (const [name, right] of Object.entries(expected[index]!)) {
      const yours = 'answer' in reading ? reading.answer[name] : undefined;
      const wide = widened(band, reading, name, right);
      const isUnasked = 'answer' in reading && reading.unasked?.includes(name) === true;
      const unknown = () => (isUnasked ? unasked(asked) : unread(asked, misreadOf(reading, name)));
      const verdict: Judged =
        yours === undefined ? unknown() : judgeOne(asked, compareTensor(name, yours, right, wide), wide);
      const known = judged[name];
      if (known === undefined || verdict.margin < known.margin) judged[name] = verdict;
    }
  });
  return judged;
}

/** Digits that an answer lost on its way are no error, as long as what is left tells right from wrong. */
const mostRounding = 1e-4;
/** What is printed has the digits of the sheet: two decimals of a loss of 1. */
const mostPrinted = 5e-3;

/** How far the digits in which a tensor came back may take it, as a share of the largest value in `scale`. */
export function roundingOf(reading: Reading, name: string, scale: NdArray): number {
  const largest = maxAbs(scale);
  // NaN is no scale: nothing may come as near as NaN.
  if ('misread' in reading || !(largest > 0)) return 0;
  const share = (lost: number | undefined, most: number) => Math.min(most, (lost ?? 0) / largest);
  return Math.max(share(reading.rounding?.[name], mostRounding), share(reading.printed?.[name], mostPrinted));
}

function widened(band: Band, reading: Reading, name: string, expected: NdArray): Band {
  const by = roundingOf(reading, name, expected);
  return by === 0 ? band : { ...band, accept: band.accept + by, reject: band.reject + by };
}

const misreadOf = (reading: Reading, name: string): Finding =>
  'misread' in reading ? reading.misread : (reading.misreads?.[name] ?? { says: `The answer has no ${name}.` });

function judgeOne(asked: string, gap: TensorGap, band: Band): Judged {
  const decision = judge(gap, band);
  return {
    accepted: decision === 'accept',
    rejected: decision === 'reject',
    undecided: decision === 'undecided',
    gap,
    margin: margin(gap, band),
    asked,
  };
}

const unread = (asked: string, misread: Finding): Judged => ({
  accepted: false,
  rejected: true,
  undecided: false,
  margin: -Infinity,
  asked,
  misread,
});

const unasked = (asked: string): Judged => ({
  accepted: true,
  rejected: false,
  undecided: false,
  margin: Number.MAX_VALUE,
  asked,
});
