/** Question 1.2k: the binary cross-entropy of every prediction, its derivative, and a check by finite differences. 3 marks. */
import type { Check } from '../../check.ts';
import type { NdArray } from '../../model.ts';
import type { Random } from '../../numerics/random.ts';
import { lossOf as loss, slopeOf as slope } from './bce.ts';
import { unlessExchanged } from './bce-arguments.ts';
import { differenceProblem, judgeDifference } from './differences.ts';
import { elementwiseProblem, everywhere, judgeElementwise, judgeSlope, together } from './elementwise.ts';
import { judgeLossNearTheEnds, judgeSlopeNearTheEnds } from './near-the-ends.ts';

const module = 'q1-2k.ts';

/** Both classes in turn; predictions far enough from 0 and 1 that 1e-7, added to keep a logarithm finite, stays below the tolerance. */
const drawPrediction = (random: Random, place: number) => [place % 2, random.uniform(0.1, 0.9)];

const meanOf = (f: (y: number, p: number) => number) => (y: NdArray, p: NdArray) => {
  const values = y.data.map((target, i) => f(target, p.data[i]!));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map(() => mean);
};

export const lossProblem = elementwiseProblem({
  id: '1.2k.loss',
  title: 'The binary cross-entropy',
  module,
  name: 'bceLoss',
  draw: drawPrediction,
  truth: loss,
  mistakes: [
    everywhere(
      'sign',
      'the minus in front is missing',
      'The logarithms are negative: put a minus in front.',
      (y, p) => -loss(y, p),
    ),
    everywhere(
      'first-term',
      'the term of the class 0 is missing',
      'Add −(1 − y) log(1 − ŷ): for y = 0 your loss is 0.',
      (y, p) => -y * Math.log(p),
    ),
    everywhere(
      'second-term',
      'the term of the class 1 is missing',
      'Add −y log ŷ: for y = 1 your loss is 0.',
      (y, p) => -(1 - y) * Math.log(1 - p),
    ),
    everywhere(
      'labels-exchanged',
      'the two classes are exchanged',
      'log ŷ goes with y, log(1 − ŷ) with 1 − y.',
      (y, p) => loss(1 - y, p),
    ),
    everywhere(
      'second-sign',
      'the second term has the wrong sign',
      'Both terms have a minus.',
      (y, p) => -y * Math.log(p) + (1 - y) * Math.log(1 - p),
    ),
    everywhere('log2', 'logarithm to base 2', 'Use the natural logarithm, Math.log.', (y, p) => loss(y, p) / Math.LN2),
    everywhere(
      'log10',
      'logarithm to base 10',
      'Use the natural logarithm, Math.log.',
      (y, p) => loss(y, p) / Math.LN10,
    ),
    everywhere('squared', 'squared error', 'The sheet asks for −y log ŷ − (1 − y) log(1 − ŷ).', (y, p) => (y - p) ** 2),
    together('mean', 'the mean at every place', 'Return the loss of every prediction: no mean, no sum.', meanOf(loss)),
  ],
});

export const slopeProblem = elementwiseProblem({
  id: '1.2k.grad',
  title: 'The derivative of the binary cross-entropy',
  module,
  name: 'bceLossGrad',
  draw: drawPrediction,
  truth: slope,
  mistakes: [
    everywhere(
      'sign',
      'the sign is turned round',
      'For y = 1 the loss falls when ŷ rises: the derivative is negative.',
      (y, p) => -slope(y, p),
    ),
    everywhere(
      'logit',
      'ŷ − y',
      'That is the derivative with respect to the input of the sigmoid; divide by ŷ(1 − ŷ).',
      (y, p) => p - y,
    ),
    everywhere(
      'no-inner',
      'the inner derivative of log(1 − ŷ) is missing',
      'The derivative of log(1 − ŷ) is −1/(1 − ŷ).',
      (y, p) => -y / p - (1 - y) / (1 - p),
    ),
    everywhere(
      'first-term',
      'the term of the class 0 is missing',
      'Add (1 − y)/(1 − ŷ): for y = 0 your derivative is 0.',
      (y, p) => -y / p,
    ),
    everywhere(
      'second-term',
      'the term of the class 1 is missing',
      'Add −y/ŷ: for y = 1 your derivative is 0.',
      (y, p) => (1 - y) / (1 - p),
    ),
    everywhere(
      'denominators',
      'the denominators are exchanged',
      'y is divided by ŷ, and 1 − y by 1 − ŷ.',
      (y, p) => -y / (1 - p) + (1 - y) / p,
    ),
    everywhere('product', '(ŷ − y) ŷ (1 − ŷ)', 'Divide by ŷ(1 − ŷ), do not multiply.', (y, p) => (p - y) * p * (1 - p)),
    everywhere(
      'squared',
      'the derivative of the squared error',
      'Differentiate −y log ŷ − (1 − y) log(1 − ŷ).',
      (y, p) => 2 * (p - y),
    ),
    together(
      'over-n',
      'divided by the number of predictions',
      'Return the derivative of every single loss: no mean.',
      (y, p) => y.data.map((target, i) => slope(target, p.data[i]!) / y.data.length),
    ),
  ],
});

export const lossDifference = differenceProblem({
  id: '1.2k.difference',
  title: 'The difference quotient of the binary cross-entropy',
  module,
  name: 'bceLossGradNumerical',
  curve: (p, y) => loss(y, p),
  derivative: (p, y) => slope(y, p),
  draw: (random) => ({ x: random.uniform(0.3, 0.7), y: random.integer(2) }),
  epsilons: [0.2, 0.1, 0.01],
});

export const checks: Check[] = [
  {
    id: '1.2k.loss',
    task: '1.2k',
    title: 'bceLoss is the loss of every single prediction',
    asks: 'bceLoss of a number, vectors and matrices with both classes, and of predictions down to 1e-6 from 0 and 1.',
    points: 1,
    problems: [lossProblem],
    run: async (desk) => {
      const judgement = await judgeElementwise(desk, lossProblem, { module, name: 'bceLoss' });
      return unlessExchanged(desk, await judgeLossNearTheEnds(desk, judgement, lossProblem), lossProblem, loss);
    },
  },
  {
    id: '1.2k.grad',
    task: '1.2k',
    title: 'bceLossGrad is its derivative with respect to the prediction',
    asks: 'bceLossGrad of a number, vectors and matrices with both classes, and of predictions down to 1e-6 from 0 and 1.',
    points: 1.5,
    problems: [slopeProblem],
    run: async (desk) => {
      const own = { problem: lossProblem, form: 'curved', task: '1.2k' } as const;
      const judgement = await judgeSlope(desk, slopeProblem, { module, name: 'bceLossGrad' }, own);
      const toTheEnds = await judgeSlopeNearTheEnds(desk, judgement, slopeProblem, {
        loss: lossProblem,
        task: '1.2k (bceLoss)',
      });
      return unlessExchanged(desk, toTheEnds, slopeProblem, slope);
    },
  },
  {
    id: '1.2k.difference',
    task: '1.2k',
    title: 'bceLossGradNumerical is the central difference quotient with respect to the prediction',
    asks: 'bceLossGradNumerical with ε = 0.2, 0.1 and 0.01.',
    points: 0.5,
    problems: [lossDifference],
    run: (desk) =>
      judgeDifference(
        desk,
        lossDifference,
        { module, name: 'bceLossGradNumerical' },
        {
          problem: lossProblem,
          slope: slopeProblem,
          name: 'bceLoss',
          task: '1.2k',
        },
      ),
  },
];
