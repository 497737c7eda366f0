/** Shrinking step sizes got wrong: which t belongs to a step, and what the formula does with it. */
import { exponentialDecay, inverseTimeDecay } from '../../../reference/oracles/schedules.ts';
import type { Mistake } from '../program.ts';
import type { ScheduleCase, ScheduleRules } from './schedules.ts';

type ScheduleMistake = Mistake<ScheduleRules> & { where?: ScheduleCase['law'] };

const timeIs =
  (time: ScheduleRules['time']) =>
  (right: ScheduleRules): ScheduleRules => ({ ...right, time });
const lawIs =
  (law: ScheduleRules['law']) =>
  (right: ScheduleRules): ScheduleRules => ({ ...right, law });

const all: readonly ScheduleMistake[] = [
  {
    id: 'one-step-ahead',
    title: 't starts at 1',
    advice: 'Take the first step with t = 0, so with the full step size: yours decays before the first step.',
    apply: timeIs((step) => step + 1),
  },
  {
    id: 'one-step-behind',
    title: 't stays 0 for two steps',
    advice: 'Raise t after every step: the second step still uses the first step size.',
    apply: timeIs((step) => Math.max(0, step - 1)),
  },
  {
    id: 'never-decays',
    title: 'constant step size',
    advice: 'Use the step size of the schedule: yours stays the same.',
    apply: timeIs(() => 0),
  },
  {
    id: 'per-epoch',
    title: 'decays once an epoch',
    advice: 'Raise t after every step, not only after every epoch.',
    apply: timeIs((step, { stepsPerEpoch }) => Math.floor(step / stepsPerEpoch)),
  },
  {
    id: 'fraction-of-all',
    title: 't as a fraction of all steps',
    advice: 'Use the number of the step for t, not its share of all steps.',
    apply: timeIs((step, { steps }) => step / steps),
  },
  {
    id: 'runs-backwards',
    title: 't runs backwards',
    advice: 'Let t grow: the step size has to shrink with every step.',
    apply: timeIs((step, { steps }) => steps - 1 - step),
  },
  {
    id: 'squared-time',
    title: 't squared',
    advice: 'Use t itself in the formula, not its square.',
    apply: timeIs((step) => step * step),
  },
  {
    id: 'root-of-time',
    title: 'root of t',
    advice: 'Use t itself in the formula, not its root.',
    apply: timeIs((step) => Math.sqrt(step)),
  },
  {
    id: 'compounding',
    title: 'the decayed size decayed again',
    advice: 'Compute every step size from the first one: you decay the size that has already been decayed.',
    apply: (right) => ({
      ...right,
      rates: (sizeAt, given) => {
        let size = given.rate;
        return right.rates((step) => (size *= sizeAt(step) / given.rate), given);
      },
    }),
  },
  {
    id: 'only-once',
    title: 'decays once and stays',
    advice: 'Let the step size shrink with every step: yours shrinks only once.',
    apply: timeIs((step) => Math.min(1, step)),
  },
  {
    id: 'without-first-size',
    title: 'first step size left out',
    advice: 'Multiply by the first step size: yours is the decay factor alone.',
    family: 'scale',
    apply: lawIs((_, decay, t, { law }) => (law === 'exponential' ? decay ** t : 1 / (1 + decay * t))),
  },
  {
    id: 'grows',
    title: 'grows instead of shrinking',
    advice: 'Check the direction: the step size has to shrink with every step.',
    apply: lawIs((rate, decay, t, { law }) => (law === 'exponential' ? rate / decay ** t : rate * (1 + decay * t))),
  },
  {
    id: 'factor-times-time',
    title: 'η₀ d t instead of η₀ dᵗ',
    advice: 'Raise the decay to the power t; you multiply by t.',
    where: 'exponential',
    apply: lawIs((rate, decay, t) => rate * decay * t),
  },
  {
    id: 'one-minus-decay',
    title: '(1 − d)ᵗ instead of dᵗ',
    advice: 'Multiply by the decay itself in every step, not by 1 minus the decay.',
    where: 'exponential',
    apply: lawIs((rate, decay, t) => rate * (1 - decay) ** t),
  },
  {
    id: 'exponential-of-product',
    title: 'e^(−d t)',
    advice: 'Raise the decay itself to the power t; you use the exponential function.',
    apply: lawIs((rate, decay, t) => rate * Math.exp(-decay * t)),
  },
  {
    id: 'inverse-time',
    title: 'η₀ / (1 + d t) instead of η₀ dᵗ',
    advice: 'Use the exponential decay of the task: yours divides by 1 + d t.',
    where: 'exponential',
    apply: lawIs(inverseTimeDecay),
  },
  {
    id: 'subtracts',
    title: 'the same amount subtracted in every step',
    advice: 'Divide, do not subtract: your step size falls along a straight line.',
    apply: lawIs((rate, decay, t, { law }) => rate * (1 - (law === 'exponential' ? 1 - decay : decay) * t)),
  },
  {
    id: 'power-of-decay',
    title: 'kᵗ instead of 1 / (1 + k t)',
    advice: 'Divide by 1 + k t; you raise k to the power t.',
    where: 'inverse-time',
    apply: lawIs(exponentialDecay),
  },
  {
    id: 'geometric',
    title: '1 / (1 + k)ᵗ',
    advice: 'Multiply k by t inside the bracket; you raise the bracket to the power t.',
    where: 'inverse-time',
    apply: lawIs((rate, decay, t) => rate / (1 + decay) ** t),
  },
  {
    id: 'falling-power',
    title: '(1 − k)ᵗ',
    advice: 'Divide by 1 + k t; you multiply by 1 − k in every step.',
    where: 'inverse-time',
    apply: lawIs((rate, decay, t) => rate * (1 - decay) ** t),
  },
  {
    id: 'bracket-squared',
    title: 'bracket squared',
    advice: 'Divide by 1 + k t once.',
    where: 'inverse-time',
    apply: lawIs((rate, decay, t) => rate / (1 + decay * t) ** 2),
  },
  {
    id: 'bracket-root',
    title: 'root of the bracket',
    advice: 'Divide by 1 + k t itself, not by its root.',
    where: 'inverse-time',
    apply: lawIs((rate, decay, t) => rate / Math.sqrt(1 + decay * t)),
  },
  {
    id: 'decay-ignored',
    title: '1 / (1 + t)',
    advice: 'Multiply t by k: the decay is left out.',
    where: 'inverse-time',
    apply: lawIs((rate, _, t) => rate / (1 + t)),
  },
];

/** The mistakes that can be made in this law. */
export const scheduleMistakes = (law: ScheduleCase['law']): Mistake<ScheduleRules>[] =>
  all.filter(({ where }) => where === undefined || where === law);
