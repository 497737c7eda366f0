/** A whole training of a few samples: small enough that every weight and every score is known. */
import type { Mistake, Program } from '../../mistakes/program.ts';
import { mistake, variantsOf } from '../../mistakes/program.ts';
import type { Arg, Finding, Guest, Value } from '../../model.ts';
import { arrayOf, maxAbs } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { fieldOf, inWords, itemsOf, numberOf } from '../../values.ts';
import { afterEpoch } from './p5q4-epoch.ts';
import {
  drawNet,
  drawSamples,
  netArg,
  netInside,
  readNet,
  layerNames,
  readStep,
  sentAfter,
  sizesOf,
  stepBand,
  stepRounding,
} from '../../kinds/listed-net.ts';
import { scoreOf } from './p5-net.ts';
import type { Net } from '../../kinds/listed-net.ts';

interface Samples {
  X: number[][];
  Y: number[];
}

export interface RunProbe {
  net: Net;
  train: Samples;
  test: Samples;
  epochs: number;
  lr: number;
}

interface RunRules {
  /** What an epoch trains on, in this order. */
  trainsOn(train: Samples, test: Samples, epoch: number): Samples;
  rate(lr: number, epoch: number): number;
  epochs(asked: number): number;
  testsOn(train: Samples, test: Samples): Samples;
  /** From the scores before the training and after every epoch what is told. */
  told(scores: readonly Score[]): readonly Score[];
}

interface Score {
  averageLoss: number;
  correct: number;
}

/** What the training changes, divided by the learning rate, and the scores before it and after every epoch. */
const runProgram: Program<RunProbe, RunRules> = {
  right: {
    trainsOn: (train) => train,
    rate: (lr) => lr,
    epochs: (asked) => asked,
    testsOn: (_, test) => test,
    told: (scores) => scores,
  },
  run({ net, train, test, epochs, lr }, rules) {
    const { X, Y } = rules.testsOn(train, test);
    let at = net;
    const scores: Score[] = [scoreOf(at, X, Y)];
    for (let epoch = 0; epoch < rules.epochs(epochs); epoch++) {
      at = afterEpoch({ net: at, ...rules.trainsOn(train, test, epoch), lr: rules.rate(lr, epoch) });
      scores.push(scoreOf(at, X, Y));
    }
    return { ...readStep(net, at, lr), ...scoresOf(rules.told(scores), epochs) };
  },
};

/** Lists that are too short end in −1, which no score is. */
const scoresOf = (scores: readonly Score[], epochs: number): Answer => {
  const row = (part: keyof Score) => arrayOf(Array.from({ length: epochs + 1 }, (_, k) => scores[k]?.[part] ?? -1));
  return { averageLoss: row('averageLoss'), correct: row('correct') };
};

const m = mistake<RunRules>;

const joined = (a: Samples, b: Samples): Samples => ({ X: [...a.X, ...b.X], Y: [...a.Y, ...b.Y] });
const part = ({ X, Y }: Samples, from: number, to: number): Samples => ({ X: X.slice(from, to), Y: Y.slice(from, to) });
const onlyTraining = 'Train on the training samples alone: what the test samples are trained on they cannot test.';

const mistakes: readonly Mistake<RunRules>[] = [
  m('one-epoch-less', 'one epoch less than asked', 'Train as many epochs as asked.', { epochs: (asked) => asked - 1 }),
  m('one-epoch-more', 'one epoch more than asked', 'Train as many epochs as asked.', { epochs: (asked) => asked + 1 }),
  m(
    'one-epoch-more-tested',
    'one epoch more than asked, in place of the test before the training',
    'Test once before the first epoch; then train an epoch and test, as often as asked.',
    { epochs: (asked) => asked + 1, told: (scores) => scores.slice(1) },
  ),
  m('one-epoch', 'one epoch only', 'Repeat as often as epochs says.', { epochs: () => 1 }),
  m('three-epochs', 'three epochs whatever is asked for', 'Use epochs as it is passed in.', { epochs: () => 3 }),
  m('trains-on-both', 'trained on the test samples too', onlyTraining, { trainsOn: joined }),
  m('tests-first', 'trained on the test samples, then on the others', onlyTraining, {
    trainsOn: (train, test) => joined(test, train),
  }),
  m('trains-on-tests', 'trained on the test samples instead', onlyTraining, { trainsOn: (_, test) => test }),
  m('first-half', 'trained on the first half of the samples', 'Go through all training samples in every epoch.', {
    trainsOn: (train) => part(train, 0, Math.floor(train.Y.length / 2)),
  }),
  m('skips-last', 'trained without the last sample', 'Go through all training samples in every epoch.', {
    trainsOn: (train) => part(train, 0, -1),
  }),
  m('one-sample', 'one sample an epoch', 'Go through all training samples in every epoch.', {
    trainsOn: (train, _, epoch) => part(train, epoch % train.Y.length, (epoch % train.Y.length) + 1),
  }),
  m('twice', 'two passes in every epoch', 'Go through the samples once in every epoch.', {
    trainsOn: (train) => joined(train, train),
  }),
  m('reversed', 'the samples in reverse', 'Keep the order of the data.', {
    trainsOn: ({ X, Y }) => ({ X: X.toReversed(), Y: Y.toReversed() }),
  }),
  m('decay', 'a learning rate that is divided by the number of the epoch', 'Use lr as it is passed in.', {
    rate: (lr, epoch) => lr / (epoch + 1),
  }),
  m('halving', 'a learning rate that is halved after every epoch', 'Use lr as it is passed in.', {
    rate: (lr, epoch) => lr * 0.5 ** epoch,
  }),
  m('slow-decay', 'a learning rate that falls by a tenth after every epoch', 'Use lr as it is passed in.', {
    rate: (lr, epoch) => lr * 0.9 ** epoch,
  }),
  m('own-rate', 'the learning rate 0.003 whatever is passed in', 'Pass lr on to trainOneEpoch.', { rate: () => 0.003 }),
  m('tests-on-training', 'tested on the training samples', 'The scores are those of the test samples.', {
    testsOn: (train) => train,
  }),
  m('late', 'the score before every epoch instead of after it', 'Test after the epoch, with the test samples.', {
    told: (scores) => [scores[0]!, ...scores.slice(0, -1)],
  }),
  m('last-repeated', 'the last score in place of all', 'Test after every epoch, and keep each score.', {
    told: (scores) => scores.map(() => scores.at(-1)!),
  }),
];

