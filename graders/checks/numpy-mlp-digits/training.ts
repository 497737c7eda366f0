/** Question 3.6: training with mini-batches, and its curve. 10 marks, 1 by a person. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { randomRows } from '../../kinds/drawn-rows.ts';
import type { Data, Training } from '../../kinds/learner.ts';
import { judgeAccuracy, judgeLearning } from '../../kinds/learner-goals.ts';
import { judgeSeries } from '../../kinds/learner-series.ts';
import { fieldsOf, isNumbers, isText } from '../../kinds/side-car.ts';
import { tapedLearner } from '../../kinds/taped-net-learner.ts';
import { netParts } from '../../kinds/taped-net-update.ts';
import { manualCheck } from '../../manual.ts';
import type { MlpCase } from '../../mistakes/mlp/backprop.ts';
import { classes, drawnDigits, ink, pixels } from './digits.ts';
import { generator, minibatchesRight } from './minibatches.ts';
import { network } from './mlp.ts';

const sizes = [pixels, 32, classes] as const;
const [epochs, minibatchSize] = [12, 25];

/*
 * 40 seeds of the model solution on data of this kind (500 training and 300 test images, 12 epochs, mini-batches of 25,
 * learning rate 1): the loss falls to 0.044–0.068 of what it was; test accuracy 0.966 ± 0.011, at least 0.947. The threshold
 * lies 7.5 standard deviations below. Loops that use the first mini-batch only, or one epoch only, end at 0.72–1.02 and
 * below 0.47.
 */
const goals = { lossRatio: 0.4, accuracy: 0.88 };

/** The student's MLP on digits that only the grader knows, by the student's loop; parts that are wrong are paid elsewhere. */
const training: Training = {
  task: '3.6',
  learner: tapedLearner(network, { unit: 'train', name: 'train' }, generator, minibatchSize),
  start: startNet,
  data: drawData,
  epochs,
  minibatchSize,
  goals,
  builtOn: {
    parts: netParts(network),
    batches: { task: '2.1g or 2.1h', areRight: minibatchesRight },
  },
};

/** Starting weights as the sheet suggests them, N(0, 0.2²), the same for everybody. */
function startNet(context: CheckContext): MlpCase {
  const random = context.random('3.6.weights');
  const W = sizes.slice(1).map((units, l) => randomRows(random, sizes[l]!, units, 0.2));
  const b = sizes.slice(1).map((units) => new Array<number>(units).fill(0));
  return { W, b, hidden: 'sigmoid', output: 'softmax-cce', X: [], Y: [] };
}

/** 500 images for the training and 300 others, with grey values from 0 to 1. */
function drawData(context: CheckContext): { train: Data; test: Data } {
  return context.oncePerBatch('numpy-mlp-digits/training', () => {
    const { x, digits } = drawnDigits(context.random('3.6.digits'), 800);
    const between = (from: number, to: number): Data => {
      const labels = digits.slice(from, to);
      return {
        x: x.slice(from, to).map((image) => image.map((v) => v / ink)),
        t: labels.map((label) => Array.from({ length: classes }, (_, k) => (label === k ? 1 : 0))),
        digits: labels,
      };
    };
    return { train: between(0, 500), test: between(500, 800) };
  });
}

const setting = `[64, 32, 10], 500 images, ${epochs} epochs, mini-batches of ${minibatchSize}; weights set by the grader.`;

export const checks: Check[] = [
  // Right is every number from half of the smallest to twice the largest loss around its epoch, unless it is that of a single
  // mini-batch; in small trainings, whose losses are known, all digits count.
  {
    id: '3.6.series',
    costly: true,
    task: '3.6',
    title: 'train returns the mean loss of every epoch',
    asks: `${setting} Every value is compared with the loss of your network shortly before and after its epoch.`,
    points: 2,
    run: (context) => judgeSeries(context, training),
  },
  // Two of the three marks are for a network that learns by a loop that goes, weight by weight, where it should; the third is
  // for mini-batches that are made anew in every epoch.
  {
    id: '3.6.learns',
    costly: true,
    task: '3.6',
    title: `The loss falls below ${goals.lossRatio} of what it was, with new mini-batches in every epoch`,
    asks: `${setting} Loss on the training images before and after, and whether every epoch has new mini-batches.`,
    points: 3,
    run: (context) => judgeLearning(context, training),
  },
  // Here and above: where parts of the network are wrong, it is enough that the loop leads where one of ours with them leads.
  {
    id: '3.6.accuracy',
    costly: true,
    task: '3.6',
    title: `At least ${goals.accuracy * 100} % of new images are recognised`,
    asks: `${setting} Predictions for 300 images that were not in the training.`,
    points: 3,
    run: (context) => judgeAccuracy(context, training),
  },
  {
    id: '3.6.plot',
    task: '3.6',
    title: 'The plot has a series of losses, one for each epoch, and names its axes',
    asks: 'The series in plots/3-6.json.',
    points: 1,
    run: judgePlot,
  },
  manualCheck({ id: '3.6.look', task: '3.6', title: 'The plot is readable and explained', points: 1 }),
];

/** The curve of the student's own training: what it holds is free, as long as it falls. */
async function judgePlot(context: CheckContext): Promise<Judgement> {
  const plot = fieldsOf(await context.sidecar('plots/3-6.json'));
  const { loss } = fieldsOf(plot['series']);
  const shape = 'It holds { "xLabel": "epoch", "yLabel": "mean loss", "series": { "loss": [ … ] } }.';
  if (!isNumbers(loss) || loss.length < 3) {
    return fail({
      says: 'plots/3-6.json has no series `loss` with a number for each of at least three epochs.',
      hint: shape,
    });
  }
  if (!['xLabel', 'yLabel'].every((label) => isText(plot[label]))) {
    return fail({ says: 'The axes of plots/3-6.json have no labels.', hint: shape });
  }
  const [first, last] = [loss[0]!, loss.at(-1)!];
  if (last < first) return pass();
  return fail({
    says: 'The loss in plots/3-6.json does not fall.',
    yours: `${first} in the first epoch, ${last} in the last`,
  });
}
