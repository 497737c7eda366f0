/** Questions 1.2b and c: the sigmoid, its derivative, and the derivative by finite differences. 3 marks. */
import { sigmoid, sigmoidPrime } from '../../../reference/oracles/activations.ts';
import type { Check, Desk, Judgement } from '../../check.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayFrom } from '../../values.ts';
import { differenceProblem, judgeDifference } from './differences.ts';
import { elementwiseProblem, everywhere, judgeElementwise, judgeSlope, together } from './elementwise.ts';
import type { Elements } from './elementwise.ts';

const module = 'q1-2b.ts';

/** Where the curve is nearly flat and where it is flat in single precision; exp overflows in neither. */
const tails = [
  [5.5, 10],
  [-30, -12],
  [-10, -5.5],
  [12, 30],
] as const;

/** Most |x| stay below `most`; every third number lies in a tail, where a program may treat numbers in another way. */
const drawInput = (most: number) => (random: Random, place: number) => [
  place % 3 === 2 ? random.uniform(...tails[((place - 2) / 3) % 4]!) : random.uniform(-most, most),
];

const inBothTails = {
  says: 'numbers in both tails, near and far',
  holds: (probes: readonly Elements[]) =>
    tails.every(([low, high]) => probes.some(({ args: [x] }) => x!.data.some((v) => v >= low && v <= high))),
};

export const sigmoidProblem = elementwiseProblem({
  id: '1.2b.sigmoid',
  title: 'The sigmoid',
  module,
  name: 'sigmoid',
  // σ is neither 0 nor 1 in its first digits.
  draw: drawInput(5),
  visits: [inBothTails],
  truth: sigmoid,
  mistakes: [
    everywhere('sign', 'σ(−x)', 'The exponent has a minus, and the numerator is 1: 1 / (1 + exp(−x)).', (x) =>
      sigmoid(-x),
    ),
    everywhere(
      'tanh',
      'tanh instead of the sigmoid',
      'The sigmoid is 1 / (1 + exp(−x)); tanh runs from −1 to 1.',
      Math.tanh,
    ),
    everywhere('no-one', '1 is missing in the denominator', 'The denominator is 1 + exp(−x).', (x) => 1 / Math.exp(-x)),
    everywhere('base-two', 'powers of 2', 'Use the exponential function with base e.', (x) => 1 / (1 + 2 ** -x)),
    everywhere(
      'minus-one',
      'a minus in the denominator',
      'The denominator is 1 + exp(−x).',
      (x) => 1 / (1 - Math.exp(-x)),
    ),
    together(
      'softmax',
      'softmax over the numbers',
      'Every number is treated on its own: nothing is summed over the array.',
      (x) => {
        const e = x.data.map(Math.exp);
        const total = e.reduce((sum, value) => sum + value, 0);
        return e.map((value) => value / total);
      },
    ),
  ],
});

export const sigmoidGradProblem = elementwiseProblem({
  id: '1.2b.sigmoidGrad',
  title: 'The derivative of the sigmoid',
  module,
  name: 'sigmoidGrad',
  // 1 − σ has lost little more than a digit of single precision, so that σ(1 − σ) is right in six.
  draw: drawInput(2.5),
  visits: [inBothTails],
  truth: sigmoidPrime,
  mistakes: [
    everywhere(
      'x-for-sigma',
      'x(1 − x)',
      'Apply the sigmoid first: σ(x)(1 − σ(x)). The argument is x, not σ(x).',
      (x) => x * (1 - x),
    ),
    everywhere('sigma-twice', "σ' at σ(x)", 'The argument is x already: apply the sigmoid once.', (x) =>
      sigmoidPrime(sigmoid(x)),
    ),
    everywhere(
      'sign',
      'the sign is turned round',
      'The sigmoid rises: its derivative is positive.',
      (x) => -sigmoidPrime(x),
    ),
    everywhere('sigma', 'the sigmoid itself', 'The derivative is σ(x)(1 − σ(x)).', sigmoid),
    everywhere('one-minus', '1 − σ(x)', 'The factor σ(x) is missing.', (x) => 1 - sigmoid(x)),
    everywhere('plus', 'σ(x)(1 + σ(x))', 'The second factor is 1 − σ(x).', (x) => sigmoid(x) * (1 + sigmoid(x))),
    everywhere(
      'tanh',
      '1 − σ(x)²',
      'That is the rule for tanh; for the sigmoid it is σ(1 − σ).',
      (x) => 1 - sigmoid(x) ** 2,
    ),
    everywhere('squared', 'σ(x)²(1 − σ(x))', 'There is one factor σ(x).', (x) => sigmoid(x) ** 2 * (1 - sigmoid(x))),
  ],
});

export const sigmoidDifference = differenceProblem({
  id: '1.2c.difference',
  title: 'The difference quotient of the sigmoid',
  module: 'q1-2c.ts',
  name: 'sigmoidGradNumerical',
  curve: sigmoid,
  derivative: sigmoidPrime,
  draw: (random) => ({ x: random.uniform(0.4, 2) * (random.next() < 0.5 ? -1 : 1) }),
  epsilons: [0.9, 0.5, 0.01],
});

export const checks: Check[] = [
  {
    id: '1.2b.sigmoid',
    task: '1.2b',
    title: 'sigmoid is 1 / (1 + exp(−x)) of every number',
    asks: 'sigmoid of a number, a vector and two matrices.',
    points: 1,
    problems: [sigmoidProblem],
    run: judgeSigmoid,
  },
  {
    id: '1.2b.sigmoidGrad',
    task: '1.2b',
    title: 'sigmoidGrad is the derivative at every number',
    asks: 'sigmoidGrad of a number, a vector and two matrices.',
    points: 1,
    problems: [sigmoidGradProblem],
    run: (desk) =>
      judgeSlope(
        desk,
        sigmoidGradProblem,
        { module, name: 'sigmoidGrad' },
        { problem: sigmoidProblem, form: 'curved', task: '1.2b' },
      ),
  },
  {
    id: '1.2c.difference',
    task: '1.2c',
    title: 'sigmoidGradNumerical is the central difference quotient',
    asks: 'sigmoidGradNumerical with ε = 0.9, 0.5 and 0.01: large steps show which quotient it is.',
    points: 1,
    problems: [sigmoidDifference],
    run: (desk) =>
      judgeDifference(
        desk,
        sigmoidDifference,
        { module: 'q1-2c.ts', name: 'sigmoidGradNumerical' },
        {
          problem: sigmoidProblem,
          slope: sigmoidGradProblem,
          name: 'sigmoid',
          task: '1.2b',
        },
      ),
  },
];

/** Values far outside are a remark, not a mark: the sheet asks for none. */
async function judgeSigmoid(desk: Desk): Promise<Judgement> {
  const target = { module, name: 'sigmoid' };
  const judgement = await judgeElementwise(desk, sigmoidProblem, target);
  if (judgement.earned < 1) return judgement;
  const far = arrayFrom((await (await desk.guest()).call(target, [arrayOf([-800, 800])])).value);
  if (far?.data.every(Number.isFinite)) return judgement;
  return { ...judgement, notes: [...(judgement.notes ?? []), 'sigmoid of −800 or 800 is not a number: exp overflows'] };
}
