/** The rectifier, its derivative and its difference quotient, as problems of question 1.2f. */
import { relu, reluPrime } from '../../../reference/oracles/activations.ts';
import type { Random } from '../../numerics/random.ts';
import { differenceProblem } from './differences.ts';
import { elementwiseProblem, everywhere } from './elementwise.ts';

export const module = 'q1-2f.ts';

/** Both signs in turn, some beyond 6, where a rectifier may be cut off, and never near the kink at 0, where every slope from 0 to 1 is right. */
const drawInput = (random: Random, place: number) => [
  (place % 2 === 0 ? -1 : 1) * (place % 5 === 3 ? random.uniform(7, 12) : random.uniform(0.3, 5)),
];

/** Every seventh number is 0 itself, where relu has a value and no slope. */
const drawWithZeros = (random: Random, place: number) => (place % 7 === 6 ? [0] : drawInput(random, place));

/** Some so close to the kink that a slope which changes elsewhere, or bit by bit, shows. */
const drawNearTheKink = (random: Random, place: number) => {
  const [x] = drawInput(random, place);
  return [place % 7 === 4 || place % 7 === 5 ? x! / 1000 : x!];
};

export const reluProblem = elementwiseProblem({
  id: '1.2f.relu',
  title: 'The rectifier',
  module,
  name: 'relu',
  draw: drawWithZeros,
  visits: [{ says: 'a tie at the kink', holds: (probes) => probes.some(({ args: [x] }) => x!.data.includes(0)) }],
  truth: relu,
  mistakes: [
    everywhere('absolute', '|x|', 'Negative numbers become 0, not positive.', Math.abs),
    everywhere('identity', 'x itself', 'Negative numbers become 0.', (x) => x),
    everywhere('minimum', 'min(x, 0)', 'Take the larger of x and 0.', (x) => Math.min(x, 0)),
    everywhere('step', '1 and 0 instead of x and 0', 'For positive x the result is x, not 1.', (x) => (x > 0 ? 1 : 0)),
    everywhere(
      'leaky',
      'a slope of 0.01 on the left',
      'That is the leaky rectifier: here negative numbers become 0.',
      (x) => (x > 0 ? x : 0.01 * x),
    ),
    everywhere('capped', 'cut off at 1', 'Positive numbers stay as they are.', (x) => Math.min(1, Math.max(0, x))),
  ],
});

export const reluGradProblem = elementwiseProblem({
  id: '1.2f.reluGrad',
  title: 'The derivative of the rectifier',
  module,
  name: 'reluGrad',
  draw: drawNearTheKink,
  visits: [
    {
      says: 'numbers close to the kink on both sides',
      holds: (probes) =>
        [-1, 1].every((sign) => probes.some(({ args: [x] }) => x!.data.some((v) => 0 < sign * v && sign * v < 0.01))),
    },
  ],
  truth: reluPrime,
  mistakes: [
    everywhere('relu', 'relu itself', 'The slope of x is 1, not x.', relu),
    everywhere('sign', '−1 for negative x', 'Left of 0 relu is constant: its slope is 0.', Math.sign),
    everywhere('reversed', 'the two cases are exchanged', 'The slope is 1 for positive x and 0 for negative x.', (x) =>
      x > 0 ? 0 : 1,
    ),
    everywhere('one', '1 everywhere', 'Left of 0 relu is constant: its slope is 0.', () => 1),
    everywhere('leaky', 'a slope of 0.01 on the left', 'Left of 0 relu is constant: its slope is 0.', (x) =>
      x > 0 ? 1 : 0.01,
    ),
  ],
});

export const reluDifference = differenceProblem({
  id: '1.2f.difference',
  title: 'The difference quotient of the rectifier',
  module,
  name: 'reluGradNumerical',
  curve: relu,
  derivative: reluPrime,
  // So near to the kink that a step reaches over it: there the quotients differ. Elsewhere they agree.
  draw: (random) => ({ x: (random.next() < 0.5 ? -1 : 1) * random.uniform(0.02, 0.2) }),
  epsilons: [0.5, 0.6, 0.01],
});
