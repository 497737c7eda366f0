/** Problem 5, Question 2: the forward pass of a sample and of a data set. 5 marks. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { relu, sigmoid, softmax } from '../../../reference/oracles/activations.ts';
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { matmul } from '../../../reference/oracles/linear-algebra.ts';
import type { Check } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { NdArray } from '../../model.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Answered, Problem, Reading } from '../../problem.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../../values.ts';
import { drawNet, drawSamples, netArg } from './p5-net.ts';
import type { Net } from './p5-net.ts';
import { inPlainNumbers, plainBand } from './plain.ts';

const module = 'p5q2.ts';

interface ForwardProbe {
  net: Net;
  X: Mat;
  Y: number[];
}

interface Rules {
  affine(a: Vec, W: Mat, b: Vec): Vec;
  hidden(z: Vec): Vec;
  output(z: Vec): Vec;
  loss(p: Vec, y: number): number;
  guess(p: Vec, y: number): number;
  average(losses: Vec): number;
  count(right: number, total: number): number;
}

/** Losses and guesses of every sample, then the score of all of them. */
const program: Program<ForwardProbe, Rules> = {
  right: {
    affine: (a, W, b) => matmul([a], W)[0]!.map((v, j) => v + b[j]!),
    hidden: (z) => z.map(sigmoid),
    output: softmax,
    loss: (p, y) => -Math.log(p[y]!),
    guess: argmax,
    average: (losses) => losses.reduce((sum, v) => sum + v, 0) / losses.length,
    count: (right) => right,
  },
  run({ net, X, Y }, rules) {
    const last = net.weights.length - 1;
    const outputs = X.map((x) =>
      net.weights.reduce((a, W, l) => {
        const z = rules.affine(a, W, net.biases[l]!);
        return l < last ? rules.hidden(z) : rules.output(z);
      }, x),
    );
    const losses = outputs.map((p, i) => rules.loss(p, Y[i]!));
    const guesses = outputs.map((p, i) => rules.guess(p, Y[i]!));
    const right = guesses.filter((guess, i) => guess === Y[i]).length;
    return {
      loss: arrayOf(losses),
      guess: arrayOf(guesses),
      averageLoss: arrayOf(rules.average(losses)),
      correct: arrayOf(rules.count(right, Y.length)),
      total: arrayOf(Y.length),
    };
  },
};

const m = (id: string, title: string, advice: string, changed: Partial<Rules>): Mistake<Rules> => ({
  id,
  title,
  advice,
  apply: (right) => ({ ...right, ...changed }),
});

const argmin = (p: Vec) => argmax(p.map((v) => -v));

const inBoth: readonly Mistake<Rules>[] = [
  m('no-bias', 'no biases', 'u = a W + b: add the bias of every layer.', { affine: (a, W) => matmul([a], W)[0]! }),
  m('bias-subtracted', 'the biases are subtracted', 'u = a W + b: add the bias.', {
    affine: (a, W, b) => matmul([a], W)[0]!.map((v, j) => v - b[j]!),
  }),
  m('no-activation', 'no activation in the hidden layers', 'Apply the sigmoid in every hidden layer.', {
    hidden: (z) => z,
  }),
  m('relu', 'ReLU in the hidden layers', 'The sheet asks for the sigmoid.', { hidden: (z) => z.map(relu) }),
  m('tanh', 'tanh in the hidden layers', 'The sheet asks for the sigmoid.', { hidden: (z) => z.map(Math.tanh) }),
  m('softmax-hidden', 'softmax in the hidden layers', 'Softmax belongs to the output only.', { hidden: softmax }),
  m('sigmoid-output', 'sigmoid at the output', 'Ten classes exclude each other: softmax.', {
    output: (z) => z.map(sigmoid),
  }),
  m(
    'sigmoid-before-softmax',
    'a sigmoid before the softmax',
    'The output layer has no sigmoid: softmax takes u itself.',
    {
      output: (z) => softmax(z.map(sigmoid)),
    },
  ),
  m('squared-loss', 'the squared error as loss', 'The loss is the cross-entropy, −ln p of the label.', {
    loss: (p, y) => p.reduce((sum, v, k) => sum + (v - (k === y ? 1 : 0)) ** 2, 0),
  }),
  m('log2', 'logarithm to base 2', 'Take the natural logarithm, Math.log.', { loss: (p, y) => -Math.log2(p[y]!) }),
  m('log10', 'logarithm to base 10', 'Take the natural logarithm, Math.log.', { loss: (p, y) => -Math.log10(p[y]!) }),
  m(
    'loss-sign',
    'the minus of the loss is missing',
    'Logarithms of probabilities are negative: put a minus in front.',
    {
      loss: (p, y) => Math.log(p[y]!),
    },
  ),
  m(
    'loss-over-classes',
    'the loss is divided by the number of classes',
    'The cross-entropy is a sum over the classes.',
    {
      loss: (p, y) => -Math.log(p[y]!) / p.length,
    },
  ),
  m('one-minus-p', '1 − p of the label as loss', 'The loss is −ln p of the label.', { loss: (p, y) => 1 - p[y]! }),
  m('binary', 'the binary cross-entropy of every output', 'For softmax the loss has only the term of the label.', {
    loss: (p, y) => -p.reduce((sum, v, k) => sum + (k === y ? Math.log(v) : Math.log1p(-v)), 0),
  }),
];

