/** Weights by Glorot's rule, normal and uniform: judged on the weights, since activations cannot tell the two apart. */
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answered } from '../../question.ts';
import { inWords, isArray, fieldOf } from '../../values.ts';
import type { NdArray } from '../../model.ts';
import { makeArray, sameShape, shapeText } from '../../numerics/arrays.ts';
import { createRandom } from '../../numerics/random.ts';
import type { InitialCase } from '../../mistakes/training/initialisation.ts';
import { initialMistakes, initialProgram } from '../../mistakes/training/initialisation.ts';
import { variantsOf, adapt } from '../../mistakes/program.ts';
import { glorotVariance } from '../../../reference/oracles/initialisers.ts';
import { KURTOSIS } from '../../../reference/oracles/initialisers.ts';
import { lawsAnswer, lawsOf, readLaws, sampleOf, truncatedLaw } from './sample-laws.ts';
import type { Law } from './sample-laws.ts';
import { dependence } from './q2a-draws.ts';

export interface WeightsProbe extends InitialCase {
  /** For the first draw and the one that confirms it. */
  seeds: readonly [number, number];
}

/** Neither square nor of equal sum, so that every rule gives another number. */
const shapes = [
  [320, 110],
  [90, 260],
] as const;

const glorotSd = ({ fanIn, fanOut }: WeightsProbe): number => Math.sqrt(glorotVariance(fanIn, fanOut));

/** Every number drawn by itself. */
const independent = { dependence: makeArray([], [0]) };

const truncatedForms: readonly Variant<WeightsProbe>[] = [
  {
    id: 'truncated-corrected',
    title: 'A normal law cut at two standard deviations, its variance corrected, as Keras draws it: accepted.',
    compute: (probe) => ({
      ...lawsAnswer([{ rms: glorotSd(probe), kurtosis: KURTOSIS.truncatedNormal, positive: 0.5 }]),
      ...independent,
    }),
  },
  {
    id: 'truncated',
    title:
      'A normal law cut at two standard deviations, as tf.initializers.glorotNormal draws it: its variance is 0.77 of the asked one. Accepted.',
    compute: (probe) => ({ ...lawsAnswer([truncatedLaw(glorotSd(probe))]), ...independent }),
  },
];

export const normalWeights = weightsProblem('glorotNormal', 'normal');
export const uniformWeights = weightsProblem('glorotUniform', 'uniform');

function weightsProblem(name: 'glorotNormal' | 'glorotUniform', law: InitialCase['law']): Problem<WeightsProbe> {
  const program = adapt(
    initialProgram,
    (probe: WeightsProbe) => probe,
    ({ rms, kurtosis, positive }) => ({
      rms: asRow(rms!),
      kurtosis: asRow(kurtosis!),
      positive: asRow(positive!),
      ...independent,
    }),
  );
  const accepts = law === 'normal' ? truncatedForms : [];
  // Cut at two standard deviations without correction is what the library does: accepted and noted.
  const mistakes = variantsOf(
    program,
    initialMistakes({ rule: 'glorot', law }).filter(({ id }) => id !== 'truncated'),
  );
  const candidates = (probe: WeightsProbe): Law[][] =>
    [{ compute: problem.oracle }, ...accepts, ...mistakes].map(({ compute }) => lawsOf(compute(probe)));
  const problem: Problem<WeightsProbe> = {
    id: `q2c.${law}`,
    title: `Weights of ${name}`,
    precision: 'single',
    coarse: true,
    drawn: true,
    probes: (random) =>
      shapes.map(([fanIn, fanOut]) => ({
        fanIn,
        fanOut,
        rule: 'glorot',
        law,
        seeds: [1 + random.integer(1e6), 2e6 + random.integer(1e6)],
      })),
    describe: ({ fanIn, fanOut }) => `${name}([${fanIn}, ${fanOut}]): ${fanIn * fanOut} weights`,
    async ask(guest, { fanIn, fanOut, seeds }): Promise<Answered> {
      const draw = async (seed: number) => {
        const shape = makeArray([2], [fanIn, fanOut]);
        return (await guest.call({ module: 'q2c.ts', name }, [shape, seed])).value;
      };
      return {
        value: { kind: 'record', entries: { check: await draw(seeds[0]), confirm: await draw(seeds[1]) } },
      };
    },
    read({ value }, probe) {
      const [check, confirm] = [fieldOf(value, 'check'), fieldOf(value, 'confirm')];
      if (!isArray(check) || !isArray(confirm)) {
        return { misread: { says: `${name} should return a tf.Variable.`, yours: inWords(check) } };
      }
      const { fanIn, fanOut } = probe;
      if (![check, confirm].every(({ shape }) => sameShape(shape, [fanIn, fanOut]))) {
        return {
          misread: {
            says: `${name} returns weights of another shape.`,
            yours: shapeText(check.shape),
            expected: shapeText([fanIn, fanOut]),
          },
        };
      }
      const laws = readLaws([{ check: check.data, confirm: confirm.data }], candidates(probe));
      const notes =
        check.container === 'variable' ? [] : [`${name} returns a tensor; the sheet asks for a tf.Variable.`];
      const fault = dependence(`The weights of ${name}`, [check.data, confirm.data]);
      return fault === undefined
        ? { answer: { ...lawsAnswer(laws), ...independent }, notes }
        : { answer: lawsAnswer(laws), notes, misreads: { dependence: fault } };
    },
    write(answer, { fanIn, fanOut, seeds }) {
      const draws = seeds.map((seed) =>
        makeArray([fanIn, fanOut], sampleOf(lawsOf(answer)[0]!, fanIn * fanOut, createRandom(seed)), {
          container: 'variable',
          dtype: 'float32',
        }),
      );
      return { kind: 'record', entries: { check: draws[0], confirm: draws[1] } };
    },
    oracle: (probe) => program.run(probe, program.right),
    accepts,
    mistakes,
  };
  return problem;
}

const asRow = (number: NdArray): NdArray => makeArray([1], number.data);
