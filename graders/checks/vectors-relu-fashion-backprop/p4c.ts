/** Problem 4 (c): training by stochastic gradient descent. 6 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { Arg, NdArray, Value } from '../../model.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { createRandom } from '../../numerics/random.ts';
import type { Random } from '../../numerics/random.ts';
import type { Answer, Answered, Problem, Reading } from '../../problem.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import { digitBytes } from './digit-samples.ts';
import { drawImages, drawReluNet, fixedBatches, modelArg, ownOutput, rowsOf } from './fashion-net.ts';
import type { ImageSet } from './fashion-net.ts';
import { readNet } from './p5-net.ts';
import type { Net } from './p5-net.ts';
import { changesOf, curvesOf, testsFirst, trainingMistakes, trainingProgram } from './p4c-program.ts';
import type { Rows, TrainingCase } from './p4c-program.ts';
import { sizesOf } from './p5q3.ts';

const target = { module: 'p4c.ts', name: 'trainFashion' };

export interface TrainingProbe extends TrainingCase {
  sets: { train: ImageSet; test: ImageSet };
  batch: { train: number; test: number };
}

const designs = [
  { hidden: [9], train: 3, test: 2, batch: { train: 6, test: 5 }, epochs: 3, learningRate: 0.08 },
  { hidden: [8], train: 4, test: 3, batch: { train: 5, test: 4 }, epochs: 2, learningRate: 0.05 },
];

function drawProbe(random: Random, design: (typeof designs)[number]): TrainingProbe {
  const { batch, epochs, learningRate } = design;
  const sets = {
    train: drawImages(random.fork('train'), design.train * batch.train),
    test: drawImages(random.fork('test'), design.test * batch.test),
  };
  return {
    net: drawReluNet(random, design.hidden),
    sets,
    batch,
    epochs,
    learningRate,
    train: inBatches(sets.train, batch.train),
    test: inBatches(sets.test, batch.test),
  };
}

function inBatches(set: ImageSet, size: number): Rows[] {
  const [X, Y] = [rowsOf(set), Array.from(set.labels)];
  return Array.from({ length: Y.length / size }, (_, i) => ({
    X: X.slice(i * size, (i + 1) * size),
    Y: Y.slice(i * size, (i + 1) * size),
  }));
}

const options = (epochs: number, learningRate: number): Arg => ({ kind: 'record', entries: { epochs, learningRate } });

const [before] = variantsOf(trainingProgram, [testsFirst]);

export const trainingProblem: Problem<TrainingProbe> = {
  id: 'P4c.training',
  title: 'A short training on batches in a fixed order',
  precision: 'single',
  probes: (random) => designs.map((design, i) => drawProbe(random.fork(`design ${i}`), design)),
  describe: ({ net, train, epochs, learningRate }) =>
    `a ${sizesOf(net).join('–')} network, ${train.length} batches in a fixed order, ${epochs} epochs, learning rate ${learningRate}`,
  async ask(guest, { net, sets, batch, epochs, learningRate }) {
    const model = await guest.make(modelArg(net, await ownOutput(guest)));
    const loaders: Arg = {
      kind: 'record',
      entries: {
        train: await fixedBatches(guest, sets.train, batch.train),
        test: await fixedBatches(guest, sets.test, batch.test),
      },
    };
    const { value } = await guest.call(target, [model, loaders, options(epochs, learningRate)]);
    const { layers } = await guest.describe(model.id);
    const weights: Value = { kind: 'list', items: layers.flatMap((layer) => layer.weights) };
    return { value: { kind: 'record', entries: { returned: value, weights } } };
  },
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
  oracle: (probe) => trainingProgram.run(probe, trainingProgram.right),
  accepts: [
    {
      id: 'tests-first',
      title:
        'The test losses are taken before the training of each epoch: they lag one epoch behind, which is accepted.',
      compute: before!.compute,
    },
  ],
  mistakes: variantsOf(trainingProgram, trainingMistakes),
};

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

function readTraining({ value }: Answered, { net, epochs }: TrainingProbe): Reading {
  const list = fieldOf(value, 'weights');
  const items = typeof list === 'object' && list !== null && list.kind === 'list' ? list.items : [];
  const pick = (rest: number): Value => ({ kind: 'list', items: items.filter((_, i) => i % 2 === rest) });
  const after = readNet({ kind: 'record', entries: { weights: pick(0), biases: pick(1) } }, sizesOf(net));
  if ('says' in after) return { misread: { says: 'After the training the model has other layers than before.' } };
  const answer: Record<string, NdArray> = { ...changesOf(net, after) };
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

const asks =
  'trainFashion on two small networks of the grader, with batches in a fixed order, for two and three epochs.';

const part = (id: string, points: number, title: string, names: readonly string[], what: string): Check => ({
  id: `p4c.${id}`,
  task: 'P4c',
  title,
  asks,
  points,
  problems: [trainingProblem],
  run: async (desk) => worst(await evaluate(desk, trainingProblem), names, what),
});

function worst(evaluation: Evaluation, names: readonly string[], what: string): Judgement {
  const judgements = names.map((name) => judgeTensor(evaluation, name, what));
  return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
}

/** GOAL */
const needed = { fall: 0.3, accuracy: 0.5 };
const reduced = { train: 480, test: 160, batch: 32, epochs: 4, learningRate: 0.1 };

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
    task: 'P4c',
    title: 'A training on images lowers the loss by 30 % and recognises half of the test images',
    asks: `${reduced.epochs} epochs with a 784–64–10 network on ${reduced.train} images that look like digits.`,
    points: 2,
    run: judgeLearning,
  },
];

