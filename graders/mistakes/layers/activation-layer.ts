/** The backward pass of an activation layer that receives a gradient from above: dZ = dY ∘ f′(Z). */
import type { ActivationName } from '../../../reference/oracles/activations.ts';
import { activations, reluPrime, sigmoidPrime, tanhPrime } from '../../../reference/oracles/activations.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';

export interface ActivationCase {
  name: ActivationName;
  /** The layer's input, away from kinks. */
  Z: Mat;
  dY: Mat;
}

export interface ActivationRules {
  slope(z: number, name: ActivationName): number;
  join(arriving: number, slope: number): number;
}

/** The answer is `{ dZ }`. */
export const activationProgram: Program<ActivationCase, ActivationRules> = {
  right: {
    slope: (z, name) => activations[name].derivative(z),
    join: (arriving, slope) => arriving * slope,
  },
  run: ({ name, Z, dY }, rules) => ({
    dZ: arrayOf(zipMat(dY, Z, (arriving, z) => rules.join(arriving, rules.slope(z, name)))),
  }),
};

type ActivationMistake = Mistake<ActivationRules>;

const slopeIs =
  (slope: ActivationRules['slope']) =>
  (right: ActivationRules): ActivationRules => ({ ...right, slope });
const joinIs =
  (join: ActivationRules['join']) =>
  (right: ActivationRules): ActivationRules => ({ ...right, join });

const common: readonly ActivationMistake[] = [
  {
    id: 'arriving-ignored',
    title: 'gradient from above ignored',
    advice: 'Multiply by the gradient that arrives from the layer above: the chain rule needs it.',
    apply: joinIs((_, slope) => slope),
  },
  {
    id: 'slope-missing',
    title: 'derivative of the activation left out',
    advice: 'Multiply by the derivative of the activation: the gradient does not pass unchanged.',
    apply: slopeIs(() => 1),
  },
  {
    id: 'slope-added',
    title: 'derivative added instead of multiplied',
    advice: 'Multiply the gradient from above by the derivative; the chain rule is a product.',
    apply: joinIs((arriving, slope) => arriving + slope),
  },
  {
    id: 'sign',
    title: 'sign reversed',
    advice: 'Check the sign of the derivative of the activation.',
    family: 'scale',
    apply: joinIs((arriving, slope) => -arriving * slope),
  },
  {
    id: 'slope-is-activation',
    title: 'activation instead of its derivative',
    advice: 'Multiply by the derivative of the activation, not by its value.',
    apply: slopeIs((z, name) => activations[name].f(z)),
  },
];

const curved: readonly ActivationMistake[] = [
  {
    id: 'slope-of-output',
    title: 'derivative evaluated at the output of the layer',
    advice:
      'Evaluate the derivative at the input z of the layer: you pass it the output, so the function is applied twice.',
    apply: slopeIs((z, name) => activations[name].derivative(activations[name].f(z))),
  },
  {
    id: 'slope-squared',
    title: 'derivative applied twice',
    advice: 'Multiply by the derivative once.',
    apply: (right) => ({ ...right, slope: (z, name) => right.slope(z, name) ** 2 }),
  },
  {
    id: 'slope-relu',
    title: 'derivative of ReLU',
    advice: 'Use the derivative of this layer: zeros and ones belong to ReLU.',
    apply: slopeIs(reluPrime),
  },
];

const sigmoidOnly: readonly ActivationMistake[] = [
  {
    id: 'slope-of-input',
    title: 'z (1 − z) as derivative',
    advice: 'Apply the sigmoid first: its derivative is σ(z) (1 − σ(z)), not z (1 − z).',
    apply: slopeIs((z) => z * (1 - z)),
  },
  {
    id: 'slope-tanh',
    title: 'derivative of tanh',
    advice: 'Use the derivative of the sigmoid: 1 − a² belongs to tanh.',
    apply: slopeIs(tanhPrime),
  },
];

const tanhOnly: readonly ActivationMistake[] = [
  {
    id: 'slope-of-input',
    title: '1 − z² as derivative',
    advice: 'Apply tanh first: its derivative is 1 − tanh²(z), not 1 − z².',
    apply: slopeIs((z) => 1 - z * z),
  },
  {
    id: 'slope-sigmoid',
    title: 'derivative of the sigmoid',
    advice: 'Use the derivative of tanh: a (1 − a) belongs to the sigmoid.',
    apply: slopeIs(sigmoidPrime),
  },
];

const reluOnly: readonly ActivationMistake[] = [
  {
    id: 'mask-inverted',
    title: 'mask inverted',
    advice: 'Let the gradient pass where z is positive and stop it elsewhere: you do the opposite.',
    apply: slopeIs((z) => 1 - reluPrime(z)),
  },
  {
    id: 'mask-of-gradient',
    title: 'ReLU applied to the gradient',
    advice: 'Decide by the sign of z, not of the gradient, what passes.',
    apply: joinIs((arriving) => Math.max(0, arriving)),
  },
  {
    id: 'slope-sign',
    title: 'sign of z as derivative',
    advice: 'The derivative of ReLU is 0, not −1, where z is negative.',
    apply: slopeIs(Math.sign),
  },
];

/** The mistakes that can be made in this layer. */
export function activationMistakes(name: ActivationName): ActivationMistake[] {
  const own = { sigmoid: sigmoidOnly, tanh: tanhOnly, relu: reluOnly, swish: [], linear: [] }[name];
  return [...common, ...(name === 'relu' || name === 'linear' ? [] : curved), ...own];
}
