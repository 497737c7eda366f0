/** The parameters of a network under the names W1, b1, W2, b2 …, and gradients read off a step that they take. */
import type { NdArray } from '../model/numbers.ts';
import type { NamedArrays } from '../numerics/arrays.ts';
import { arrayOf, rowsOf, zipArrays } from '../numerics/arrays.ts';

/** Weights (inputs × outputs) and biases from the first layer on. */
export interface Layers {
  W: number[][][];
  b: number[][];
}

/** Weights and biases by name, layer by layer. */
export const parametersOf = ({ W, b }: Layers): Record<string, NdArray> =>
  Object.fromEntries(
    W.flatMap((weights, l) => [[`W${l + 1}`, arrayOf(weights)] as const, [`b${l + 1}`, arrayOf(b[l]!)] as const]),
  );

/** The layers with these parameters in place of their own. */
export const withParameters = ({ W, b }: Layers, moved: NamedArrays): Layers => ({
  W: W.map((weights, l) => {
    const other = moved[`W${l + 1}`];
    return other === undefined ? weights : rowsOf(other);
  }),
  b: b.map((biases, l) => [...(moved[`b${l + 1}`]?.data ?? biases)]),
});

/** (before − after) / rate of every parameter that is there after the step: the gradients that a right step has used. */
export const readSteps = (before: NamedArrays, after: NamedArrays, rate: number): Record<string, NdArray> =>
  Object.fromEntries(
    Object.entries(after).map(([name, now]) => [name, zipArrays(before[name]!, now, (a, b) => (a - b) / rate)]),
  );

/** What a step along these gradients makes of the parameters. */
export const stepped = (before: NamedArrays, gradients: NamedArrays, rate: number): Record<string, NdArray> =>
  Object.fromEntries(
    Object.entries(before).map(([name, old]) => [name, zipArrays(old, gradients[name]!, (v, g) => v - rate * g)]),
  );

/** Units of every layer, inputs first. */
export const unitsOf = ({ W, b }: Layers): number[] => [W[0]!.length, ...b.map((biases) => biases.length)];
