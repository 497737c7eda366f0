/** What a training that returns curves has to do to a small network, on batches in a fixed order. */
import { classes, drawImages, rowsOf } from './image-set.ts';
import type { ImageSet } from './image-set.ts';
import { drawReluNet, reluMlp } from './relu-classifier.ts';
import { argmax, oneHot } from '../../reference/oracles/accuracy.ts';
import type { Variant, Visit } from '../key.ts';
import type { Net } from './listed-net.ts';
import { adapt, variantsOf } from '../mistakes/program.ts';
import type { Course, Rows } from '../mistakes/training/course.ts';
import { scoresOf } from '../mistakes/training/course.ts';
import { curveMistakes, testsFirst, weighted } from '../mistakes/training/curve-mistakes.ts';
import { curveProgram } from '../mistakes/training/curves.ts';
import type { Random } from '../numerics/random.ts';
import type { Problem } from '../problem.ts';
import type { AskedTraining, TrainingProbe } from './curve-training-question.ts';
import { curveTrainingQuestion } from './curve-training-question.ts';

/** Images as rows with bit vectors. */
export const rowsIn = (set: ImageSet): Rows => ({
  X: rowsOf(set),
  Y: Array.from(set.labels, (label) => oneHot(label, classes)),
});

const courseOf = ({ net, sets, batch, epochs, learningRate }: TrainingProbe): Course => ({
  start: { ...reluMlp(net), X: [], Y: [] },
  train: rowsIn(sets.train),
  test: rowsIn(sets.test),
  batchSize: batch.train,
  testBatchSize: batch.test,
  epochs,
  eta: learningRate,
});

const program = adapt(curveProgram, courseOf);

interface CurveDesign {
  hidden: readonly number[];
  /** Images, and the size of a batch: the last one should be smaller. */
  train: number;
  test: number;
  batch: { train: number; test: number };
  epochs: number;
  learningRate: number;
  /** Set where the untrained network recognises all test images, and still does after an epoch: there is more to train all the same. */
  recognised?: true;
}

/** The student's function that trains, and what is right for it. */
export interface CurveTraining {
  asked: AskedTraining;
  problem: Problem<TrainingProbe>;
}

/**
 * Right are one step of plain gradient descent for every training batch, and the mean losses and accuracies on the way, read in
 * any way that the words allow.
 */
export const curveTraining = (asked: AskedTraining, designs: readonly CurveDesign[]): CurveTraining => ({
  asked,
  problem: {
    ...curveTrainingQuestion(asked),
    probes: (random) => designs.map((design, i) => drawProbe(random.fork(`design ${i}`), design)),
    ...(designs.some(({ recognised }) => recognised) ? { visits: [allRecognised] } : {}),
    oracle: (probe) => program.run(probe, program.right),
    accepts: accepted,
    mistakes: variantsOf(program, curveMistakes),
  },
});

const allRecognised: Visit<TrainingProbe> = {
  says: 'test images that are all recognised after an epoch that is not the last',
  holds: (probes) =>
    probes.some((probe) => {
      const { testAcc } = program.run(probe, program.right);
      return testAcc!.data.slice(0, -1).some((share) => share === 1);
    }),
};

function drawProbe(random: Random, { hidden, train, test, recognised, ...settings }: CurveDesign): TrainingProbe {
  const net = drawReluNet(random, hidden);
  const sets = {
    train: drawImages(random.fork('train'), train),
    test: partlyRight(
      net,
      drawImages(random.fork('test'), test),
      settings.batch.test,
      recognised ? Infinity : rightPerBatch,
    ),
  };
  return { net, sets, ...settings };
}

/** So many images of every test batch bear the label that the untrained network gives them: counts of one would tell little. */
const rightPerBatch = 2;

function partlyRight(net: Net, set: ImageSet, size: number, right: number): ImageSet {
  const scores = scoresOf({ ...reluMlp(net), X: [], Y: [] }, rowsOf(set));
  const labels = set.labels.map((label, i) => (i % size < right ? argmax(scores[i]!) : label));
  return { ...set, labels };
}

/** Every way of reading the sheet: tested before or after an epoch, losses averaged over batches or over images. */
const readings = [[], [testsFirst]].flatMap((order) =>
  [[], [weighted.train], [weighted.test], [weighted.train, weighted.test]].map((means) => [...order, ...means]),
);
const accepted: readonly Variant<TrainingProbe>[] = readings
  .filter((rules) => rules.length > 0)
  .map((rules) => ({
    id: rules.map(({ id }) => id).join('+'),
    title: rules.map(({ title }) => title).join('; '),
    compute: (probe) =>
      program.run(
        probe,
        rules.reduce((changed, { apply }) => apply(changed), program.right),
      ),
  }));
