/** What `trainFashion` has to do to a small network, on batches in a fixed order. */
import { classes, drawImages, rowsOf } from '../../kinds/image-set.ts';
import type { ImageSet } from '../../kinds/image-set.ts';
import { drawReluNet, reluMlp } from '../../kinds/relu-classifier.ts';
import { argmax, oneHot } from '../../../reference/oracles/accuracy.ts';
import type { Variant } from '../../key.ts';
import type { Net } from '../../kinds/listed-net.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import type { Course, Rows } from '../../mistakes/training/course.ts';
import { scoresOf } from '../../mistakes/training/course.ts';
import { curveMistakes, testsFirst, weighted } from '../../mistakes/training/curve-mistakes.ts';
import { curveProgram } from '../../mistakes/training/curves.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { TrainingProbe } from './p4c-question.ts';
import { trainingQuestion } from './p4c-question.ts';

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

/** Images and the size of a batch: the last batch is smaller. */
const designs = [
  { hidden: [9], train: 15, test: 12, batch: { train: 6, test: 5 }, epochs: 3, learningRate: 0.08 },
  { hidden: [8], train: 17, test: 9, batch: { train: 5, test: 4 }, epochs: 2, learningRate: 0.05 },
];

function drawProbe(random: Random, { hidden, train, test, ...settings }: (typeof designs)[number]): TrainingProbe {
  const net = drawReluNet(random, hidden);
  const sets = {
    train: drawImages(random.fork('train'), train),
    test: partlyRight(net, drawImages(random.fork('test'), test), settings.batch.test),
  };
  return { net, sets, ...settings };
}

/** So many images of every test batch bear the label that the untrained network gives them: counts of one would tell little. */
const rightPerBatch = 2;

function partlyRight(net: Net, set: ImageSet, size: number): ImageSet {
  const scores = scoresOf({ ...reluMlp(net), X: [], Y: [] }, rowsOf(set));
  const labels = set.labels.map((label, i) => (i % size < rightPerBatch ? argmax(scores[i]!) : label));
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

export const trainingProblem: Problem<TrainingProbe> = {
  ...trainingQuestion,
  probes: (random) => designs.map((design, i) => drawProbe(random.fork(`design ${i}`), design)),
  oracle: (probe) => program.run(probe, program.right),
  accepts: accepted,
  mistakes: variantsOf(program, curveMistakes),
};
