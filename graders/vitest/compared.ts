/** One array beside another, judged and told as the grader does it. */
import { describeGap } from '../evaluate/describe-gap.ts';
import type { NdArray } from '../model/numbers.ts';
import { sameShape, shapeText, transpose } from '../numerics/arrays.ts';
import { compareTensor, judge, margin } from '../numerics/compare.ts';
import { explainScale, fitScale } from '../numerics/scale.ts';
import type { Band } from '../numerics/tolerance.ts';
import type { MatchMeta } from './meta.ts';

/** How a comparison ended, in lines for a person and in numbers for a program. */
export interface Compared extends Omit<MatchMeta, 'matcher'> {
  lines: string[];
}

/** `what` names the answer in the first line: "The gradient of W". */
export function compared(what: string, yours: NdArray, expected: NdArray, band: Band): Compared {
  const tolerance = { accept: band.accept, reject: band.reject, says: band.says };
  if (!sameShape(yours.shape, expected.shape)) {
    const diagnosis = isTransposed(yours, expected, band)
      ? 'It holds the right numbers with rows and columns exchanged.'
      : undefined;
    const lines = [`${what} has the shape ${shapeText(yours.shape)} where ${shapeText(expected.shape)} is expected.`];
    return { pass: false, tolerance, ...why(diagnosis), lines: [...lines, ...whyLines(diagnosis)] };
  }
  const gap = compareTensor(what, yours, expected, band);
  const decision = judge(gap, band);
  const pass = decision === 'accept';
  const diagnosis = pass ? undefined : explained(yours, expected, band);
  const finding = describeGap(gap, what);
  const bad = Math.round(gap.badShare * expected.data.length);
  const head =
    decision === 'undecided'
      ? `${what} is neither clearly right nor clearly wrong; the course would ask again in double precision.`
      : finding.says;
  const lines = [
    pass ? `${what} is right.` : head,
    `  shape      ${shapeText(expected.shape)}`,
    ...(pass ? [] : [`  yours      ${finding.yours}`, `  expected   ${finding.expected}`]),
    `  off by     ${Number(gap.distance.toPrecision(3))} ${band.measure === 'ulp' ? 'units in the last place' : 'of the largest expected value'}${bad > 0 ? `, ${bad} of ${expected.data.length} entries beyond the tolerance` : ''}`,
    `  tolerance  ${band.says}`,
    ...whyLines(diagnosis),
  ];
  return { pass, margin: margin(gap, band), tolerance, ...why(diagnosis), lines };
}

const why = (diagnosis: string | undefined) => (diagnosis === undefined ? {} : { diagnosis });
const whyLines = (diagnosis: string | undefined): string[] =>
  diagnosis === undefined ? [] : [`  why        ${diagnosis}`];

function explained(yours: NdArray, expected: NdArray, band: Band): string | undefined {
  const fit = fitScale(yours, expected);
  // One number is a multiple of every other.
  if (fit !== undefined && expected.data.length > 1 && fit.residual < 1e-3) {
    const [simplest] = explainScale(fit.scale, [], 1e-3);
    return `Every entry is ${simplest?.says ?? `${Number(fit.scale.toPrecision(4))} times the expected one`}.`;
  }
  return isTransposed(yours, expected, band)
    ? 'It holds the right numbers with rows and columns exchanged.'
    : undefined;
}

const isTransposed = (yours: NdArray, expected: NdArray, band: Band): boolean =>
  yours.shape.length === 2 &&
  expected.shape.length === 2 &&
  sameShape([yours.shape[1]!, yours.shape[0]!], expected.shape) &&
  judge(compareTensor('', transpose(yours), expected, band), band) === 'accept';