const designs = [
  { sizes: [7, 5, 6, 4], train: 8, test: 7, epochs: 2, lr: 0.4375 },
  { sizes: [6, 8, 5, 3], train: 6, test: 5, epochs: 4, lr: 0.3125 },
];

function drawProbe(random: Random, { sizes, train, test, epochs, lr }: (typeof designs)[number]): RunProbe {
  const samples = (name: string, count: number) => drawSamples(random.fork(name), count, sizes[0]!, sizes.at(-1)!);
  return { net: drawNet(random, sizes, 1.5), train: samples('train', train), test: samples('test', test), epochs, lr };
}

/** Calls testAndTrain for so many epochs: what it returns, and the network as it leaves it. */
export async function callTraining(guest: Guest, { net, train, test, epochs, lr }: RunProbe): Promise<Value> {
  const sent = ({ X, Y }: Samples): Arg => ({ kind: 'record', entries: { X: arrayOf(X), Y: arrayOf(Y) } });
  const kept = await guest.make(netArg(net));
  const args = [kept, sent(train), sent(test), epochs, lr];
  const { value } = await guest.call({ module: 'p5q4.ts', name: 'testAndTrain' }, args);
  return { kind: 'record', entries: { returned: value, net: await netInside(guest, kept.id) } };
}

export const runProblem: Problem<RunProbe> = {
  id: 'P5.Q4.run',
  title: 'A short training, weight by weight',
  names: { ...layerNames(3), averageLoss: 'the list of mean losses', correct: 'the list of right guesses' },
  precision: 'double',
  band: stepBand,
  probes: (random) => designs.map((design, i) => drawProbe(random.fork(`run ${i}`), design)),
  describe: ({ net, train, test, epochs, lr }) =>
    `testAndTrain of a ${sizesOf(net).join('–')} network on ${train.Y.length} samples, tested on ${test.Y.length}, ${epochs} epochs, learning rate ${lr}`,
  ask: async (guest, probe) => ({ value: await callTraining(guest, probe) }),
  read: readRun,
  write: (answer, { net, lr }) => ({
    kind: 'record',
    entries: {
      net: sentAfter(net, answer, lr),
      returned: {
        kind: 'list',
        items: Array.from(answer['averageLoss']!.data, (averageLoss, k) => ({
          kind: 'record',
          entries: { averageLoss, correct: answer['correct']!.data[k]! },
        })),
      },
    },
  }),
  oracle: (probe) => runProgram.run(probe, runProgram.right),
  mistakes: variantsOf(runProgram, mistakes),
};

function readRun({ value }: Answered, probe: RunProbe): Reading {
  const { net, train, epochs, lr } = probe;
  const after = readNet(fieldOf(value, 'net'), sizesOf(net));
  if ('says' in after) return { misread: { yours: inWords(fieldOf(value, 'net')), ...after } };
  const changed = readStep(net, after, lr);
  const rounding = stepRounding(after, changed, lr, epochs * train.Y.length);
  const told = readScores(fieldOf(value, 'returned'), probe);
  if ('fault' in told) {
    const misreads = { averageLoss: told.fault, correct: told.fault };
    return { answer: changed, notes: [], misreads, rounding };
  }
  const isSingle = Object.keys(rounding).length > 0;
  const averageLoss = isSingle ? singleLoss * maxAbs(told.scores['averageLoss']!) : 0;
  return { answer: { ...changed, ...told.scores }, notes: [], rounding: { ...rounding, averageLoss } };
}

/** A mean loss of weights in single precision, relative to it: the weights' roundings add up to less. */
const singleLoss = 2e-5;

/** The scores before the training and after every epoch. Where the first one is left out, as it may be, it is filled in. */
function readScores(value: Value, { net, test, epochs }: RunProbe): { scores: Answer } | { fault: Finding } {
  const items = itemsOf(value) ?? [];
  const given = items.map((item) => ({
    averageLoss: numberOf(fieldOf(item, 'averageLoss')) ?? NaN,
    correct: numberOf(fieldOf(item, 'correct')) ?? NaN,
  }));
  const expected = `a list of ${epochs + 1}`;
  if (given.length !== epochs && given.length !== epochs + 1) {
    const says = `testAndTrain should return the score before the training and after each of the ${epochs} epochs.`;
    return { fault: { says, yours: inWords(value), expected } };
  }
  const untrained = scoreOf(net, test.X, test.Y);
  if (given.length === epochs + 1) return { scores: scoresOf(given, epochs) };
  if (Math.abs(given[0]!.averageLoss - untrained.averageLoss) <= 1e-5 * untrained.averageLoss) {
    const says = `There are ${epochs} scores, and the first one is from before the training: an epoch is missing.`;
    return { fault: { says, yours: inWords(value), expected } };
  }
  return { scores: scoresOf([untrained, ...given], epochs) };
}
