/**
 * A function `(net, train, test, epochs, rate)` that trains a network in place and returns the scores `{ averageLoss, correct }`
 * before the training and after every epoch.
 */
import type { Finding } from '../model/finding.ts';
import type { Arg, Guest, Value } from '../model/guest.ts';
import { arrayOf, maxAbs } from '../numerics/arrays.ts';
import type { Answer, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { fieldOf, inWords, itemsOf, list, numberOf, record } from '../values.ts';
import type { Net, NetFunction } from './listed-net.ts';
import { leftOpen } from './printed-digits.ts';
import {
  layerNames,
  netArg,
  netInside,
  readNet,
  readStep,
  sentAfter,
  sizesOf,
  stepRounding,
  targetOf,
} from './listed-net.ts';

export interface Samples {
  X: number[][];
  Y: number[];
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

export const runQuestion = traced('kinds/tested-training-question#runQuestion')(
  (asked: NetFunction): Question<RunProbe> => ({
    id: `${asked.task}.run`,
    title: 'A short training, weight by weight',
    names: {
      ...layerNames(asked.layers),
      averageLoss: 'the list of mean losses',
      correct: 'the list of right guesses',
    },
    precision: 'double',
    describe: ({ net, train, test, epochs, lr }) =>
      `${asked.name} of a ${sizesOf(net).join('–')} network on ${train.Y.length} samples, tested on ${test.Y.length}, ${epochs} epochs, learning rate ${lr}`,
    ask: async (guest, probe) => ({ value: await callTraining(guest, asked, probe) }),
    read: ({ value }, probe) => readRun(value, probe, asked),
    write: (answer, { net, lr }) => {
      const correct = answer['correct']!.data;
      const scores = Array.from(answer['averageLoss']!.data, (averageLoss, k) =>
        record({ averageLoss, correct: correct[k]! }),
      );
      return record({ net: sentAfter(net, answer, lr), returned: list(scores) });
    },
  }),
);

/** A training of so many epochs: what the function returns, and the network as it leaves it. */
export async function callTraining(
  guest: Guest,
  asked: NetFunction,
  probe: Omit<RunProbe, 'untrained'>,
): Promise<Value> {
  const { net, train, test, epochs, lr } = probe;
  const sent = ({ X, Y }: Samples): Arg => ({ kind: 'record', entries: { X: arrayOf(X), Y: arrayOf(Y) } });
  const kept = await guest.make(netArg(net));
  const args = [kept, sent(train), sent(test), epochs, lr];
  const { value } = await guest.call(targetOf(asked), args);
  return record({ returned: value, net: await netInside(guest, kept.id) });
}

export interface ToldScore {
  averageLoss: number | undefined;
  correct: number | undefined;
}

/** The scores of a list, one for every item of it. */
export const scoresIn = (value: Value): ToldScore[] =>
  (itemsOf(value) ?? []).map((item) => ({
    averageLoss: numberOf(fieldOf(item, 'averageLoss')),
    correct: numberOf(fieldOf(item, 'correct')),
  }));

function readRun(value: Value, probe: RunProbe, { name }: NetFunction): Reading {
  const { net, train, epochs, lr } = probe;
  const after = readNet(fieldOf(value, 'net'), sizesOf(net));
  if ('says' in after) return { misread: { yours: inWords(fieldOf(value, 'net')), ...after } };
  const changed = readStep(net, after, lr);
  const rounding = stepRounding(after, changed, lr, epochs * train.Y.length);
  const told = readScores(fieldOf(value, 'returned'), probe, name);
  if ('fault' in told) {
    const misreads = { averageLoss: told.fault, correct: told.fault };
    return { answer: changed, notes: [], misreads, rounding };
  }
  const isSingle = Object.keys(rounding).length > 0;
  const averageLoss = isSingle ? singleLoss * maxAbs(told.scores['averageLoss']!) : 0;
  const printed = { averageLoss: leftOpen(fieldOf(value, 'returned')) };
  return { answer: { ...changed, ...told.scores }, notes: [], rounding: { ...rounding, averageLoss }, printed };
}

/** A mean loss of weights in single precision, relative to it: the weights' roundings add up to less. */
const singleLoss = 2e-5;

/** The scores before the training and after every epoch. Where the first one is left out, as it may be, it is filled in. */
function readScores(
  value: Value,
  { untrained, epochs }: RunProbe,
  name: string,
): { scores: Answer } | { fault: Finding } {
  const given = scoresIn(value).map(({ averageLoss = NaN, correct = NaN }) => ({ averageLoss, correct }));
  const expected = `a list of ${epochs + 1}`;
  if (given.length !== epochs && given.length !== epochs + 1) {
    return { fault: { says: scoresMissing(name, epochs), yours: inWords(value), expected } };
  }
  if (given.length === epochs + 1) return { scores: scoreLists(given, epochs) };
  if (Math.abs(given[0]!.averageLoss - untrained.averageLoss) <= 1e-5 * untrained.averageLoss) {
    return { fault: { says: epochMissing(epochs), yours: inWords(value), expected } };
  }
  return { scores: scoreLists([untrained, ...given], epochs) };
}

export const scoresMissing = (name: string, epochs: number): string =>
  `${name} should return the score before the training and after each of the ${epochs} epochs.`;

export const epochMissing = (scores: number): string =>
  `There are ${scores} scores, and the first one is from before the training: an epoch is missing.`;

/** Lists that are too short end in −1, which no score is. */
const scoreLists = (scores: readonly Score[], epochs: number): Answer => {
  const row = (part: keyof Score) => arrayOf(Array.from({ length: epochs + 1 }, (_, k) => scores[k]?.[part] ?? -1));
  return { averageLoss: row('averageLoss'), correct: row('correct') };
};