const guesses: readonly Mistake<Rules>[] = [
  m('least-likely', 'the least likely class', 'Take the class with the largest probability.', { guess: argmin }),
  m('label-as-guess', 'the label as guess', 'The guess comes from the outputs, not from the label.', {
    guess: (_, y) => y,
  }),
  m('from-one', 'classes counted from 1', 'Class 0 is the first output.', { guess: (p) => argmax(p) + 1 }),
];

const scores: readonly Mistake<Rules>[] = [
  m('sum-of-losses', 'the sum of the losses', 'Divide by the number of samples.', {
    average: (losses) => losses.reduce((sum, v) => sum + v, 0),
  }),
  m('last-loss', 'the loss of the last sample', 'Add the losses of all samples.', {
    average: (losses) => losses.at(-1)!,
  }),
  m('n-minus-one', 'divided by n − 1', 'Divide by the number of samples.', {
    average: (losses) => losses.reduce((sum, v) => sum + v, 0) / (losses.length - 1),
  }),
  m('share', 'the share instead of the number', 'correct is a number of samples.', {
    count: (right, total) => right / total,
  }),
  m('wrong-ones', 'the wrong ones are counted', 'Count the samples whose guess is the label.', {
    count: (right, total) => total - right,
  }),
];

function drawProbe(random: Random, sizes: readonly number[], count: number, scale: number): ForwardProbe {
  const net = drawNet(random, sizes, scale);
  return { net, ...drawSamples(random, count, sizes[0]!, sizes.at(-1)!) };
}

const pick = (names: readonly string[]) => (answer: Readonly<Record<string, NdArray>>) =>
  Object.fromEntries(names.map((name) => [name, answer[name]!]));

/** The same program, with only some of its results in the answer. */
const partOf = (names: readonly string[]): Program<ForwardProbe, Rules> => ({
  right: program.right,
  run: (probe, rules) => pick(names)(program.run(probe, rules)),
});

const sampleProgram = partOf(['loss', 'guess']);
const scoreProgram = partOf(['averageLoss', 'correct', 'total']);
const describe = ({ net, X }: ForwardProbe) =>
  `a ${[net.weights[0]!.length, ...net.biases.map((b) => b.length)].join('–')} network, ${X.length} samples`;

