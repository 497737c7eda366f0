/** Step sizes that shrink during training. */
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { exponentialDecay, inverseTimeDecay } from '../../../reference/oracles/schedules.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Program } from '../program.ts';

export interface ScheduleCase {
  law: 'exponential' | 'inverse-time';
  rate: number;
  /** d of η₀ dᵗ, or k of η₀ / (1 + k t). */
  decay: number;
  steps: number;
  /** Steps of one epoch; the right schedule counts steps. */
  stepsPerEpoch: number;
}

export interface ScheduleRules {
  /** The t that belongs to the step with this number, counted from 0. */
  time(step: number, given: ScheduleCase): number;
  law(rate: number, decay: number, t: number, given: ScheduleCase): number;
  /** All step sizes, given the size for a time. */
  rates(sizeAt: (step: number) => number, given: ScheduleCase): Vec;
}

/** The answer is `{ rates }`: η₀ dᵗ or η₀ / (1 + k t) for t = 0, 1, 2 … Ask for four steps at least. */
export const scheduleProgram: Program<ScheduleCase, ScheduleRules> = {
  right: {
    time: (step) => step,
    law: (rate, decay, t, given) =>
      given.law === 'exponential' ? exponentialDecay(rate, decay, t) : inverseTimeDecay(rate, decay, t),
    rates: (sizeAt, { steps }) => Array.from({ length: steps }, (_, step) => sizeAt(step)),
  },
  run: (given, rules) => {
    const sizeAt = (step: number) => rules.law(given.rate, given.decay, rules.time(step, given), given);
    return { rates: makeArray([given.steps], rules.rates(sizeAt, given)) };
  },
};
