/** Problem 5, Question 4: `trainOneEpoch` on a few samples, and short trainings by `testAndTrain`. */
import type { Finding } from '../../model/finding.ts';
import type { Arg, Guest, Value } from '../../model/guest.ts';
import { arrayOf, maxAbs } from '../../numerics/arrays.ts';
import type { Answer, Question, Reading } from '../../question.ts';
import { fieldOf, inWords, itemsOf, list, numberOf, record } from '../../values.ts';
import type { Net } from '../../kinds/listed-net.ts';
import {
  layerNames,
  netArg,
  netInside,
  readNet,
  readStep,
  sentAfter,
  sizesOf,
  stepRounding,
} from '../../kinds/listed-net.ts';

export interface Samples {
  X: number[][];
  Y: number[];
}

export interface EpochProbe extends Samples {
  net: Net;
  lr: number;
}

/** All that is seen of an epoch is what it changes, divided by the learning rate: the gradients of its steps, added up. */
export const epochQuestion: Question<EpochProbe> = {
  id: 'P5.Q4.epoch',
  title: 'One epoch, sample after sample',
  names: layerNames(3),
  precision: 'double',
  describe: ({ net, Y, lr }) => `a ${sizesOf(net).join('–')} network, ${Y.length} samples, learning rate ${lr}`,
  ask: async (guest, probe) => ({ value: await callEpoch(guest, probe) }),
  read({ value }, { net, Y, lr }) {
    const after = readNet(value, sizesOf(net));
    if ('says' in after) return { misread: { yours: inWords(value), ...after } };
    const answer = readStep(net, after, lr);
    return { answer, notes: [], rounding: stepRounding(after, answer, lr, Y.length) };
  },
  write: (answer, { net, lr }) => sentAfter(net, answer, lr),
};

/** The network as trainOneEpoch leaves it. */
export async function callEpoch(guest: Guest, { net, X, Y, lr }: EpochProbe): Promise<Value> {
  const sent = [netArg(net), arrayOf(X), arrayOf(Y), lr];
  const { argsAfter } = await guest.call({ module: 'p5q4', name: 'trainOneEpoch' }, sent, { argsAfter: true });
  return argsAfter?.[0];
}

interface Score {
  averageLoss: number;
  correct: number;
}

export interface RunProbe {
  net: Net;
  train: Samples;
  test: Samples;
  epochs: number;
  lr: number;
  /** The score of the network before the training, which a program may leave out. */
  untrained: Score;
}

export const runQuestion: Question<RunProbe> = {
  id: 'P5.Q4.run',
  title: 'A short training, weight by weight',
  names: { ...layerNames(3), averageLoss: 'the list of mean losses', correct: 'the list of right guesses' },
  precision: 'double',
  describe: ({ net, train, test, epochs, lr }) =>
    `testAndTrain of a ${sizesOf(net).join('–')} network on ${train.Y.length} samples, tested on ${test.Y.length}, ${epochs} epochs, learning rate ${lr}`,
  ask: async (guest, probe) => ({ value: await callTraining(guest, probe) }),
  read: ({ value }, probe) => readRun(value, probe),
  write: (answer, { net, lr }) => {
    const correct = answer['correct']!.data;
    const scores = Array.from(answer['averageLoss']!.data, (averageLoss, k) =>
      record({ averageLoss, correct: correct[k]! }),
    );
    return record({ net: sentAfter(net, answer, lr), returned: list(scores) });
  },
};

/** Calls testAndTrain for so many epochs: what it returns, and the network as it leaves it. */
export async function callTraining(guest: Guest, probe: Omit<RunProbe, 'untrained'>): Promise<Value> {
  const { net, train, test, epochs, lr } = probe;
  const sent = ({ X, Y }: Samples): Arg => ({ kind: 'record', entries: { X: arrayOf(X), Y: arrayOf(Y) } });
  const kept = await guest.make(netArg(net));
  const args = [kept, sent(train), sent(test), epochs, lr];
  const { value } = await guest.call({ module: 'p5q4', name: 'testAndTrain' }, args);
  return record({ returned: value, net: await netInside(guest, kept.id) });
}

function readRun(value: Value, probe: RunProbe): Reading {
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
function readScores(value: Value, { untrained, epochs }: RunProbe): { scores: Answer } | { fault: Finding } {
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
  if (given.length === epochs + 1) return { scores: scoreLists(given, epochs) };
  if (Math.abs(given[0]!.averageLoss - untrained.averageLoss) <= 1e-5 * untrained.averageLoss) {
    const says = `There are ${epochs} scores, and the first one is from before the training: an epoch is missing.`;
    return { fault: { says, yours: inWords(value), expected } };
  }
  return { scores: scoreLists([untrained, ...given], epochs) };
}

/** Lists that are too short end in −1, which no score is. */
const scoreLists = (scores: readonly Score[], epochs: number): Answer => {
  const row = (part: keyof Score) => arrayOf(Array.from({ length: epochs + 1 }, (_, k) => scores[k]?.[part] ?? -1));
  return { averageLoss: row('averageLoss'), correct: row('correct') };
};
