/**
 * What is wrong, where, and perhaps why.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Finding } from 'gradmark/model/finding';
 *
 * const finding: Finding = { says: 'The rows do not sum to 1.', yours: '0.9', expected: '1', hint: 'Divide by the sum.' };
 * assert.equal(finding.gaps, undefined);
 * ```
 */
import type { FormulaNode } from './formula.ts';
import type { SourcePlace } from './submission.ts';

/** How far one tensor (or number) of the answer is from the expected one. */
export interface TensorGap {
  name: string;
  shape: readonly number[];
  /** Largest error divided by the largest expected magnitude; Infinity when a value is not finite. */
  distance: number;
  /** The distance at which the check rejects, in the same unit. */
  tolerance: number;
  worst: { index: readonly number[]; yours: number; expected: number };
  /** Share of entries outside the tolerance, 0..1. */
  badShare: number;
  /** Signed error per entry, scaled by the largest expected magnitude, at most 64×64 (block maxima), for the picture. */
  heat?: { rows: number; cols: number; values: number[] };
}

export interface Diagnosis {
  /** Id of the known mistake(s); several when they cannot be told apart. */
  mistakes: string[];
  certainty: 'certain' | 'consistent' | 'family' | 'unknown';
  /** One sentence a second-year student can act on. */
  says: string;
  /** The numbers that show it: yours, expected, factor. */
  evidence: string[];
}

/** What is wrong, where, yours beside expected, and perhaps why. */
export interface Finding {
  /** One sentence: what is wrong. */
  says: string;
  /** What the check asked, with the probe in words. */
  asked?: string;
  yours?: string;
  expected?: string;
  tolerance?: string;
  /** Where the answer is a formula: as it was read, and the right one. */
  formulas?: { yours: FormulaNode; expected?: FormulaNode };
  gaps?: TensorGap[];
  places?: SourcePlace[];
  /** Advice that does not give the answer away. */
  hint?: string;
}
