/** What a test's `meta` says of gradmark: plain data, which vitest hands from the test to its reporters. */
import type { Diagnosis } from '../model/finding.ts';

/** A practice check that was asked for as a test. */
export interface CheckMeta {
  task: string;
  check: string;
  /** `right` and `wrong` were tried; the others were not, and `because` says why. */
  state: 'right' | 'wrong' | 'open' | 'course' | 'person' | 'waits' | 'broken';
  because?: string;
  diagnosis?: Diagnosis;
  /** log10(tolerance / distance): positive passes, negative fails. */
  margin?: number;
  /** The distance from which the check rejects, as a share of the largest expected value. */
  tolerance?: number;
}

/** One comparison by a matcher. */
export interface MatchMeta {
  matcher: 'toMatchTensor' | 'toMatchGradient' | 'toBeDrawnFrom';
  pass: boolean;
  /** As in a check's; absent where the shapes differ. */
  margin?: number;
  /** How far is still accepted, and in which words that is said. */
  tolerance?: { accept: number; reject: number; says: string };
  /** What explains the miss, in a sentence. */
  diagnosis?: string;
}
