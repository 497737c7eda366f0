/** Gradient descent with classical or Nesterov momentum on a gradient that the grader knows, step by step. */
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';

export interface MomentumCase {
  start: Vec;
  gradient(w: Vec): Vec;
  rate: number;
  momentum: number;
  nesterov: boolean;
  steps: number;
}

/** Weights and velocity before a step, and the gradients of this and the step before. */
interface Moment {
  w: Vec;
  v: Vec;
  g: Vec;
  oldGradient: Vec;
}

export interface MomentumRules {
  velocity(moment: Moment, given: MomentumCase): Vec;
  /** How far the weights move, with the new velocity. */
  move(velocity: Vec, moment: Moment, given: MomentumCase): Vec;
  /** What is kept of the velocity for the next step. */
  keep(velocity: Vec, moment: Moment, given: MomentumCase): Vec;
}

const combine = (a: number, x: Vec, b: number, y: Vec): Vec => x.map((v, i) => a * v + b * y[i]!);

/** The answer is `{ path }`, steps×weights: v ← m v − η g, w ← w + v, or w ← w + m v − η g with the new v for Nesterov. */
export const momentumProgram: Program<MomentumCase, MomentumRules> = {
  right: {
    velocity: ({ v, g }, { momentum, rate }) => combine(momentum, v, -rate, g),
    move: (v, { g }, { nesterov, momentum, rate }) => (nesterov ? combine(momentum, v, -rate, g) : v),
    keep: (v) => v,
  },
  run: (given, rules) => {
    let w = given.start;
    let v = w.map(() => 0);
    let oldGradient = v;
    const path = Array.from({ length: given.steps }, () => {
      const moment: Moment = { w, v, g: given.gradient(w), oldGradient };
      const velocity = rules.velocity(moment, given);
      w = combine(1, w, 1, rules.move(velocity, moment, given));
      v = rules.keep(velocity, moment, given);
      oldGradient = moment.g;
      return w;
    });
    return { path: arrayOf(path) };
  },
};

type MomentumMistake = Mistake<MomentumRules> & { where?: 'classical' | 'nesterov' };

const velocityIs =
  (velocity: MomentumRules['velocity']) =>
  (right: MomentumRules): MomentumRules => ({ ...right, velocity });
const moveIs =
  (move: MomentumRules['move']) =>
  (right: MomentumRules): MomentumRules => ({ ...right, move });

const all: readonly MomentumMistake[] = [
  {
    id: 'no-momentum',
    title: 'no momentum',
    advice: 'Keep the velocity for the next step and add it: yours is plain gradient descent.',
    apply: (right) => ({ ...right, velocity: ({ g }, { rate }) => g.map((x) => -rate * x), move: (v) => v }),
  },
  {
    id: 'classical',
    title: 'classical momentum instead of Nesterov',
    advice: 'Look ahead along the new velocity: yours is momentum without the Nesterov step.',
    where: 'nesterov',
    apply: moveIs((v) => v),
  },
  {
    id: 'nesterov',
    title: 'Nesterov instead of classical momentum',
    advice: 'Add the velocity itself: looking ahead belongs to Nesterov momentum.',
    where: 'classical',
    apply: moveIs((v, { g }, { momentum, rate }) => combine(momentum, v, -rate, g)),
  },
  {
    id: 'gradient-step-missing',
    title: 'Nesterov step without the gradient',
    advice: 'Subtract the gradient step too when you look ahead: yours moves by the damped velocity alone.',
    where: 'nesterov',
    apply: moveIs((v, _, { momentum }) => v.map((x) => momentum * x)),
  },
  {
    id: 'velocity-not-damped',
    title: 'new velocity not multiplied by the momentum',
    advice: 'Multiply the new velocity by the momentum when you look ahead.',
    where: 'nesterov',
    apply: moveIs((v, { g }, { rate }) => combine(1, v, -rate, g)),
  },
  {
    id: 'moves-by-old-velocity',
    title: 'weights moved before the velocity is updated',
    advice: 'Update the velocity first and move the weights afterwards.',
    where: 'classical',
    apply: moveIs((_, { v }) => v),
  },
  {
    id: 'momentum-subtracted',
    title: 'momentum with the wrong sign',
    advice: 'Add the old velocity: yours is subtracted and brakes.',
    apply: velocityIs(({ v, g }, { momentum, rate }) => combine(-momentum, v, -rate, g)),
  },
  {
    id: 'ascent',
    title: 'gradient with the wrong sign',
    advice: 'Subtract the gradient: yours climbs.',
    apply: (right) => ({
      ...right,
      velocity: ({ v, g }, { momentum, rate }) => combine(momentum, v, rate, g),
      move: (v, moment, given) => right.move(v, { ...moment, g: moment.g.map((x) => -x) }, given),
    }),
  },
  {
    id: 'dampened',
    title: 'gradient weighted with 1 − m',
    advice: 'Do not multiply the gradient by 1 minus the momentum: that is a moving average, another rule.',
    apply: velocityIs(({ v, g }, { momentum, rate }) => combine(momentum, v, -rate * (1 - momentum), g)),
  },
  {
    id: 'stale-gradient',
    title: 'gradient of the step before',
    advice: 'Compute the gradient at the current weights before you update the velocity: yours is one step old.',
    // In the Nesterov form this is the same as leaving out the look ahead.
    where: 'classical',
    apply: velocityIs(({ v, oldGradient }, { momentum, rate }) => combine(momentum, v, -rate, oldGradient)),
  },
  {
    id: 'rate-squared',
    title: 'step size applied twice',
    advice: 'Multiply by the step size once.',
    apply: velocityIs(({ v, g }, { momentum, rate }) => combine(momentum, v, -rate * rate, g)),
  },
  {
    id: 'rate-missing',
    title: 'step size missing',
    advice: 'Multiply the gradient by the step size.',
    apply: velocityIs(({ v, g }, { momentum }) => combine(momentum, v, -1, g)),
  },
  {
    id: 'rate-on-velocity',
    title: 'old velocity multiplied by the step size',
    advice: 'Multiply the old velocity by the momentum only, not by the step size too.',
    apply: velocityIs(({ v, g }, { momentum, rate }) => combine(momentum * rate, v, -rate, g)),
  },
  {
    id: 'momentum-one',
    title: 'old velocity not multiplied by the momentum',
    advice: 'Multiply the old velocity by the momentum: yours never loses speed.',
    apply: velocityIs(({ v, g }, { rate }) => combine(1, v, -rate, g)),
  },
  {
    id: 'momentum-complement',
    title: '1 − m instead of m',
    advice: 'Multiply the old velocity by the momentum, not by 1 minus the momentum.',
    apply: velocityIs(({ v, g }, { momentum, rate }) => combine(1 - momentum, v, -rate, g)),
  },
  {
    id: 'momentum-on-weights',
    title: 'momentum applied to the weights',
    advice: 'Multiply the velocity by the momentum, not the weights.',
    apply: moveIs((v, { w }, { momentum }) => v.map((x, i) => x + (momentum - 1) * w[i]!)),
  },
  {
    id: 'last-gradient-only',
    title: 'only the last gradient remembered',
    advice: 'Keep the velocity with everything that it has gathered: yours remembers one gradient.',
    apply: velocityIs(({ g, oldGradient }, { momentum, rate }) => combine(-momentum * rate, oldGradient, -rate, g)),
  },
];

/** The mistakes that can be made in this form of momentum. */
export const momentumMistakes = (nesterov: boolean): Mistake<MomentumRules>[] =>
  all.filter(({ where }) => where === undefined || where === (nesterov ? 'nesterov' : 'classical'));