/** A network as it is before training: He's variance, biases 0. */
function untrained(): Net {
  const random = createRandom(4, 'P4c weights');
  const sizes = [784, 64, 10];
  return {
    weights: sizes
      .slice(1)
      .map((outputs, l) =>
        Array.from({ length: sizes[l]! }, () =>
          Array.from({ length: outputs }, () => Math.fround(random.normal(0, Math.sqrt(2 / sizes[l]!)))),
        ),
      ),
    biases: sizes.slice(1).map((outputs) => new Array<number>(outputs).fill(0)),
  };
}

async function judgeLearning(desk: Desk): Promise<Judgement> {
  const data = desk.shareWithAll('P4c/images', () =>
    digitBytes(createRandom(2026, 'P4c'), reduced.train, reduced.test),
  );
  const guest = await desk.guest();
  await guest.seed(1);
  const model = await guest.make(modelArg(untrained(), await ownOutput(guest)));
  const set = ({ pixels: images, labels }: { pixels: Uint8Array; labels: Uint8Array }): ImageSet => ({
    images,
    labels,
  });
  const loaders: Arg = {
    kind: 'record',
    entries: {
      train: await fixedBatches(guest, set(data.train), reduced.batch),
      test: await fixedBatches(guest, set(data.test), reduced.batch),
    },
  };
  const { value } = await guest.call(target, [model, loaders, options(reduced.epochs, reduced.learningRate)]);
  const curve = (name: string) => Array.from(arrayFrom(fieldOf(value, name))?.data ?? []);
  const [losses, shares] = [curve('trainLoss'), curve('testAcc')];
  const fall = 1 - losses.at(-1)! / losses[0]!;
  if (fall >= needed.fall && shares.at(-1)! >= needed.accuracy) {
    return pass({
      notes: [
        `the loss falls by ${Math.round(100 * fall)} %, ${shares.at(-1)!.toFixed(2)} of the test images are recognised`,
      ],
    });
  }
  return fail({
    says: 'The network does not learn what the images show.',
    yours: `losses ${losses.map((v) => v.toFixed(3)).join(', ') || 'none'}; accuracies ${shares.map((v) => v.toFixed(3)).join(', ') || 'none'}`,
    expected: `a loss that falls by ${100 * needed.fall} %, and an accuracy of at least ${needed.accuracy}`,
    hint: 'Cross-entropy from logits for a model without softmax, from probabilities for one with; one step for every batch.',
  });
}
