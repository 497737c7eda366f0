/** Problem 5, Question 2: what the forward pass of a sample and of a data set has to give. */
import { argmax } from '../../../reference/oracles/accuracy.ts';
import { sigmoid, softmax } from '../../../reference/oracles/activations.ts';
import { matmul } from '../../../reference/oracles/linear-algebra.ts';
import type { Key, Visit } from '../../key.ts';
import { mlpFamilies } from '../../mistakes/mlp/families.ts';
import type { ScoreRules } from '../../mistakes/mlp/scores.ts';
import { guessMistakes, lossMistakes, scoreMistakes, scoreProgram, tinyAdditions } from '../../mistakes/mlp/scores.ts';
import type { Mistake, Program } from '../../mistakes/program.ts';
import { variantsOf } from '../../mistakes/program.ts';
import type { Random } from '../../numerics/random.ts';
import { plainNumbers } from '../../numerics/tolerance.ts';
import type { Problem } from '../../problem.ts';
import { drawNet, drawSamples } from '../../kinds/listed-net.ts';
import type { ForwardProbe } from './p5q2-question.ts';
import { sampleQuestion, scoreQuestion } from './p5q2-question.ts';
import { guessing, probabilitiesOf } from './p5-net.ts';

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
const decides = (says: string, slip: Partial<ScoreRules>): Visit<ForwardProbe> => ({
  says,
  holds: (probes) =>
    probes.some((probe) => {
      const [right, wrong] = [scoreProgram.right, { ...scoreProgram.right, ...slip }].map((rules) =>
        scoreProgram.run(probe, rules),
      );
      return right!['guess']!.data.some((guess, i) => guess !== wrong!['guess']!.data[i]);
    }),
});

/** The program with only some of its results in the answer, and the slips that are seen there. */
function keyOf(
  names: readonly string[],
  mistakes: readonly Mistake<ScoreRules>[],
): Pick<Key<ForwardProbe>, 'band' | 'oracle' | 'accepts' | 'mistakes' | 'clues'> {
  const { right } = scoreProgram;
  const part: Program<ForwardProbe, ScoreRules> = {
    right,
    run(probe, rules) {
      const all = scoreProgram.run(probe, rules);
      return Object.fromEntries(names.map((name) => [name, all[name]!]));
    },
  };
  // A factor before the softmax, as in backpropagation, where the same slip is known.
  const families = mlpFamilies
    .filter((family) => family.id === 'temperature')
    .map(({ id, title, advice, values }) => ({
      id,
      title,
      advice,
      values,
      compute: (probe: ForwardProbe, value: number) =>
        part.run(probe, { ...right, output: (z) => softmax(z.map((v) => v * value)) }),
    }));
  return {
    band: plainNumbers,
    oracle: (probe) => part.run(probe, right),
    accepts: variantsOf(part, tinyAdditions),
    mistakes: variantsOf(part, mistakes),
    clues: { families },
  };
}

export const sampleProblem: Problem<ForwardProbe> = {
  ...sampleQuestion,
  ...keyOf(['loss', 'guess'], [...lossMistakes, ...guessMistakes]),
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
};

export const scoreProblem: Problem<ForwardProbe> = {
  ...scoreQuestion,
  ...keyOf(['averageLoss', 'correct', 'total'], [...lossMistakes, ...guessMistakes, ...scoreMistakes]),
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
};
