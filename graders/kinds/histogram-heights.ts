/** What the heights of a histogram can mean: the conventions that are known mistakes of Question 2b, read back as shares. */

interface Convention {
  /** Numbers that are proportional to the counts. */
  counts(height: number, width: number, bins: number): number;
  /** Whether the heights of a layer of so many units follow the convention. */
  fits(heights: readonly number[], counts: readonly number[], units: number): boolean;
}

/** Room for heights and edges that were rounded to three or four digits. */
export const ROUNDING = 0.02;

const near = (value: number, target: number) => Math.abs(value - target) <= ROUNDING * target;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const sumsToOne: Convention['fits'] = (_heights, counts) => near(sum(counts), 1);
/** One count for every unit, for one input or for several. */
const countsUnits: Convention['fits'] = (_heights, counts, units) =>
  near(sum(counts), units * Math.max(1, Math.round(sum(counts) / units)));

/** By the ids of the mistakes of the problem q2b.histogram. */
const conventions: ReadonlyMap<string, Convention> = new Map<string, Convention>([
  [
    'counts',
    { counts: (height) => height, fits: (heights) => sum(heights) > 1.5 && heights.every((h) => Number.isInteger(h)) },
  ],
  ['frequencies', { counts: (height) => height, fits: sumsToOne }],
  ['width-only', { counts: (height, width) => height * width, fits: countsUnits }],
  ['times-width', { counts: (height, width) => height / width, fits: sumsToOne }],
  ['by-bins', { counts: (height, _width, bins) => height * bins, fits: countsUnits }],
  ['tallest-is-one', { counts: (height) => height, fits: (heights) => near(Math.max(...heights), 1) }],
]);

export const heightConventions: readonly string[] = [...conventions.keys()];

/** The densities behind heights of this convention, area 1; undefined for heights that do not follow it. */
export function densityFrom(
  convention: string,
  heights: readonly number[],
  widths: readonly number[],
  units: number,
): number[] | undefined {
  const known = conventions.get(convention);
  if (known === undefined) return undefined;
  const counts = heights.map((height, k) => known.counts(height, widths[k]!, heights.length));
  if (!(sum(counts) > 0) || !known.fits(heights, counts, units)) return undefined;
  return counts.map((count, k) => count / (sum(counts) * widths[k]!));
}
