/** Weights and biases of all layers that a function draws: their laws, the independence of the layers, biases of zero. */
import type { Finding } from '../model/finding.ts';
import type { Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray, maxAbs, sizeOf } from '../numerics/arrays.ts';
import { packed } from '../numerics/packed-rows.ts';
import { lawsAnswer, lawsOf, readLaws, sampleOf } from '../numerics/sample-laws.ts';
import { correlationTest } from '../numerics/statistics.ts';
import type { Question } from '../question.ts';
import { arrayFrom, fieldOf, inWords, isArray, itemsOf } from '../values.ts';
import type { Drawn, DrawsTable } from './draws-question.ts';
import { dependence, withDependence } from './draws-question.ts';

export interface LayersProbe extends Drawn {
  /** Units of the input and of every layer. */
  sizes: readonly number[];
}

interface Layer {
  inputs: number;
  units: number;
}
export const layersOf = ({ sizes }: Pick<LayersProbe, 'sizes'>): Layer[] =>
  sizes.slice(1).map((units, k) => ({ inputs: sizes[k]!, units }));

/** The function of this name gets the sizes, and a seed, and returns `{ weights, biases }`. */
export const layersDraws = ({
  name,
  ...table
}: Pick<Question<LayersProbe>, 'id' | 'title'> & { unit: string; name: string }): DrawsTable<LayersProbe> => ({
  ...table,
  name,
  sends: ({ sizes }) => [makeArray([sizes.length], sizes)],
  describe: ({ sizes }) => `${name}([${sizes.join(', ')}])`,
  read(draws, probe, known) {
    const parts = draws.map(partsOf);
    const fault = parts
      .map((part) => shapeFault(name, part, layersOf(probe), draws[0]))
      .find((found) => found !== undefined);
    if (fault !== undefined) return { misread: fault };
    const [check, confirm] = parts as [Parts, Parts];
    const samples = check.weights.map(({ data }, k) => ({ check: data, confirm: confirm.weights[k]!.data }));
    const alike = parts.every(
      ({ weights }) => maxAbs(weights[1]!) > 0 && correlationTest(weights[1]!.data, weights[2]!.data).rejected,
    );
    const largest = Math.max(...check.biases.map(maxAbs));
    const answer = {
      ...lawsAnswer(readLaws(samples, known.map(lawsOf))),
      bias: makeArray([], [Math.abs(largest) > 0 ? 1 : largest]),
      shared: makeArray([], [alike ? 1 : 0]),
    };
    // Layers that are alike, or all zero, are told so.
    const plain = alike || samples.some(({ check }) => new Set(Array.from(check)).size === 1);
    const weights = parts.map((part) => part.weights.map(({ data }) => data));
    return withDependence(answer, plain ? undefined : dependentWeights(weights));
  },
  planted(answer, probe, random) {
    const variable = { container: 'variable', dtype: 'float32' } as const;
    const weights = layersOf(probe).map(({ inputs, units }, k) =>
      makeArray([units, inputs], sampleOf(lawsOf(answer)[k]!, units * inputs, random), variable),
    );
    if (answer['shared']!.data[0] === 1) weights[2] = weights[1]!;
    const biases = layersOf(probe).map(({ units }) =>
      makeArray([units, 1], new Array<number>(units).fill(answer['bias']!.data[0]!), variable),
    );
    const lists = { weights: { kind: 'list', items: weights }, biases: { kind: 'list', items: biases } } as const;
    return { kind: 'record', entries: lists };
  },
});

interface Parts {
  weights: NdArray[];
  biases: NdArray[];
}

const partsOf = (draw: Value): Parts => ({
  weights: (itemsOf(fieldOf(draw, 'weights')) ?? []).filter(isArray),
  biases: (itemsOf(fieldOf(draw, 'biases')) ?? []).flatMap((item) => arrayFrom(item) ?? []),
});

function shapeFault(
  name: string,
  { weights, biases }: Parts,
  layers: readonly Layer[],
  whole: Value,
): Finding | undefined {
  const fits = (shape: readonly number[], { inputs, units }: Layer) =>
    shape.length === 2 && (shape.join() === `${units},${inputs}` || shape.join() === `${inputs},${units}`);
  if (weights.length !== layers.length || !weights.every(({ shape }, k) => fits(shape, layers[k]!))) {
    const yours = weights.map(({ shape }) => shape.join('×')).join(', ');
    const expected = layers.map(({ inputs, units }) => `${units}×${inputs}`).join(', ');
    const says = `${name} should return { weights, biases } with one matrix for each layer.`;
    return { says, yours: yours === '' ? inWords(whole) : yours, expected };
  }
  if (biases.length === layers.length && biases.every(({ shape }, k) => sizeOf(shape) === layers[k]!.units))
    return undefined;
  const says = `${name} should return one bias vector for each layer.`;
  return { says, yours: biases.map(({ shape }) => shape.join('×')).join(', ') || 'none' };
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
  return dependence('The weights of different layers', draws.map(packed));
}
