/**
 * A function `(model, { train, test }, { epochs, learningRate })` that trains a model of the library on batches and returns the
 * curves `{ trainLoss, testLoss, testAcc }`: asked on small networks, with batches in a fixed order.
 */
import { pixels } from './image-set.ts';
import { asShares } from './percent.ts';
import type { ImageSet } from './image-set.ts';
import { modelArg } from './relu-classifier.ts';
import { fixedBatches, ownOutput, withOwnLabels } from './own-classifier.ts';
import type { LabelType, OwnClassifier } from './own-classifier.ts';
import type { Net } from './listed-net.ts';
import { movedAlong, readNet, readStep, sizesOf } from './listed-net.ts';
import type { Arg, Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayFrom, fieldOf, inWords, isHeld, itemsOf, list, record } from '../values.ts';

/** Where the function stands, and the parts that it belongs to. */
export interface AskedTraining {
  task: string;
  unit: string;
  name: string;
  own: OwnClassifier;
}

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

const options = (epochs: number, learningRate: number): Arg => ({
  kind: 'record',
  entries: { epochs, learningRate },
});

/** What the training changes in the weights, and the three curves that it returns. */
export const curveTrainingQuestion = traced('kinds/curve-training-question#curveTrainingQuestion')(
  (asked: AskedTraining): Question<TrainingProbe> => ({
    id: `${asked.task}.training`,
    once: true,
    title: 'A short training on batches in a fixed order',
    precision: 'single',
    describe: ({ net, sets, batch, epochs, learningRate }) =>
      `a ${sizesOf(net).join('–')} network, ${Math.ceil(sets.train.labels.length / batch.train)} batches in a fixed order, the last one smaller, ${epochs} epochs, learning rate ${learningRate}`,
    ask: (guest, probe) => trained(guest, asked, probe),
    read: (answered, probe) => readTraining(answered, probe, asked),
    write: ({ trainLoss, testLoss, testAcc, ...changes }, { net }) => {
      const { weights, biases } = movedAlong(net, changes, -1);
      return record({
        returned: record({ trainLoss, testLoss, testAcc }),
        weights: list(weights.flatMap((W, l) => [arrayOf(W), arrayOf(biases[l]!)])),
      });
    },
  }),
);

/** What the function returns, and the weights as it leaves them. */
export const trained = (guest: Guest, asked: AskedTraining, probe: TrainingProbe): Promise<Answered> =>
  withOwnLabels(guest, asked.own, (labels) => trainedWith(guest, asked, probe, labels));

async function trainedWith(
  guest: Guest,
  { unit, name, own }: AskedTraining,
  probe: TrainingProbe,
  labels: LabelType,
): Promise<Answered> {
  const { net, sets, batch, epochs, learningRate } = probe;
  const model = await guest.make(modelArg(net, await ownOutput(guest, own)));
  const loaders: Arg = {
    kind: 'record',
    entries: {
      train: await fixedBatches(guest, own, sets.train, batch.train, labels),
      test: await fixedBatches(guest, own, sets.test, batch.test, labels),
    },
  };
  const { value } = await guest.call({ module: unit, name }, [model, loaders, options(epochs, learningRate)]);
  const { layers } = await guest.describe(model.id);
  return { value: record({ returned: value, weights: list(layers.flatMap((layer) => layer.weights)) }) };
}

/** The network as the training leaves it, undefined where it has other layers than before. */
export function netAfter({ value }: Answered, before: Net): Net | undefined {
  const items = itemsOf(fieldOf(value, 'weights')) ?? [];
  // Layer by layer a matrix and biases.
  const pick = (rest: number) => list(items.filter((_, i) => i % 2 === rest));
  const after = readNet(record({ weights: pick(0), biases: pick(1) }), sizesOf(before));
  return 'says' in after ? undefined : after;
}

export const otherLayers = { says: 'After the training the model has other layers than before.' };

const curveNames = ['trainLoss', 'testLoss', 'testAcc'];

function readTraining(answered: Answered, { net, epochs }: TrainingProbe, { name: asked }: AskedTraining): Reading {
  const after = netAfter(answered, net);
  if (after === undefined) return { misread: otherLayers };
  const answer: Record<string, NdArray> = { ...readStep(after, net, 1) };
  const misreads: Record<string, { says: string; yours: string; expected: string }> = {};
  const returned = fieldOf(answered.value, 'returned');
  const isScript = isHeld(returned);
  // The sheet asks for the curves of the losses; a script that keeps those has what it is asked for.
  const isAbsent = arrayFrom(fieldOf(returned, 'testAcc'))?.data.length !== epochs;
  const unasked = isScript && isAbsent ? ['testAcc'] : [];
  for (const name of curveNames) {
    if (unasked.includes(name)) continue;
    const curve = arrayFrom(fieldOf(returned, name));
    const numbers = Array.from(curve?.data ?? []);
    if (numbers.length === epochs) answer[name] = arrayOf(isScript && name === 'testAcc' ? asShares(numbers) : numbers);
    else {
      misreads[name] = {
        says: `${asked} should return ${name} with one number for every epoch.`,
        yours: curve === undefined ? inWords(returned) : `${curve.data.length} numbers`,
        expected: `${epochs} numbers`,
      };
    }
  }
  const read = { answer, notes: [], ...(unasked.length > 0 && { unasked }) };
  return Object.keys(misreads).length > 0 ? { ...read, misreads } : read;
}
