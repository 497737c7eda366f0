/**
 * The forward pass of a classifier in plain numbers: a function of one sample that returns `{ loss, guess }`, and one of a data
 * set that returns `{ averageLoss, correct, total }`.
 */
import { arrayOf } from '../numerics/arrays.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, list, numberOf, record } from '../values.ts';
import type { Net } from './listed-net.ts';
import { netArg, sizesOf } from './listed-net.ts';
import { leftOpen } from './printed-digits.ts';

/** Where the two functions stand, and what they are called. */
export interface AskedScores {
  task: string;
  unit: string;
  ofSample: string;
  ofDataset: string;
}

export interface ForwardProbe {
  net: Net;
  X: number[][];
  Y: number[];
}

const describe = ({ net, X }: ForwardProbe) => `a ${sizesOf(net).join('–')} network, ${X.length} samples`;

export const sampleQuestion = traced('kinds/sample-scores-question#sampleQuestion')(
  ({ task, unit, ofSample }: AskedScores): Question<ForwardProbe> => ({
    id: `${task}.sample`,
    title: 'Loss and guess of single samples',
    names: { loss: 'the loss', guess: 'the guess' },
    precision: 'double',
    describe,
    async ask(guest, { net, X, Y }) {
      const items = [];
      // One network for all samples: a forward pass leaves it as it is.
      const kept = await guest.make(netArg(net));
      for (const [i, x] of X.entries()) {
        const sent = [kept, arrayOf(x), Y[i]!];
        items.push((await guest.call({ module: unit, name: ofSample }, sent)).value);
      }
      return { value: list(items) };
    },
    read: (answered, probe) => readSamples(answered, probe, ofSample),
    write: ({ loss, guess }) => list(Array.from(loss!.data, (v, i) => record({ loss: v, guess: guess!.data[i]! }))),
  }),
);

function readSamples({ value }: Answered, { Y, net }: ForwardProbe, ofSample: string): Reading {
  const items = itemsOf(value) ?? [];
  const whole = (values: (number | undefined)[]) =>
    values.length === Y.length && values.every((v) => v !== undefined) ? arrayOf(values) : undefined;
  const loss = whole(items.map((item) => numberOf(fieldOf(item, 'loss'))));
  const guess = whole(items.map((item) => classOf(fieldOf(item, 'guess'), net.biases.at(-1)!.length)));
  const yours = items[0] === undefined ? 'nothing' : inWords(items[0]);
  if (loss !== undefined && guess !== undefined) return { answer: { loss, guess }, notes: [] };
  if (loss !== undefined) {
    const says = 'guess should be a class, or one row with a single 1.';
    return { answer: { loss }, notes: [], misreads: { guess: { says, yours } } };
  }
  if (guess !== undefined) {
    return { answer: { guess }, notes: [], misreads: { loss: { says: 'loss should be one number.', yours } } };
  }
  return { misread: { says: `${ofSample} should return { loss, guess }.`, yours } };
}

/** A class number, or the place of the 1 in a one-hot row. */
function classOf(value: Parameters<typeof numberOf>[0], classes: number): number | undefined {
  const single = numberOf(value);
  if (single !== undefined) return single;
  const row = arrayFrom(value);
  if (row?.data.length !== classes) return undefined;
  const ones = row.data.filter((v) => v === 1).length;
  return ones === 1 && row.data.every((v) => v === 0 || v === 1) ? row.data.indexOf(1) : undefined;
}

const scoreNames = {
  averageLoss: 'the mean loss',
  correct: 'the number of right guesses',
  total: 'the number of samples',
};

export const datasetQuestion = traced('kinds/sample-scores-question#datasetQuestion')(
  ({ task, unit, ofDataset }: AskedScores): Question<ForwardProbe> => ({
    id: `${task}.dataset`,
    title: 'Score on a data set',
    names: scoreNames,
    precision: 'double',
    describe,
    async ask(guest, { net, X, Y }) {
      const kept = [await guest.make(netArg(net)), await guest.make(arrayOf(X)), await guest.make(arrayOf(Y))];
      const target = { module: unit, name: ofDataset };
      // Twice with the same objects: a forward pass leaves them as they are.
      await guest.call(target, kept);
      return { value: (await guest.call(target, kept)).value };
    },
    read({ value }) {
      const numbers = Object.keys(scoreNames).map((name) => [name, numberOf(fieldOf(value, name))] as const);
      const missing = numbers.filter(([, number]) => number === undefined).map(([name]) => name);
      if (missing.length > 0) {
        const says = `${ofDataset} should return { averageLoss, correct, total }; ${missing.join(' and ')} cannot be read.`;
        return { misread: { says, yours: inWords(value) } };
      }
      const answer = Object.fromEntries(numbers.map(([name, number]) => [name, arrayOf(number!)]));
      return { answer, notes: [], printed: { averageLoss: leftOpen(value) } };
    },
    write: (answer) => record(Object.fromEntries(Object.entries(answer).map(([name, { data }]) => [name, data[0]!]))),
  }),
);
