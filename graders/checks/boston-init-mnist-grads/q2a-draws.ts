/** Question 2a: the right laws of the input and of the weights, and the wrong ones. */
import { drawsProblem } from '../../kinds/draws.ts';
import { independent } from '../../kinds/draws-question.ts';
import { wrongly } from '../../key.ts';
import { inputDraws, standardNormalDraws } from '../../mistakes/training/unscaled-draws.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Law } from '../../numerics/sample-laws.ts';
import { lawsAnswer, normalLaw } from '../../numerics/sample-laws.ts';
import type { Answer } from '../../question.ts';
import type { DrawProbe } from './q2a-draws-question.ts';
import { inputQuestion, layersOf, momentsAnswer, weightsQuestion } from './q2a-draws-question.ts';

const drawOf = (random: Random, sizes: readonly number[]): DrawProbe[] => {
  const start = random.integer(1e6);
  return [{ sizes, seeds: [1 + start, 2_000_000 + start] }];
};

const inputFrom = ({ rms, positive }: Law): Answer => ({
  ...momentsAnswer({ rms, mean: positive === 1 ? 0.5 : 0 }),
  ...independent,
});

export const inputProblem = drawsProblem<DrawProbe>(inputQuestion, {
  probes: (random) => drawOf(random, [30_000]),
  oracle: () => inputFrom(normalLaw(Math.SQRT1_2)),
  mistakes: inputDraws.map(({ id, title, advice, law }) => wrongly(id, title, advice, () => inputFrom(law(1, 1)))),
  clues: { order: ['dependence', 'rms', 'mean'] },
});

const weightsFrom = (
  probe: DrawProbe,
  law: (inputs: number, units: number) => Law,
  { bias = 0, shared = 0 }: { bias?: number; shared?: number } = {},
): Answer => ({
  ...lawsAnswer(layersOf(probe).map(({ inputs, units }) => law(inputs, units))),
  bias: makeArray([], [bias]),
  shared: makeArray([], [shared]),
  ...independent,
});

export const weightsProblem = drawsProblem<DrawProbe>(weightsQuestion, {
  // Layers 2 and 3 have one shape, so that shared weights show.
  probes: (random) => drawOf(random, [90, 250, 250, 250, 120]),
  oracle: (probe) => weightsFrom(probe, () => normalLaw(1)),
  mistakes: standardNormalDraws.map(({ id, title, advice, law, more }) =>
    wrongly(id, title, advice, (probe) => weightsFrom(probe, law, more)),
  ),
  twins: [
    { ids: ['biases-drawn', 'biases-one'], because: 'Both are told from their largest entry, which is not zero.' },
  ],
  clues: { order: ['rms', 'kurtosis', 'positive', 'shared', 'dependence', 'bias'] },
});
