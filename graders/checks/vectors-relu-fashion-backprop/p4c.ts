/**
 * Problem 4 (c): training by stochastic gradient descent. 6 marks.
 *
 * Asked   `trainFashion(model, { train, test }, { epochs, learningRate })` → { trainLoss, testLoss, testAcc }, epoch by epoch
 * Right   one step of plain gradient descent for every training batch, and none for a test batch (graders/mistakes/training/
 *         course.ts); mean losses over batches or images; tested after the epoch, or before it. Curves are right as well when
 *         they are those of one's own wrong steps.
 * Costs   steps 2, training loss 1, both results on the test batches 1, and that a training on images learns 2
 */
import type { Check } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { judgeLearning } from '../../kinds/curve-training-learns.ts';
import { followingOwnSteps } from '../../kinds/curve-training-own.ts';
import { curveTraining } from '../../kinds/curve-training.ts';
import { fashion } from './fashion.ts';

const training = curveTraining({ task: 'P4c', unit: 'p4c', name: 'trainFashion', own: fashion }, [
  { hidden: [9], train: 15, test: 12, batch: { train: 6, test: 5 }, epochs: 3, learningRate: 0.08 },
  { hidden: [8], train: 17, test: 9, batch: { train: 5, test: 4 }, epochs: 2, learningRate: 0.05, recognised: true },
]);

/**
 * The fall is what the sheet asks for. Over 20 seeds of the first weights the loss of a right training falls by 0.813 to
 * 0.906 here, and 0.875 to 0.942 of the test images are recognised. It is long enough for mistakes that cost in the steps and
 * still learn: half of the batches, a single epoch, rates that fall.
 */
const long = {
  train: 240,
  test: 120,
  hidden: [64],
  batch: 16,
  epochs: 3,
  learningRate: 0.1,
  needed: { fall: 0.3, accuracy: 0.7 },
};

const part = (id: string, points: number, title: string, names: readonly string[], what: string): Check => ({
  id: `p4c.${id}`,
  costly: true,
  task: 'P4c',
  title,
  asks: 'trainFashion on two small networks of the grader, with batches in a fixed order, for two and three epochs.',
  points,
  problems: [training.problem],
  run: async (context) => {
    const words = Object.fromEntries(names.map((name) => [name, what]));
    const judgement = firstWrong(await evaluate(context, training.problem), words);
    return id === 'steps' ? judgement : followingOwnSteps(context, training, judgement, names);
  },
});

export const checks: Check[] = [
  part(
    'steps',
    2,
    'Every training batch leads to one step of plain gradient descent, and nothing else does',
    ['W2', 'b2', 'W1', 'b1'],
    'What the training changes in the weights',
  ),
  part('trainLoss', 1, 'trainLoss holds the mean loss of the batches of each epoch', ['trainLoss'], 'trainLoss'),
  part(
    'tests',
    1,
    'testLoss and testAcc hold the mean loss and the accuracy on the test batches',
    ['testLoss', 'testAcc'],
    'The result on the test batches',
  ),
  {
    id: 'p4c.learns',
    costly: true,
    task: 'P4c',
    title: 'A training on images lowers the loss by 30 % and recognises 70 % of the test images',
    asks: `${long.epochs} epochs with a 784–${long.hidden.join('–')}–10 network on ${long.train} images that look like digits.`,
    points: 2,
    run: (context) => judgeLearning(context, training, long),
  },
];
