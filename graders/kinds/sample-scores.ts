/** What the forward pass of a sample and of a data set has to give, on networks whose every branch is taken. */
import { argmax } from '../../reference/oracles/accuracy.ts';
import { sigmoid, softmax } from '../../reference/oracles/activations.ts';
import { matmul } from '../../reference/oracles/linear-algebra.ts';
import type { Key, Visit } from '../key.ts';
import { mlpFamilies } from '../mistakes/mlp/families.ts';
import type { ScoreRules } from '../mistakes/mlp/scores.ts';
import { guessMistakes, lossMistakes, scoreMistakes, scoreProgram, tinyAdditions } from '../mistakes/mlp/scores.ts';
import type { Mistake, Program } from '../mistakes/program.ts';
import { variantsOf } from '../mistakes/program.ts';
import type { Random } from '../numerics/random.ts';
import { plainNumbers } from '../numerics/tolerance.ts';
import type { Problem } from '../problem.ts';
import { withTwins } from './drawn-rows.ts';
import { drawNet, drawSamples } from './listed-net.ts';
import type { AskedScores, ForwardProbe } from './sample-scores-question.ts';
import { datasetQuestion, sampleQuestion } from './sample-scores-question.ts';
import type { SampleVisit } from './sample-visits.ts';
import { visitsOf } from './sample-visits.ts';
import { guessing, probabilitiesOf } from './sigmoid-net.ts';

interface ScoresDesign {
  /** Names the random numbers of this probe. */
  draw: string;
  sizes: readonly number[];
  samples: number;
  /** Size of the pre-activations. */
  scale: number;
  /** The first sample is guessed rightly, as the first or the last class. */
  guess: 'first' | 'last';
}

interface ScoresTable extends AskedScores {
  /** Networks whose samples are asked for one by one, and the branches that they take. */
  samples: readonly ScoresDesign[];
  sampleVisits: readonly SampleVisit[];
  /** Networks that are asked for the score of all samples. */
  datasets: readonly ScoresDesign[];
  datasetVisits: readonly SampleVisit[];
}

/** The two functions of the student's, and what is right for each of them. */
export interface SampleScores {
  asked: AskedScores;
  sample: Problem<ForwardProbe>;
  dataset: Problem<ForwardProbe>;
}

/** Right is −ln p of the label and the likeliest class of every sample; their mean, and how many classes are the label. */
export const sampleScores = ({
  samples,
  sampleVisits,
  datasets,
  datasetVisits,
  ...asked
}: ScoresTable): SampleScores => ({
  asked,
  sample: {
    ...sampleQuestion(asked),
    ...keyOf(['loss', 'guess'], [...lossMistakes, ...guessMistakes]),
    probes: (random) => samples.map((design) => drawProbe(random.fork(design.draw), design)),
    visits: [...visitsOf<ForwardProbe>(sampleVisits, (probe) => probe), ...slipsThatDecide('guess')],
  },
  dataset: {
    ...datasetQuestion(asked),
    ...keyOf(['averageLoss', 'correct', 'total'], [...lossMistakes, ...guessMistakes, ...scoreMistakes]),
    probes: (random) => datasets.map((design) => drawProbe(random.fork(design.draw), design)),
    visits: [...visitsOf<ForwardProbe>(datasetVisits, (probe) => probe), ...slipsThatDecide('correct')],
  },
});

/** The first sample is guessed rightly; the second bears its least likely label, the third and every other after it the likeliest. */
function drawProbe(random: Random, { sizes, samples, scale, guess: end }: ScoresDesign): ForwardProbe {
  const classes = sizes.at(-1)!;
  const { X: drawn, Y } = drawSamples(random.fork('samples'), samples, sizes[0]!, classes);
  // A sample that comes twice counts twice.
  const X = withTwins(drawn);
  const guess = end === 'first' ? 0 : classes - 1;
  const net = guessing(drawNet(random, sizes, scale), X[0]!, guess);
  const likeliest = (i: number) => argmax(probabilitiesOf(net, X[i]!));
  const chosen = [guess, argmax(probabilitiesOf(net, X[1]!).map((v) => -v))];
  const labels = Y.map((y, i) => chosen[i] ?? (i % 2 === 0 ? likeliest(i) : y));
  return { net, X, Y: [...labels.slice(0, -1), labels[0]!] };
}

/**
 * A forward pass with this slip guesses another class somewhere, or another number of samples rightly, although a guess shows
 * little of what lies before it.
 */
const decides = (result: 'guess' | 'correct', says: string, slip: Partial<ScoreRules>): Visit<ForwardProbe> => ({
  says,
  holds: (probes) =>
    probes.some((probe) => {
      const [right, wrong] = [scoreProgram.right, { ...scoreProgram.right, ...slip }].map((rules) =>
        scoreProgram.run(probe, rules),
      );
      return right![result]!.data.some((v, i) => v !== wrong![result]!.data[i]);
    }),
});

const slipsThatDecide = (result: 'guess' | 'correct') => [
  decides(result, 'a guess that rests on the biases', { affine: (a, W) => matmul([a], W)[0]! }),
  decides(result, 'a guess that rests on the slope of the sigmoid', { hidden: (z) => z.map((v) => sigmoid(2 * v)) }),
];

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
