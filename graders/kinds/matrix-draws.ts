/** A matrix of weights drawn by a rule of initialisation: the right law, other ones that are accepted, and the wrong ones. */
import type { Variant } from '../key.ts';
import { initialMistakes, initialProgram } from '../mistakes/training/initialisation.ts';
import { adapt, variantsOf } from '../mistakes/program.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Law } from '../numerics/sample-laws.ts';
import { lawsAnswer } from '../numerics/sample-laws.ts';
import type { Problem } from '../problem.ts';
import { drawsProblem } from './draws.ts';
import type { DrawsTable } from './draws-question.ts';
import { independent } from './draws-question.ts';
import type { MatrixProbe } from './matrix-draws-question.ts';

interface MatrixLaw {
  rule: MatrixProbe['rule'];
  law: MatrixProbe['law'];
  /** Inputs and units of the matrices that are drawn. */
  shapes: readonly (readonly [number, number])[];
  /** Laws that are accepted beside it, in a sentence. */
  accepts: readonly Variant<MatrixProbe>[];
}

const asRow = (number: NdArray): NdArray => makeArray([1], number.data);

const program = adapt(
  initialProgram,
  (probe: MatrixProbe) => probe,
  ({ rms, kurtosis, positive }) => ({
    rms: asRow(rms!),
    kurtosis: asRow(kurtosis!),
    positive: asRow(positive!),
    ...independent,
  }),
);

/** A law that is accepted: its title says why. */
export const acceptedLaw = (id: string, title: string, lawOf: (probe: MatrixProbe) => Law): Variant<MatrixProbe> => ({
  id,
  title,
  compute: (probe) => ({ ...lawsAnswer([lawOf(probe)]), ...independent }),
});

export const matrixDrawsProblem = (
  question: DrawsTable<MatrixProbe>,
  { rule, law, shapes, accepts }: MatrixLaw,
): Problem<MatrixProbe> =>
  drawsProblem(question, {
    probes: (random) =>
      shapes.map(([fanIn, fanOut]) => ({
        fanIn,
        fanOut,
        rule,
        law,
        seeds: [1 + random.integer(1e6), 2e6 + random.integer(1e6)],
      })),
    oracle: (probe) => program.run(probe, program.right),
    accepts,
    // Cut at two standard deviations without correction is what the library does.
    mistakes: variantsOf(
      program,
      initialMistakes({ rule, law }).filter(({ id }) => id !== 'truncated'),
    ),
  });
