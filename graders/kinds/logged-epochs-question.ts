/**
 * Trainings that a program logs epoch by epoch: it gets images with labels, sizes, batch size, epochs, learning rate and a
 * source of random numbers, and returns `{ trainAcc, testAcc }`, or one such log for each of several learning rates.
 */
import type { Arg, Guest, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';
import type { Answer, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { ProgramStopped } from '../stopped.ts';
import { itemsOf } from '../values.ts';
import type { Log } from './accuracy-log.ts';
import { asCounted, asShares, logFrom } from './accuracy-log.ts';

/** Rows of pixels with their bit vectors. */
interface LabelledRows {
  X: number[][];
  Y: number[][];
}

export interface LoggedProbe {
  course: { train: LabelledRows; test: LabelledRows; batchSize: number; epochs: number };
  /** Learning rates, each for a network of its own. */
  etas: readonly number[];
  /** Of the random numbers that are handed in. */
  seed: number;
}

/** Who logs the course: a function of the student's. */
export interface Runner {
  unit: string;
  name: string;
  /** Whether it takes a list of learning rates and returns a log for each. */
  many?: boolean;
}

/** Every log of one network without a hidden layer, from first weights of almost 0. */
export const loggedQuestion = traced('kinds/logged-epochs-question#loggedQuestion')(
  (id: string, runner: Runner, rates: number): Question<LoggedProbe> => ({
    id,
    title: 'Accuracies after every epoch, from first weights of almost 0',
    names: namesFor(rates),
    precision: 'double',
    describe: (probe) => describe(runner.name, probe),
    ask: async (guest, probe) => ({ value: await askLogs(guest, runner, probe) }),
    read: ({ value }, probe) => readLogs(runner, value, probe),
    write: (answer, { etas }) => {
      const logs = tensorsOf(etas.length).map(({ train, test }): Value => ({
        kind: 'record',
        entries: { trainAcc: answer[train]!, testAcc: answer[test]! },
      }));
      return runner.many ? { kind: 'list', items: logs } : logs[0]!;
    },
  }),
);

/** What the runner returns for this course. */
export async function askLogs(guest: Guest, { unit, name, many }: Runner, probe: LoggedProbe): Promise<Value> {
  const { course, etas, seed } = probe;
  const data = { kind: 'record', entries: { train: sent(course.train), test: sent(course.test) } } as const;
  const rates = many ? [makeArray([etas.length], etas)] : [];
  const options = sentOptions(course, many ? {} : { eta: etas[0]! });
  return (await guest.call({ module: unit, name }, [data, ...rates, options, { kind: 'rng', seed }])).value;
}

const sent = ({ X, Y }: LabelledRows): Arg => ({
  kind: 'record',
  entries: { images: arrayOf(X), labels: arrayOf(Y.map((bits) => bits.indexOf(1))) },
});

/** Not exactly 0, which is as good as no number to `initSd || 0.1`. */
const initSd = 1e-9;

function sentOptions({ train, batchSize, epochs }: LoggedProbe['course'], more: Readonly<Record<string, number>>): Arg {
  const layerConfig = makeArray([2], [train.X[0]!.length, train.Y[0]!.length]);
  return { kind: 'record', entries: { layerConfig, batchSize, epochs, initSd, ...more } };
}

/** The tensors of every learning rate, without a number where there is only one. */
const tensorsOf = (rates: number) =>
  Array.from({ length: rates }, (_, i) => {
    const number = rates === 1 ? '' : String(i + 1);
    return { train: `trainAcc${number}`, test: `testAcc${number}` };
  });

/** The accuracies of these logs under the names of the answer. */
export function answerOf(logs: readonly Pick<Log, 'trainAcc' | 'testAcc'>[]): Answer {
  const answer: Record<string, NdArray> = {};
  tensorsOf(logs.length).forEach(({ train, test }, i) => {
    answer[train] = arrayOf(logs[i]!.trainAcc);
    answer[test] = arrayOf(logs[i]!.testAcc);
  });
  return answer;
}

function namesFor(rates: number): Readonly<Record<string, string>> {
  const named = tensorsOf(rates).flatMap(({ train, test }, i) => {
    const which = rates === 1 ? '' : ` with learning rate number ${i + 1}`;
    return [
      [train, `the training accuracy after every epoch${which}`],
      [test, `the test accuracy after every epoch${which}`],
    ] as const;
  });
  return Object.fromEntries(named);
}

function describe(name: string, { course, etas }: LoggedProbe): string {
  const { train, test, batchSize, epochs } = course;
  const images = `${train.X.length} images for training and ${test.X.length} for testing`;
  const rates = etas.length === 1 ? `learning rate ${etas[0]}` : `learning rates ${etas.join(', ')}`;
  return `${name} with ${images}, batches of ${batchSize}, no hidden layer, first weights of almost 0, ${rates}, ${epochs} epochs`;
}

function readLogs({ name, many }: Runner, value: Value, { course, etas }: LoggedProbe): Reading {
  const given = many ? (itemsOf(value) ?? []) : [value];
  if (given.length !== etas.length) {
    return { misread: { says: `${name} should return one log for each of ${etas.length} learning rates.` } };
  }
  const found: Log[] = [];
  for (const log of given) {
    const read = readLog(log, name, course);
    if ('says' in read) return { misread: read };
    found.push(read);
  }
  return { answer: answerOf(found), notes: [] };
}

function readLog(
  value: Value | undefined,
  name: string,
  { epochs, train, test, batchSize }: LoggedProbe['course'],
): Log | { says: string } {
  try {
    const counts = (all: number) => [all, all - (all % batchSize)];
    const images = { train: counts(train.X.length), test: counts(test.X.length) };
    const log = asCounted(asShares(logFrom(value ?? null, name)), images);
    const short = [log.trainAcc, log.testAcc].find(({ length }) => length !== epochs);
    return short === undefined
      ? log
      : { says: `${name} should log one number for each of ${epochs} epochs; there are ${short.length}.` };
  } catch (error) {
    if (error instanceof ProgramStopped) return { says: error.message };
    throw error;
  }
}
