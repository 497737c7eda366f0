/** Examples in pairs; planted ones are recognised in mini-batches of any shape: which example is it, and which target lies beside it. */
import type { Arg, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray } from '../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, itemsOf } from '../values.ts';

/** Numbers of an input, and classes of its target. */
export const pixels = 64;
export const classes = 10;

/** Planted examples: input i holds i in every pixel, and its target is the class 7i mod 10. */
export const classOf = (i: number) => (7 * i + 3) % classes;
export const pairsOf = (n: number): Arg => {
  const places = Array.from({ length: n }, (_, i) => i);
  return pairList(
    places.map((i) => new Array<number>(pixels).fill(i / 64)),
    places.map((i) => Array.from({ length: classes }, (_, k) => (k === classOf(i) ? 1 : 0))),
  );
};

/** A list of pairs [input, target] of rows in single precision. */
export const pairList = (inputs: readonly number[][], targets: readonly number[][]): Arg => ({
  kind: 'list',
  items: inputs.map((input, i): Arg => ({ kind: 'list', items: [input, targets[i]!].map(typed) })),
});

const typed = (row: readonly number[]): NdArray =>
  makeArray([row.length], row, { container: 'typed', dtype: 'float32' });

export interface Example {
  /** The number of the planted example; −1 for an input that is none of them. */
  id: number;
  /** The class of the target beside it, as one-hot row or as number. */
  label: number | undefined;
}

export interface Epoch {
  examples: Example[];
  /** What could not be read, in a sentence. */
  trouble?: string;
}

/** All examples of an epoch in order. The shape of the mini-batches does not matter here: it has marks of its own. */
export function examplesOf(batches: readonly Value[], count: number): Epoch {
  const examples: Example[] = [];
  for (const batch of batches) {
    const [inputs, targets] = partsOf(batch);
    if (inputs === undefined || inputs.data.length % pixels !== 0) {
      return { examples, trouble: `A mini-batch should be { inputs, targets }; it is ${inWords(batch)}.` };
    }
    const rows = inputs.data.length / pixels;
    for (let row = 0; row < rows; row++) {
      examples.push({
        id: idOf(inputs.data.subarray(row * pixels, (row + 1) * pixels), count),
        label: targets === undefined ? undefined : labelOf(targets.data, row, rows),
      });
    }
  }
  return { examples };
}

/** `{ inputs, targets }`, or a list of the two. */
export function partsOf(batch: Value): [NdArray | undefined, NdArray | undefined] {
  const items = itemsOf(batch);
  const [inputs, targets] = items?.length === 2 ? items : [fieldOf(batch, 'inputs'), fieldOf(batch, 'targets')];
  return [arrayFrom(inputs), arrayFrom(targets)];
}

function idOf(input: Float64Array, count: number): number {
  const id = Math.round(input[0]! * 64);
  const same = input.every((value) => Math.abs(value * 64 - id) < 1e-3);
  return same && id >= 0 && id < count ? id : -1;
}

function labelOf(targets: Float64Array, row: number, rows: number): number | undefined {
  if (targets.length === rows) return targets[row];
  if (targets.length !== rows * classes) return undefined;
  const own = targets.subarray(row * classes, (row + 1) * classes);
  return own.indexOf(Math.max(...own));
}