export const sampleProblem: Problem<ForwardProbe> = {
  id: 'P5.Q2.sample',
  title: 'Loss and guess of single samples',
  precision: 'double',
  band: plainBand,
  probes: (random) => [
    drawProbe(random.fork('a'), [7, 5, 6, 4], 6, 1),
    drawProbe(random.fork('b'), [9, 6, 8, 10], 8, 4),
    drawProbe(random.fork('c'), [6, 11, 3], 5, 2),
  ],
  describe,
  async ask(guest, { net, X, Y }) {
    const items = [];
    for (const [i, x] of X.entries()) {
      const sent = [netArg(net), arrayOf(x), Y[i]!];
      items.push((await guest.call({ module, name: 'feedForwardSample' }, sent)).value);
    }
    return { value: { kind: 'list', items } };
  },
  read: readSamples,
  write: (answer) => ({
    kind: 'list',
    items: Array.from(answer['loss']!.data, (loss, i) => ({
      kind: 'record',
      entries: { loss, guess: answer['guess']!.data[i]! },
    })),
  }),
  oracle: (probe) => sampleProgram.run(probe, program.right),
  mistakes: variantsOf(sampleProgram, [...inBoth, ...guesses]),
};

function readSamples({ value }: Answered, { Y, net }: ForwardProbe): Reading {
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
  return { misread: { says: 'feedForwardSample should return { loss, guess }.', yours } };
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

export const scoreProblem: Problem<ForwardProbe> = {
  id: 'P5.Q2.dataset',
  title: 'Score on a data set',
  precision: 'double',
  band: plainBand,
  probes: (random) => [drawProbe(random.fork('d'), [7, 5, 6, 4], 23, 2), drawProbe(random.fork('e'), [6, 9, 3], 17, 4)],
  describe,
  ask: async (guest, { net, X, Y }) => ({
    value: (await guest.call({ module, name: 'feedForwardDataset' }, [netArg(net), arrayOf(X), arrayOf(Y)])).value,
  }),
  read({ value }) {
    const names = ['averageLoss', 'correct', 'total'];
    const numbers = names.map((name) => [name, numberOf(fieldOf(value, name))] as const);
    const missing = numbers.filter(([, number]) => number === undefined).map(([name]) => name);
    if (missing.length > 0) {
      const says = `feedForwardDataset should return { averageLoss, correct, total }; ${missing.join(' and ')} cannot be read.`;
      return { misread: { says, yours: inWords(value) } };
    }
    return { answer: Object.fromEntries(numbers.map(([name, number]) => [name, arrayOf(number!)])), notes: [] };
  },
  write: (answer) => ({
    kind: 'record',
    entries: Object.fromEntries(Object.entries(answer).map(([name, array]) => [name, array.data[0]!])),
  }),
  oracle: (probe) => scoreProgram.run(probe, program.right),
  mistakes: variantsOf(scoreProgram, [...inBoth, ...guesses, ...scores]),
};

const asks = 'Networks of two and three layers with random biases, small and large weights.';

export const checks: Check[] = [
  {
    id: 'p5q2.loss',
    task: 'P5.Q2',
    title: 'feedForwardSample gives the cross-entropy of a sample',
    asks,
    points: 2,
    problems: [sampleProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () => judgeTensor(await evaluate(desk, sampleProblem), 'loss', 'The loss')),
  },
  {
    id: 'p5q2.guess',
    task: 'P5.Q2',
    title: 'feedForwardSample guesses the most likely class',
    asks,
    points: 1,
    problems: [sampleProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () => judgeTensor(await evaluate(desk, sampleProblem), 'guess', 'The guess')),
  },
  {
    id: 'p5q2.average',
    task: 'P5.Q2',
    title: 'feedForwardDataset gives the mean loss',
    asks: 'feedForwardDataset on 23 and 17 samples.',
    points: 1,
    problems: [scoreProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () =>
        judgeTensor(await evaluate(desk, scoreProblem), 'averageLoss', 'The mean loss'),
      ),
  },
  {
    id: 'p5q2.correct',
    task: 'P5.Q2',
    title: 'feedForwardDataset counts the right guesses, and all samples',
    asks: 'feedForwardDataset on 23 and 17 samples.',
    points: 1,
    problems: [scoreProblem],
    run: (desk) =>
      inPlainNumbers(desk, module, async () => {
        const evaluation = await evaluate(desk, scoreProblem);
        const total = judgeTensor(evaluation, 'total', 'The number of samples');
        return total.earned < 1 ? total : judgeTensor(evaluation, 'correct', 'The number of right guesses');
      }),
  },
];
