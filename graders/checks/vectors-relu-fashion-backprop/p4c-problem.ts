/** What `trainFashion` has to do to a small network, on batches in a fixed order. */
import { argmax, oneHot } from '../../../reference/oracles/accuracy.ts';
import type { Course, Rows } from '../../mistakes/training/course.ts';
import { scoresOf } from '../../mistakes/training/course.ts';
import { curveMistakes, testsFirst, weighted } from '../../mistakes/training/curve-mistakes.ts';
import { changesOf, curveProgram, curvesOf } from '../../mistakes/training/curves.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import type { Arg, Guest, NdArray, Value } from '../../model.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import {
  classes,
  drawImages,
  drawReluNet,
  fixedBatches,
  modelArg,
  ownOutput,
  pixels,
  reluMlp,
  rowsOf,
} from './fashion-net.ts';
import type { ImageSet, LabelType } from './fashion-net.ts';
import { withOwnLabels } from './own-labels.ts';
import { readNet, sizesOf } from '../../kinds/listed-net.ts';
import type { Net } from '../../kinds/listed-net.ts';

export const target = { module: 'p4c', name: 'trainFashion' };

export interface TrainingProbe {
  net: Net;
  sets: { train: ImageSet; test: ImageSet };
  batch: { train: number; test: number };
  epochs: number;
  learningRate: number;
}

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

/** One epoch with the first `count` training batches. */
export function firstBatches(probe: TrainingProbe, count: number): TrainingProbe {
  const { images, labels } = probe.sets.train;
  const shown = count * probe.batch.train;
  const train = { images: images.slice(0, shown * pixels), labels: labels.slice(0, shown) };
  return { ...probe, epochs: 1, sets: { ...probe.sets, train } };
}

export const options = (epochs: number, learningRate: number): Arg => ({
  kind: 'record',
  entries: { epochs, learningRate },
});

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
  id: 'P4c.training',
  once: true,
  title: 'A short training on batches in a fixed order',
  precision: 'single',
  probes: (random) => designs.map((design, i) => drawProbe(random.fork(`design ${i}`), design)),
  describe: ({ net, sets, batch, epochs, learningRate }) =>
    `a ${sizesOf(net).join('–')} network, ${Math.ceil(sets.train.labels.length / batch.train)} batches in a fixed order, the last one smaller, ${epochs} epochs, learning rate ${learningRate}`,
  ask: (guest, probe) => withOwnLabels(guest, (labels) => trained(guest, probe, labels)),
  read: readTraining,
  write: (answer, { net }) => ({
    kind: 'record',
    entries: {
      returned: {
        kind: 'record',
        entries: { trainLoss: answer['trainLoss'], testLoss: answer['testLoss'], testAcc: answer['testAcc'] },
      },
      weights: { kind: 'list', items: moved(net, answer) },
    },
  }),
  oracle: (probe) => program.run(probe, program.right),
  accepts: accepted,
  mistakes: variantsOf(program, curveMistakes),
};

/** What trainFashion returns, and the weights as it leaves them. */
async function trained(guest: Guest, probe: TrainingProbe, labels: LabelType): Promise<Answered> {
  const { net, sets, batch, epochs, learningRate } = probe;
  const model = await guest.make(modelArg(net, await ownOutput(guest)));
  const loaders: Arg = {
    kind: 'record',
    entries: {
      train: await fixedBatches(guest, sets.train, batch.train, labels),
      test: await fixedBatches(guest, sets.test, batch.test, labels),
    },
  };
  const { value } = await guest.call(target, [model, loaders, options(epochs, learningRate)]);
  const { layers } = await guest.describe(model.id);
  const weights: Value = { kind: 'list', items: layers.flatMap((layer) => layer.weights) };
  return { value: { kind: 'record', entries: { returned: value, weights } } };
}

/** The weights after training from what changed. */
const moved = (net: Net, changes: Answer): NdArray[] =>
  net.weights.flatMap((W, l) => {
    const [dW, db] = [changes[`W${l + 1}`]!, changes[`b${l + 1}`]!];
    return [
      makeArray(
        dW.shape,
        W.flat().map((v, i) => v + dW.data[i]!),
      ),
      makeArray(
        db.shape,
        net.biases[l]!.map((v, i) => v + db.data[i]!),
      ),
    ];
  });

/** The weights of a model, layer by layer matrix and biases, as a network of the same sizes; undefined if they are none. */
export function netIn(items: readonly Value[], before: Net): Net | undefined {
  const pick = (rest: number): Value => ({ kind: 'list', items: items.filter((_, i) => i % 2 === rest) });
  const after = readNet({ kind: 'record', entries: { weights: pick(0), biases: pick(1) } }, sizesOf(before));
  return 'says' in after ? undefined : after;
}

function readTraining({ value }: Answered, { net, epochs }: TrainingProbe): Reading {
  const list = fieldOf(value, 'weights');
  const items = typeof list === 'object' && list !== null && list.kind === 'list' ? list.items : [];
  const after = netIn(items, net);
  if (after === undefined) return { misread: { says: 'After the training the model has other layers than before.' } };
  const answer: Record<string, NdArray> = { ...changesOf(reluMlp(net), reluMlp(after)) };
  const misreads: Record<string, { says: string; yours: string; expected: string }> = {};
  const returned = fieldOf(value, 'returned');
  for (const name of ['trainLoss', 'testLoss', 'testAcc']) {
    const curve = arrayFrom(fieldOf(returned, name));
    if (curve?.data.length === epochs) Object.assign(answer, curvesOf({ [name]: Array.from(curve.data) }, epochs));
    else {
      misreads[name] = {
        says: `trainFashion should return ${name} with one number for every epoch.`,
        yours: curve === undefined ? inWords(returned) : `${curve.data.length} numbers`,
        expected: `${epochs} numbers`,
      };
    }
  }
  return Object.keys(misreads).length > 0 ? { answer, notes: [], misreads } : { answer, notes: [] };
}
