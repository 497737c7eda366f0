/** What initStandardNormal draws: laws of the weights, independence of the layers, biases of zero. */
import type { Finding, NdArray, Value } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { arrayFrom, fieldOf, inWords, isArray, itemsOf } from '../../values.ts';
import { makeArray, maxAbs, sizeOf } from '../../numerics/arrays.ts';
import { createRandom } from '../../numerics/random.ts';
import { correlationTest } from '../../numerics/statistics.ts';
import { lecunVariance, glorotVariance } from '../../../reference/oracles/initialisers.ts';
import { bothDraws, callIt, dependence, drawTwice, inBoth, known, seedsOf } from './q2a-draws.ts';
import type { DrawProbe } from './q2a-draws.ts';
import { lawsAnswer, lawsOf, normalLaw, readLaws, sampleOf, truncatedLaw, uniformLaw } from './sample-laws.ts';
import type { Law } from './sample-laws.ts';

const layersOf = ({ sizes }: DrawProbe) => sizes.slice(1).map((units, k) => ({ inputs: sizes[k]!, units }));
const perLayer =
  (law: (inputs: number, units: number) => Law, more: Partial<Record<'bias' | 'shared', number>> = {}) =>
  (probe: DrawProbe): Answer => ({
    ...lawsAnswer(layersOf(probe).map(({ inputs, units }) => law(inputs, units))),
    bias: makeArray([], [more.bias ?? 0]),
    shared: makeArray([], [more.shared ?? 0]),
    dependence: makeArray([], [0]),
  });

const weightMistakes: readonly Variant<DrawProbe>[] = [
  known(
    'truncated',
    'truncated normal law',
    'Draw from the plain normal law: cutting its tails makes the variance smaller.',
    perLayer(() => truncatedLaw(1)),
  ),
  known(
    'uniform',
    'uniform law on −1…1',
    'Draw from the normal law with variance 1.',
    perLayer(() => uniformLaw(1)),
  ),
  known(
    'uniform-of-variance-one',
    'uniform law of variance 1',
    'Draw from the normal law.',
    perLayer(() => uniformLaw(Math.sqrt(3))),
  ),
  known(
    'uniform-0-1',
    'uniform law on 0…1',
    'Draw from the normal law with mean 0.',
    perLayer(() => ({ ...uniformLaw(1), positive: 1 })),
  ),
  known(
    'sd-half',
    'standard deviation ½',
    'The weights have variance 1.',
    perLayer(() => normalLaw(0.5)),
  ),
  known(
    'variance-half',
    'variance ½',
    'Variance ½ belongs to the input; the weights have variance 1.',
    perLayer(() => normalLaw(Math.SQRT1_2)),
  ),
  known(
    'small',
    'standard deviation 0.05',
    'The weights have variance 1; 0.05 is the default of the library.',
    perLayer(() => normalLaw(0.05)),
  ),
  known(
    'one-over-inputs',
    'variance 1 over the number of inputs',
    'In this question the weights are not scaled: variance 1.',
    perLayer((inputs) => normalLaw(Math.sqrt(lecunVariance(inputs)))),
  ),
  known(
    'glorot',
    'Glorot’s variance',
    'In this question the weights are not scaled: variance 1.',
    perLayer((inputs, units) => normalLaw(Math.sqrt(glorotVariance(inputs, units)))),
  ),
  known(
    'zeros',
    'all weights zero',
    'Draw the weights from N(0, 1); only the biases are zero.',
    perLayer(() => ({ rms: 0, kurtosis: 0, positive: 0 })),
  ),
  known(
    'biases-drawn',
    'biases drawn too',
    'The biases start at zero.',
    perLayer(() => normalLaw(1), { bias: 1 }),
  ),
  known(
    'biases-one',
    'biases of one',
    'The biases start at zero.',
    perLayer(() => normalLaw(1), { bias: 1 }),
  ),
  known(
    'same-weights',
    'layers share their weights',
    'Give every layer draws of its own: one seed, or one initialiser, for all repeats them.',
    perLayer(() => normalLaw(1), { shared: 1 }),
  ),
];

