/** Weights by Glorot's rule, normal and uniform: the right laws, the accepted and the wrong ones. */
import { glorotVariance } from '../../../reference/oracles/initialisers.ts';
import type { Variant } from '../../key.ts';
import type { NdArray } from '../../model/numbers.ts';
import { drawsProblem } from '../../kinds/draws.ts';
import { independent } from '../../kinds/draws-question.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import { initialMistakes, initialProgram } from '../../mistakes/training/initialisation.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { KURTOSIS } from '../../numerics/distribution-shape.ts';
import type { Law } from '../../numerics/sample-laws.ts';
import { lawsAnswer, truncatedLaw } from '../../numerics/sample-laws.ts';
import type { Problem } from '../../problem.ts';
import type { GlorotProbe } from './q2c-weights-question.ts';
import { glorotQuestion } from './q2c-weights-question.ts';

/** Neither square nor of equal sum, so that every rule gives another number. */
const shapes = [
  [320, 110],
  [90, 260],
] as const;

const cut = (id: string, title: string, lawOf: (sd: number) => Law): Variant<GlorotProbe> => ({
  id,
  title,
  compute: ({ fanIn, fanOut }) => ({
    ...lawsAnswer([lawOf(Math.sqrt(glorotVariance(fanIn, fanOut)))]),
    ...independent,
  }),
});

const truncatedForms: readonly Variant<GlorotProbe>[] = [
  cut(
    'truncated-corrected',
    'A normal law cut at two standard deviations, its variance corrected, as Keras draws it: accepted.',
    (rms) => ({ rms, kurtosis: KURTOSIS.truncatedNormal, positive: 0.5 }),
  ),
  cut(
    'truncated',
    'A normal law cut at two standard deviations, as tf.initializers.glorotNormal draws it: its variance is 0.77 of the asked one. Accepted.',
    truncatedLaw,
  ),
];

export const normalWeights = weightsProblem('glorotNormal', 'normal');
export const uniformWeights = weightsProblem('glorotUniform', 'uniform');

function weightsProblem(name: 'glorotNormal' | 'glorotUniform', law: GlorotProbe['law']): Problem<GlorotProbe> {
  const program = adapt(
    initialProgram,
    (probe: GlorotProbe) => probe,
    ({ rms, kurtosis, positive }) => ({
      rms: asRow(rms!),
      kurtosis: asRow(kurtosis!),
      positive: asRow(positive!),
      ...independent,
    }),
  );
  return drawsProblem(glorotQuestion(name, law), {
    probes: (random) =>
      shapes.map(([fanIn, fanOut]) => ({
        fanIn,
        fanOut,
        rule: 'glorot',
        law,
        seeds: [1 + random.integer(1e6), 2e6 + random.integer(1e6)],
      })),
    oracle: (probe) => program.run(probe, program.right),
    accepts: law === 'normal' ? truncatedForms : [],
    // Cut at two standard deviations without correction is what the library does: accepted and noted.
    mistakes: variantsOf(
      program,
      initialMistakes({ rule: 'glorot', law }).filter(({ id }) => id !== 'truncated'),
    ),
  });
}

const asRow = (number: NdArray): NdArray => makeArray([1], number.data);
