/** Problem 4 (c): `trainFashion` on small networks, with batches in a fixed order. */
import { pixels } from '../../kinds/image-set.ts';
import type { ImageSet } from '../../kinds/image-set.ts';
import { modelArg } from '../../kinds/relu-classifier.ts';
import { fixedBatches, ownOutput, withOwnLabels } from './fashion-net.ts';
import type { LabelType } from './fashion-net.ts';
import type { Net } from '../../kinds/listed-net.ts';
import { movedAlong, readNet, readStep, sizesOf } from '../../kinds/listed-net.ts';
import type { Arg, Guest, Value } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answered, Question, Reading } from '../../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, list, record } from '../../values.ts';

export const target = { module: 'p4c', name: 'trainFashion' };

export interface TrainingProbe {
  net: Net;
  sets: { train: ImageSet; test: ImageSet };
  batch: { train: number; test: number };
  epochs: number;
  learningRate: number;
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

/** What the training changes in the weights, and the three curves that it returns. */
export const trainingQuestion: Question<TrainingProbe> = {
  id: 'P4c.training',
  once: true,
  title: 'A short training on batches in a fixed order',
  precision: 'single',
  describe: ({ net, sets, batch, epochs, learningRate }) =>
    `a ${sizesOf(net).join('–')} network, ${Math.ceil(sets.train.labels.length / batch.train)} batches in a fixed order, the last one smaller, ${epochs} epochs, learning rate ${learningRate}`,
  ask: (guest, probe) => withOwnLabels(guest, (labels) => trained(guest, probe, labels)),
  read: readTraining,
  write: ({ trainLoss, testLoss, testAcc, ...changes }, { net }) => {
    const { weights, biases } = movedAlong(net, changes, -1);
    return record({
      returned: record({ trainLoss, testLoss, testAcc }),
      weights: list(weights.flatMap((W, l) => [arrayOf(W), arrayOf(biases[l]!)])),
    });
  },
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
  return { value: record({ returned: value, weights: list(layers.flatMap((layer) => layer.weights)) }) };
}

/** The weights of a model, layer by layer matrix and biases, as a network of the same sizes; undefined if they are none. */
export function netIn(items: readonly Value[], before: Net): Net | undefined {
  const pick = (rest: number) => list(items.filter((_, i) => i % 2 === rest));
  const after = readNet(record({ weights: pick(0), biases: pick(1) }), sizesOf(before));
  return 'says' in after ? undefined : after;
}

function readTraining({ value }: Answered, { net, epochs }: TrainingProbe): Reading {
  const after = netIn(itemsOf(fieldOf(value, 'weights')) ?? [], net);
  if (after === undefined) return { misread: { says: 'After the training the model has other layers than before.' } };
  const answer: Record<string, NdArray> = { ...readStep(after, net, 1) };
  const misreads: Record<string, { says: string; yours: string; expected: string }> = {};
  const returned = fieldOf(value, 'returned');
  for (const name of ['trainLoss', 'testLoss', 'testAcc']) {
    const curve = arrayFrom(fieldOf(returned, name));
    if (curve?.data.length === epochs) answer[name] = arrayOf(Array.from(curve.data));
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