export const weightsProblem: Problem<DrawProbe> = {
  id: 'q2a.weights',
  title: 'Weights and biases of the network',
  precision: 'single',
  coarse: true,
  drawn: true,
  // Layers 2 and 3 have one shape, so that shared weights show.
  probes: (random) => [{ sizes: [90, 250, 250, 250, 120], seeds: seedsOf(random.integer(1e6)) }],
  describe: ({ sizes }) => `initStandardNormal([${sizes.join(', ')}])`,
  ask: (guest, { sizes, seeds }) =>
    drawTwice(seeds, (seed) => callIt(guest, 'initStandardNormal', [makeArray([sizes.length], sizes), seed])),
  read: readWeights,
  write: (answer, probe) =>
    inBoth(probe.seeds, (seed) => {
      const random = createRandom(seed);
      const shared = answer['shared']!.data[0] === 1;
      const variable = { container: 'variable', dtype: 'float32' } as const;
      const weights = layersOf(probe).map(({ inputs, units }, k) =>
        makeArray([units, inputs], sampleOf(lawsOf(answer)[k]!, units * inputs, random), variable),
      );
      if (shared) weights[2] = weights[1]!;
      const biases = layersOf(probe).map(({ units }) =>
        makeArray([units, 1], new Array<number>(units).fill(answer['bias']!.data[0]!), variable),
      );
      const lists = { weights: { kind: 'list', items: weights }, biases: { kind: 'list', items: biases } } as const;
      return { kind: 'record', entries: lists };
    }),
  oracle: perLayer(() => normalLaw(1)),
  mistakes: weightMistakes,
  twins: [
    { ids: ['biases-drawn', 'biases-one'], because: 'Both are told from their largest entry, which is not zero.' },
  ],
  clues: { order: ['rms', 'kurtosis', 'positive', 'shared', 'dependence', 'bias'] },
};

function readWeights(answered: Answered, probe: DrawProbe): Reading {
  const layers = layersOf(probe);
  const parts = bothDraws(answered).map((draw) => ({
    weights: (itemsOf(fieldOf(draw, 'weights')) ?? []).filter(isArray),
    biases: biasesOf(fieldOf(draw, 'biases')),
  }));
  const [check, confirm] = parts as [(typeof parts)[0], (typeof parts)[0]];
  const fits = (shape: readonly number[], { inputs, units }: (typeof layers)[0]) =>
    shape.length === 2 && (shape.join() === `${units},${inputs}` || shape.join() === `${inputs},${units}`);
  for (const { weights, biases } of parts) {
    if (weights.length !== layers.length || !weights.every(({ shape }, k) => fits(shape, layers[k]!))) {
      const yours = weights.map(({ shape }) => shape.join('×')).join(', ');
      const expected = layers.map(({ inputs, units }) => `${units}×${inputs}`).join(', ');
      const says = 'initStandardNormal should return { weights, biases } with one matrix for each layer.';
      return { misread: { says, yours: yours === '' ? inWords(bothDraws(answered)[0]) : yours, expected } };
    }
    if (biases.length !== layers.length || !biases.every(({ shape }, k) => sizeOf(shape) === layers[k]!.units)) {
      const says = 'initStandardNormal should return one bias vector for each layer.';
      return { misread: { says, yours: biases.map(({ shape }) => shape.join('×')).join(', ') || 'none' } };
    }
  }
  const candidates = [{ compute: weightsProblem.oracle }, ...weightMistakes].map(({ compute }) =>
    lawsOf(compute(probe)),
  );
  const samples = check.weights.map(({ data }, k) => ({ check: data, confirm: confirm.weights[k]!.data }));
  const alike = parts.every(
    ({ weights }) => maxAbs(weights[1]!) > 0 && correlationTest(weights[1]!.data, weights[2]!.data).rejected,
  );
  const largest = Math.max(...check.biases.map(maxAbs));
  const answer = {
    ...lawsAnswer(readLaws(samples, candidates)),
    bias: makeArray([], [Math.abs(largest) > 0 ? 1 : largest]),
    shared: makeArray([], [alike ? 1 : 0]),
  };
  // Layers that are alike, or all zero, are told so.
  const plain = alike || samples.some(({ check }) => new Set(Array.from(check)).size === 1);
  const fault = plain ? undefined : dependentWeights(parts.map(({ weights }) => weights.map(({ data }) => data)));
  return fault === undefined
    ? { answer: { ...answer, dependence: makeArray([], [0]) }, notes: [] }
    : { answer, notes: [], misreads: { dependence: fault } };
}

/** The weights of single layers, and those of all layers one after the other, in each of the two draws. */
function dependentWeights(draws: readonly (readonly Float64Array[])[]): Finding | undefined {
  for (const k of draws[0]!.keys()) {
    const fault = dependence(
      `The weights of layer ${k + 1}`,
      draws.map((layers) => layers[k]!),
    );
    if (fault !== undefined) return fault;
  }
  return dependence(
    'The weights of different layers',
    draws.map((layers) => layers.flatMap((layer) => [...layer])),
  );
}

/** A list of vectors; equal lengths make it one array. */
function biasesOf(value: Value): NdArray[] {
  const items = itemsOf(value);
  if (items !== undefined) return items.flatMap((item) => arrayFrom(item) ?? []);
  return [];
}
