/** Reading what the student's objects return: one array, or named arrays, in the shapes of the oracle. */
import type { Finding, NdArray, Value } from '../../model.ts';
import type { Answer, Reading } from '../../question.ts';
import { makeArray, sameShape, transpose } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Random } from '../../numerics/random.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import type { Layout, LayerSizes } from './objects.ts';
import { split } from './objects.ts';

export const record = (entries: Readonly<Record<string, Value>>): Value => ({
  kind: 'record',
  entries: { ...entries },
});

/** One array under this name; other shapes are explained. */
export function readOne(name: string, value: Value, shape: readonly number[], what: string): Reading {
  const given = arrayFrom(value);
  if (given === undefined) {
    return { misread: { says: `${what} should return rows of numbers of equal length.`, yours: inWords(value) } };
  }
  const read = canonicalise(`the result of ${what}`, given, shape, { transposed: 'refuse' });
  return 'misread' in read ? read : { answer: { [name]: read.array }, notes: read.note ? [read.note] : [] };
}

/** Named arrays of given shapes; each that does not fit is a misreading of its own. */
export function readNamed(value: Value, shapes: Readonly<Record<string, readonly number[]>>, what: string): Reading {
  const readings = Object.entries(shapes).map(([name, shape]) => ({
    name,
    read: readOne(name, fieldOf(value, name), shape, `${what}: ${name}`),
  }));
  return joined(readings);
}

/** Several readings as one: what could be read, and what could not. */
export function joined(readings: readonly { name: string; read: Reading }[]): Reading {
  const answer: Record<string, NdArray> = {};
  const misreads: Record<string, Finding> = {};
  const notes = new Set<string>();
  for (const { name, read } of readings) {
    if ('misread' in read) misreads[name] = read.misread;
    else {
      Object.assign(answer, read.answer);
      Object.assign(misreads, read.misreads);
      for (const note of read.notes) notes.add(note);
    }
  }
  return Object.keys(misreads).length === 0 ? { answer, notes: [...notes] } : { answer, notes: [...notes], misreads };
}

/** dW and dB of a layer as it stores its weights: dW may hold the bias row, and may be units×inputs like the weights. */
export function readGradients(
  value: Value,
  names: { W: string; b: string },
  layout: Pick<Layout, 'absorbed' | 'transposed'>,
  sizes: LayerSizes,
  what: string,
): Reading {
  const { absorbed, transposed } = layout;
  const notes = [
    ...(absorbed ? ['The bias is the last row of the weights.'] : []),
    ...(transposed ? ['Weights are stored as units×inputs.'] : []),
  ];
  const rows = sizes.inputs + (absorbed ? 1 : 0);
  const given = arrayFrom(fieldOf(value, 'dW'));
  const stored = given && transposed && sameShape(given.shape, [sizes.units, rows]) ? transpose(given) : given;
  const W = readOne(names.W, stored ?? fieldOf(value, 'dW'), [rows, sizes.units], `${what}: dW`);
  if (!absorbed) {
    const b = readOne(names.b, fieldOf(value, 'dB') ?? fieldOf(value, 'db'), [sizes.units], `${what}: dB`);
    return joined([
      { name: names.W, read: 'misread' in W ? W : { ...W, notes: [...W.notes, ...notes] } },
      { name: names.b, read: b },
    ]);
  }
  if ('misread' in W) return { answer: {}, notes, misreads: { [names.W]: W.misread, [names.b]: W.misread } };
  const parts = split(W.answer[names.W]!, undefined, sizes);
  return { answer: { [names.W]: parts.W, [names.b]: parts.b }, notes };
}

/** Rows of normal numbers, exact in single precision. */
export const randomRows = (random: Random, rows: number, cols: number, scale = 1): Mat =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => Math.fround(random.normal(0, scale))));

/** Error signals of unequal size and both signs, never near 0: constant ones hide mistakes. */
export const errorRows = (random: Random, rows: number, cols: number): Mat =>
  Array.from({ length: rows }, () =>
    Array.from({ length: cols }, () => Math.fround((random.next() < 0.5 ? -1 : 1) * random.uniform(0.3, 1.5))),
  );

/** Another input of the same shape, for what an object is used for before it is judged; exact in single precision. */
export const otherRows = (rows: Mat): Mat => [...rows].reverse().map((row) => row.map((v) => v / 2));

/** One-hot rows; every class once before one comes again. */
export function oneHotRows(random: Random, rows: number, classes: number): Mat {
  const order = random.permutation(classes);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: classes }, (_, col) => (order[row % classes] === col ? 1 : 0)),
  );
}

/** A matrix as the answer under this name. */
export const matAnswer = (name: string, rows: Mat): Answer => ({
  [name]: makeArray([rows.length, rows[0]!.length], rows.flat()),
});

/** Whether a program says `combined`, as a number of an answer: 2 for yes, 1 for no, never 0, so that an error has a scale. */
export const flag = (combined: boolean): NdArray => makeArray([], [combined ? 2 : 1]);

export const shapeOf = (rows: Mat): [number, number] => [rows.length, rows[0]!.length];
