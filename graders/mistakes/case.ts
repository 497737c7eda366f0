/** What every step of a diagnosis sees. */
import type { Quantity } from '../numerics/scale.ts';
import type { Variant } from '../key.ts';
import type { Problem } from '../problem.ts';
import type { Evidence, Hypothesis } from './matching.ts';
import type { Remembered } from './parameters.ts';

export interface Case<Probe> {
  problem: Problem<Probe>;
  evidence: Evidence<Probe>;
  /** What a wrong factor may be made of, per probe. */
  quantities: readonly (readonly Quantity[])[];
  /** Largest distance at which an answer counts as explained. */
  tolerance: number;
  /** Number of different dimensions among the probes whose answers are finite. */
  designs: number;
  oracle: Hypothesis;
  accepted: readonly Hypothesis[];
  /** A variant whose answers are computed once, remembered under this key. */
  suppose(key: string, variant: Variant<Probe>): Hypothesis;
  remember: Remembered<Probe>;
}
