/** Questions 2a to 2c: which laws are right, and which networks and samples tell. */
import { glorotVariance } from '../../../reference/oracles/initialisers.ts';
import { wrongly } from '../../key.ts';
import { independent } from '../../kinds/draws-question.ts';
import { drawsProblem } from '../../kinds/draws.ts';
import { histogramProblemOf } from '../../kinds/histogram-function.ts';
import type { ForwardProbe } from '../../kinds/layer-activations-question.ts';
import type { LayersProbe } from '../../kinds/layers-draws-question.ts';
import { layersOf } from '../../kinds/layers-draws-question.ts';
import type { MatrixProbe } from '../../kinds/matrix-draws-question.ts';
import { acceptedLaw, matrixDrawsProblem } from '../../kinds/matrix-draws.ts';
import type { VectorProbe } from '../../kinds/vector-draws-question.ts';
import { momentsAnswer } from '../../kinds/vector-draws-question.ts';
import { tanhLayerMistakes, tanhLayers } from '../../mistakes/mlp/tanh-layers.ts';
import { variantsOf } from '../../mistakes/program.ts';
import { inputDraws, standardNormalDraws } from '../../mistakes/training/unscaled-draws.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { KURTOSIS } from '../../numerics/distribution-shape.ts';
import type { Random } from '../../numerics/random.ts';
import type { Law } from '../../numerics/sample-laws.ts';
import { lawsAnswer, normalLaw, truncatedLaw } from '../../numerics/sample-laws.ts';
import type { Problem } from '../../problem.ts';
import { asked } from './q2-question.ts';

/** Three networks of unequal layers, one of them asked with the shapes of another. */
export const forwardProblem: Problem<ForwardProbe> = {
  ...asked.forward,
  probes: (random) =>
    [
      [5, 9, 7, 6, 4, 3],
      [8, 3, 11, 4, 6, 7],
      // The shapes of the first again, which is then asked once more: who keeps something for each shape gives the other's.
      [5, 9, 7, 6, 4, 3],
    ].map((sizes) => {
      const draw = (n: number, sd: number) => Array.from({ length: n }, () => Math.fround(random.normal(0, sd)));
      return {
        sizes,
        W: sizes.slice(1).map((n, k) => Array.from({ length: n }, () => draw(sizes[k]!, 1.2 / Math.sqrt(sizes[k]!)))),
        b: sizes.slice(1).map((n) => draw(n, 0.4)),
        x: draw(sizes[0]!, 1),
      };
    }),
  oracle: (probe) => tanhLayers.run(probe, tanhLayers.right),
  mistakes: variantsOf<ForwardProbe, typeof tanhLayers.right>(tanhLayers, tanhLayerMistakes),
  clues: { order: ['h1', 'h2', 'h3', 'h4', 'h5'] },
};

const seedsFrom = (random: Random) => {
  const start = random.integer(1e6);
  return [1 + start, 2_000_000 + start] as const;
};

const inputFrom = ({ rms, positive }: Law) => ({
  ...momentsAnswer({ rms, mean: positive === 1 ? 0.5 : 0 }),
  ...independent,
});

/** Mean 0 and variance ½, whatever the law. */
export const inputProblem = drawsProblem<VectorProbe>(asked.input, {
  probes: (random) => [{ size: 30_000, seeds: seedsFrom(random) }],
  oracle: () => inputFrom(normalLaw(Math.SQRT1_2)),
  mistakes: inputDraws.map(({ id, title, advice, law }) => wrongly(id, title, advice, () => inputFrom(law(1, 1)))),
  clues: { order: ['dependence', 'rms', 'mean'] },
});

const weightsFrom = (
  probe: LayersProbe,
  law: (inputs: number, units: number) => Law,
  { bias = 0, shared = 0 }: { bias?: number; shared?: number } = {},
) => ({
  ...lawsAnswer(layersOf(probe).map(({ inputs, units }) => law(inputs, units))),
  bias: makeArray([], [bias]),
  shared: makeArray([], [shared]),
  ...independent,
});

/** N(0, 1) for all weights, zero for all biases. */
export const weightsProblem = drawsProblem<LayersProbe>(asked.weights, {
  // Layers 2 and 3 have one shape, so that shared weights show; sizes are equal where the sheet's are, which a script may write apart.
  probes: (random) => [{ sizes: [90, 250, 250, 250, 120, 120], seeds: seedsFrom(random) }],
  oracle: (probe) => weightsFrom(probe, () => normalLaw(1)),
  mistakes: standardNormalDraws.map(({ id, title, advice, law, more }) =>
    wrongly(id, title, advice, (probe) => weightsFrom(probe, law, more)),
  ),
  twins: [
    { ids: ['biases-drawn', 'biases-one'], because: 'Both are told from their largest entry, which is not zero.' },
  ],
  clues: { order: ['rms', 'kurtosis', 'positive', 'shared', 'dependence', 'bias'] },
});

export const histogramProblem = histogramProblemOf(asked.histogram);

/** Neither square nor of equal sum, so that every rule gives another number. */
const shapes = [
  [320, 110],
  [90, 260],
] as const;

const deviationOf = ({ fanIn, fanOut }: MatrixProbe) => Math.sqrt(glorotVariance(fanIn, fanOut));

export const normalWeights = matrixDrawsProblem(asked.glorotNormal, {
  rule: 'glorot',
  law: 'normal',
  shapes,
  accepts: [
    acceptedLaw(
      'truncated-corrected',
      'A normal law cut at two standard deviations, its variance corrected, as Keras draws it: accepted.',
      (probe) => ({ rms: deviationOf(probe), kurtosis: KURTOSIS.truncatedNormal, positive: 0.5 }),
    ),
    acceptedLaw(
      'truncated',
      'A normal law cut at two standard deviations, as tf.initializers.glorotNormal draws it: its variance is 0.77 of the asked one. Accepted.',
      (probe) => truncatedLaw(deviationOf(probe)),
    ),
  ],
});

export const uniformWeights = matrixDrawsProblem(asked.glorotUniform, {
  rule: 'glorot',
  law: 'uniform',
  shapes,
  accepts: [],
});
