/** What the forward pass of a sample and of a data set have to give. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { sigmoid, softmax } from '../../../reference/oracles/activations.ts';
import { matmul } from '../../../reference/oracles/linear-algebra.ts';
import { mlpFamilies } from '../../mistakes/mlp/families.ts';
import type { Program } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { NdArray } from '../../model.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { VariantFamily, Visit } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answered, Reading } from '../../question.ts';
import { arrayFrom, fieldOf, inWords, itemsOf, numberOf } from '../../values.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import { drawNet, drawSamples, guessing, netArg, probabilitiesOf } from './p5-net.ts';
import { guesses, inBoth, program, scores, tiny } from './p5q2-program.ts';
import type { ForwardProbe, Rules } from './p5q2-program.ts';

export const module = 'p5q2.ts';

/** The first sample is guessed rightly, as the class `end`; the second bears its least likely label, the third its likeliest. */
function drawProbe(
  random: Random,
  sizes: readonly number[],
  count: number,
  scale: number,
  end: 'first' | 'last',
): ForwardProbe {
  const classes = sizes.at(-1)!;
  const { X, Y } = drawSamples(random.fork('samples'), count, sizes[0]!, classes);
  const guess = end === 'first' ? 0 : classes - 1;
  const net = guessing(drawNet(random, sizes, scale), X[0]!, guess);
  const [second, third] = [X[1]!, X[2]!].map((x) => probabilitiesOf(net, x));
  const chosen = [guess, argmax(second!.map((v) => -v)), argmax(third!)];
  return { net, X, Y: Y.map((y, i) => chosen[i] ?? y) };
}

const pick = (names: readonly string[]) => (answer: Readonly<Record<string, NdArray>>) =>
  Object.fromEntries(names.map((name) => [name, answer[name]!]));

/** What every sample of the probes gives. */
const samplesOf = (probes: readonly ForwardProbe[]) =>
  probes.flatMap(({ net, X, Y }) => {
    const last = net.biases.at(-1)!.length - 1;
    return X.map((x, i) => ({ p: probabilitiesOf(net, x), y: Y[i]!, last }));
  });

const has = (
  says: string,
  fits: (sample: { p: number[]; y: number; last: number }) => boolean,
): Visit<ForwardProbe> => ({
  says,
  holds: (probes) => samplesOf(probes).some(fits),
});

/** Branches of a loss and of a guess. */
const visits: readonly Visit<ForwardProbe>[] = [
  has('a guess that is right', ({ p, y }) => argmax(p) === y),
  has('a guess that is wrong', ({ p, y }) => argmax(p) !== y),
  has('class 0 as a guess that is right', ({ p, y }) => argmax(p) === 0 && y === 0),
  has('the last class as a guess that is right', ({ p, y, last }) => argmax(p) === last && y === last),
  has('class 0 as a label that is not guessed', ({ p, y }) => argmax(p) !== 0 && y === 0),
  has('the last class as a label that is not guessed', ({ p, y, last }) => argmax(p) !== last && y === last),
  has('a label of probability below 0.0003', ({ p, y }) => p[y]! < 3e-4),
  has('a label of probability above 0.9', ({ p, y }) => p[y]! > 0.9),
];

/** A forward pass with this slip guesses another class somewhere, although a guess shows little of what lies before it. */
const decides = (says: string, slip: Partial<Rules>): Visit<ForwardProbe> => ({
  says,
  holds: (probes) =>
    probes.some((probe) => {
      const [right, wrong] = [program.right, { ...program.right, ...slip }].map((rules) => program.run(probe, rules));
      return right!['guess']!.data.some((guess, i) => guess !== wrong!['guess']!.data[i]);
    }),
});

/** The same program, with only some of its results in the answer. */
const partOf = (names: readonly string[]): Program<ForwardProbe, Rules> => ({
  right: program.right,
  run: (probe, rules) => pick(names)(program.run(probe, rules)),
});

const sampleProgram = partOf(['loss', 'guess']);
const scoreProgram = partOf(['averageLoss', 'correct', 'total']);

/** A factor before the softmax, as in backpropagation, where the same slip is known. */
const temperatures = (part: Program<ForwardProbe, Rules>): VariantFamily<ForwardProbe>[] =>
  mlpFamilies
    .filter((family) => family.id === 'temperature')
    .map(({ id, title, advice, values }) => ({
      id,
      title,
      advice,
      values,
      compute: (probe, value) => part.run(probe, { ...part.right, output: (z) => softmax(z.map((v) => v * value)) }),
    }));

const describe = ({ net, X }: ForwardProbe) =>
  `a ${[net.weights[0]!.length, ...net.biases.map((b) => b.length)].join('–')} network, ${X.length} samples`;

export const sampleProblem: Problem<ForwardProbe> = {
  id: 'P5.Q2.sample',
  title: 'Loss and guess of single samples',
  precision: 'double',
  band: plainNumbers,
  probes: (random) => [
    drawProbe(random.fork('a'), [7, 5, 6, 4], 6, 1, 'first'),
    drawProbe(random.fork('b'), [9, 6, 8, 10], 8, 5, 'last'),
    drawProbe(random.fork('c'), [6, 11, 3], 5, 2, 'first'),
  ],
  visits: [
    ...visits,
    decides('a guess that rests on the biases', { affine: (a, W) => matmul([a], W)[0]! }),
    decides('a guess that rests on the slope of the sigmoid', { hidden: (z) => z.map((v) => sigmoid(2 * v)) }),
  ],
  describe,
  async ask(guest, { net, X, Y }) {
    const items = [];
    // One network for all samples: a forward pass leaves it as it is.
    const kept = await guest.make(netArg(net));
    for (const [i, x] of X.entries()) {
      const sent = [kept, arrayOf(x), Y[i]!];
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
  accepts: variantsOf(sampleProgram, tiny),
  mistakes: variantsOf(sampleProgram, [...inBoth, ...guesses]),
  names: { loss: 'the loss', guess: 'the guess' },
  clues: { families: temperatures(sampleProgram) },
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
  band: plainNumbers,
  probes: (random) => [
    drawProbe(random.fork('d'), [7, 5, 6, 4], 23, 3, 'last'),
    drawProbe(random.fork('e'), [6, 9, 3], 17, 5, 'first'),
    // Nothing is likely here: right guesses have probabilities below a half.
    drawProbe(random.fork('f'), [5, 6, 8], 13, 0.7, 'first'),
  ],
  visits: [
    ...visits,
    has('a guess that is right with a probability below a half', ({ p, y }) => argmax(p) === y && p[y]! < 0.5),
  ],
  describe,
  async ask(guest, { net, X, Y }) {
    const kept = [await guest.make(netArg(net)), await guest.make(arrayOf(X)), await guest.make(arrayOf(Y))];
    const target = { module, name: 'feedForwardDataset' };
    // Twice with the same objects: a forward pass leaves them as they are.
    await guest.call(target, kept);
    return { value: (await guest.call(target, kept)).value };
  },
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
  accepts: variantsOf(scoreProgram, tiny),
  mistakes: variantsOf(scoreProgram, [...inBoth, ...guesses, ...scores]),
  names: {
    averageLoss: 'the mean loss',
    correct: 'the number of right guesses',
    total: 'the number of samples',
  },
  clues: { families: temperatures(scoreProgram) },
};
