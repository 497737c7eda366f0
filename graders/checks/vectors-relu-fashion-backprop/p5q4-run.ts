/** A whole training of a few samples: small enough that every weight and every score is known. */
import { adapt, variantsOf } from '../../mistakes/program.ts';
import type { Course } from '../../mistakes/training/course.ts';
import { runMistakes, scoredRun, scoreLists } from '../../mistakes/training/scored-run.ts';
import type { Arg, Finding, Guest, Value } from '../../model.ts';
import { arrayOf, maxAbs } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { fieldOf, inWords, itemsOf, numberOf } from '../../values.ts';
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
import { caseOf, netOf, scoreOf, targetsOf } from './p5-net.ts';
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

/** Epochs of one step for every sample. */
export function courseOf({ net, train, test, epochs, lr }: RunProbe): Course {
  const rows = ({ X, Y }: Samples) => ({ X, Y: targetsOf(net, Y) });
  return { start: caseOf(net), train: rows(train), test: rows(test), batchSize: 1, epochs, eta: lr };
}

/** What the training changes, divided by the learning rate, and the scores before it and after every epoch. */
const program = adapt(
  scoredRun(
    (net, { X, Y }) =>
      scoreOf(
        netOf(net),
        X,
        Y.map((bits) => bits.indexOf(1)),
      ),
    ({ start, eta }, end) => readStep(netOf(start), netOf(end), eta),
  ),
  courseOf,
);

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
  const { value } = await guest.call({ module: 'p5q4', name: 'testAndTrain' }, args);
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
  oracle: (probe) => program.run(probe, program.right),
  mistakes: variantsOf(program, runMistakes),
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
  if (given.length === epochs + 1) return { scores: scoreLists(given, epochs) };
  if (Math.abs(given[0]!.averageLoss - untrained.averageLoss) <= 1e-5 * untrained.averageLoss) {
    const says = `There are ${epochs} scores, and the first one is from before the training: an epoch is missing.`;
    return { fault: { says, yours: inWords(value), expected } };
  }
  return { scores: scoreLists([untrained, ...given], epochs) };
}
