/** One small problem for every topic of the library, to try the diagnosis on. */
import type { Random } from '../numerics/random.ts';
import type { Clues } from '../key.ts';
import type { AnyProblem, Problem } from '../problem.ts';
import { weightsProgram } from './layers/dense-layer.ts';
import { weightsMistakes } from './layers/dense-mistakes.ts';
import type { StoppingCase } from './training/early-stopping.ts';
import { stoppingProgram } from './training/early-stopping.ts';
import { stoppingMistakes } from './training/early-stopping-mistakes.ts';
import type { MomentumCase } from './training/momentum.ts';
import { momentumMistakes, momentumProgram } from './training/momentum.ts';
import type { Mistake, Program } from './program.ts';
import { variantsOf } from './program.ts';
import { standIn } from './stand-in.testing.ts';
import { standardiseFamilies, standardiseProgram } from './data/standardise.ts';
import { standardiseMistakes } from './data/standardise-mistakes.ts';

const rows = (random: Random, n: number, m: number, draw: (r: Random) => number): number[][] =>
  Array.from({ length: n }, () => Array.from({ length: m }, () => draw(random)));
const normal = (random: Random): number => random.normal(0.3, 1);
const sizes = [
  [7, 4, 3],
  [11, 5, 6],
] as const;

/** A problem about a program of the library. */
export function problemOf<Case, Rules extends object>(
  id: string,
  program: Program<Case, Rules>,
  mistakes: readonly Mistake<Rules>[],
  probes: (random: Random) => Case[],
  clues: Clues<Case> = {},
): Problem<Case> {
  return standIn<Case>({
    id,
    precision: 'double',
    probes,
    oracle: (probe) => program.run(probe, program.right),
    mistakes: variantsOf(program, mistakes),
    clues,
  });
}

export const count = (value: number, symbol = 'N') => [{ symbol, value, means: 'the number of samples' }];

const scripts: StoppingCase[] = [
  { values: [0.305, 0.305, 0.71, 0.301, 0.645, 0.301, 0.301, 0.612, 0.877, 0.877, 1.11], patience: 3 },
  { values: [0.9, 0.8, 0.85, 0.82, 0.7, 0.75, 0.72, 0.71, 0.69, 0.73], patience: 4 },
  { values: [0.5, 0.6, 0.4, 0.45, 0.47, 0.41, 0.43, 0.2, 0.3], patience: 4 },
];

const quadratic = (scales: readonly number[]) => (w: readonly number[]) => w.map((x, i) => scales[i]! * (x - i - 1));

/** Title, problem, and the number of mistakes that it knows at least. */
export const topics: readonly [string, AnyProblem, number][] = [
  [
    'linear layer',
    problemOf('linear layer', weightsProgram, weightsMistakes, (random) =>
      sizes.map(([n, m, k]) => ({
        activation: 'Sigmoid' as const,
        x: rows(random, n, m, normal),
        W: rows(random, m, k, normal),
        b: rows(random, 1, k, normal)[0]!,
        error: rows(random, n, k, normal),
      })),
    ),
    15,
  ],
  [
    'standardising',
    problemOf(
      'standardising',
      standardiseProgram,
      standardiseMistakes,
      (random) =>
        sizes.map(([n, m, k]) => ({
          train: rows(random, n + 5, m, (r) => r.normal(2, 3)),
          validation: rows(random, k + 4, m, (r) => r.normal(3, 2)),
        })),
      { families: standardiseFamilies },
    ),
    20,
  ],
  ['classical momentum', problemOf('classical', momentumProgram, momentumMistakes(false), momentumProbes(false)), 13],
  ['Nesterov momentum', problemOf('nesterov', momentumProgram, momentumMistakes(true), momentumProbes(true)), 13],
  [
    'early stopping',
    problemOf('early stopping', stoppingProgram, stoppingMistakes, () => scripts, {
      quantities: ({ values, patience }) => [...count(values.length, 'E'), ...count(patience, 'p')],
    }),
    18,
  ],
];

function momentumProbes(nesterov: boolean) {
  return (): MomentumCase[] => [
    { start: [3, -2], gradient: quadratic([0.7, 1.9]), rate: 0.13, momentum: 0.8, nesterov, steps: 5 },
    { start: [1, 4, -3], gradient: quadratic([1.3, 0.4, 2.1]), rate: 0.07, momentum: 0.7, nesterov, steps: 6 },
  ];
}
