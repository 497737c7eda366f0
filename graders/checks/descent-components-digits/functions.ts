/** What is right for the functions of Question 1.2, and the numbers at which it shows. */
import { relu, reluPrime, sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { DifferenceProblem } from '../../kinds/difference-quotient.ts';
import { differenceKey } from '../../kinds/difference-quotient.ts';
import type { ElementwiseProblem } from '../../kinds/elementwise.ts';
import { elementwiseKey } from '../../kinds/elementwise.ts';
import type { Elements } from '../../kinds/elementwise-question.ts';
import { rectifiers, rectifierSlopes } from '../../mistakes/activations/rectifier.ts';
import { sigmoids } from '../../mistakes/activations/sigmoid.ts';
import { sigmoidSlopes } from '../../mistakes/activations/sigmoid-slopes.ts';
import { binaryLosses, binarySlopes, lossOf, slopeOf } from '../../mistakes/losses/binary.ts';
import type { Random } from '../../numerics/random.ts';
import { asked } from './functions-question.ts';

/** Where the curve is nearly flat and where it is flat in single precision; exp overflows in neither. */
const tails = [
  [5.5, 10],
  [-30, -12],
  [-10, -5.5],
  [12, 30],
] as const;

/**
 * Most |x| stay below `most`; every third number lies in a tail, where a program may treat numbers in another way. The first one,
 * which may be alone, is compared with nothing larger: there 1 + tanh(x / 2) must not have lost digits of single precision.
 */
const drawInput = (most: number) => (random: Random, place: number) => [
  // Where a program may treat 0 in another way.
  place % 9 === 4
    ? 0
    : place % 3 === 2
      ? random.uniform(...tails[((place - 2) / 3) % 4]!)
      : random.uniform(-1, 1) * (place === 0 ? Math.min(most, 2) : most),
];

const someX = (probes: readonly Elements[], is: (x: number) => boolean) =>
  probes.some(({ args: [x] }) => x!.data.some(is));

const inBothTails = {
  says: 'numbers in both tails, near and far',
  holds: (probes: readonly Elements[]) => tails.every(([low, high]) => someX(probes, (x) => x >= low && x <= high)),
};

const zero = { says: 'the number 0', holds: (probes: readonly Elements[]) => someX(probes, (x) => x === 0) };

export const sigmoidProblem: ElementwiseProblem = {
  ...asked.sigmoid,
  // σ is neither 0 nor 1 in its first digits.
  ...elementwiseKey({ draw: drawInput(5), visits: [inBothTails, zero], truth: sigmoid, mistakes: sigmoids }),
};

export const sigmoidGradProblem: ElementwiseProblem = {
  ...asked.sigmoidGrad,
  // 1 − σ has lost little more than a digit of single precision, so that σ(1 − σ) is right in six.
  ...elementwiseKey({
    draw: drawInput(2.5),
    visits: [inBothTails, zero],
    truth: sigmoidPrime,
    mistakes: sigmoidSlopes,
    differences: { are: 'told' },
  }),
};

export const sigmoidDifference: DifferenceProblem = {
  ...asked.sigmoidDifference,
  ...differenceKey({
    curve: sigmoid,
    derivative: sigmoidPrime,
    draw: (random) => ({ x: random.uniform(0.4, 2) * (random.next() < 0.5 ? -1 : 1) }),
    epsilons: [0.9, 0.5, 0.01],
  }),
};

/** Both signs in turn, some beyond 6, where a rectifier may be cut off, and never near the kink at 0, where every slope from 0 to 1 is right. */
const drawBothSigns = (random: Random, place: number) =>
  (place % 2 === 0 ? -1 : 1) * (place % 5 === 3 ? random.uniform(7, 12) : random.uniform(0.3, 5));

export const reluProblem: ElementwiseProblem = {
  ...asked.relu,
  ...elementwiseKey({
    // Every seventh number is 0 itself, where relu has a value and no slope.
    draw: (random, place) => [place % 7 === 6 ? 0 : drawBothSigns(random, place)],
    visits: [{ says: 'a tie at the kink', holds: (probes) => someX(probes, (x) => x === 0) }],
    truth: relu,
    mistakes: rectifiers,
  }),
};

export const reluGradProblem: ElementwiseProblem = {
  ...asked.reluGrad,
  ...elementwiseKey({
    // Some so close to the kink that a slope which changes elsewhere, or bit by bit, shows.
    draw: (random, place) => [drawBothSigns(random, place) / ([4, 5].includes(place % 7) ? 1000 : 1)],
    visits: [
      {
        says: 'numbers close to the kink on both sides',
        holds: (probes) => [-1, 1].every((sign) => someX(probes, (x) => 0 < sign * x && sign * x < 0.01)),
      },
    ],
    truth: reluPrime,
    mistakes: rectifierSlopes,
    differences: { are: 'told' },
  }),
};

export const reluDifference: DifferenceProblem = {
  ...asked.reluDifference,
  ...differenceKey({
    curve: relu,
    derivative: reluPrime,
    // So near to the kink that a step reaches over it: there the quotients differ. Elsewhere they agree.
    draw: (random) => ({ x: (random.next() < 0.5 ? -1 : 1) * random.uniform(0.02, 0.2) }),
    epsilons: [0.5, 0.6, 0.01],
  }),
};

/** Both classes in turn; predictions far enough from 0 and 1 that 1e-7, added to keep a logarithm finite, stays below the tolerance. */
const drawPrediction = (random: Random, place: number) => [place % 2, random.uniform(0.1, 0.9)];

export const lossProblem: ElementwiseProblem = {
  ...asked.loss,
  ...elementwiseKey({ draw: drawPrediction, truth: lossOf, mistakes: binaryLosses }),
};

export const slopeProblem: ElementwiseProblem = {
  ...asked.lossGrad,
  ...elementwiseKey({ draw: drawPrediction, truth: slopeOf, mistakes: binarySlopes, differences: { are: 'told' } }),
};

export const lossDifference: DifferenceProblem = {
  ...asked.lossDifference,
  ...differenceKey({
    curve: (p, y) => lossOf(y, p),
    derivative: (p, y) => slopeOf(y, p),
    draw: (random) => ({ x: random.uniform(0.3, 0.7), y: random.integer(2) }),
    epsilons: [0.2, 0.1, 0.01],
  }),
};
