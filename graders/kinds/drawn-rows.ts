/** Rows of numbers for probes, drawn so that mistakes show. */
import type { Random } from '../numerics/random.ts';

type Rows = number[][];

/** Rows of normal numbers, exact in single precision. */
export const randomRows = (random: Random, rows: number, cols: number, scale = 1): Rows =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => Math.fround(random.normal(0, scale))));

/** Error signals of this size as a cross-entropy sends them back from a prediction of 0.02: whoever limits a gradient shows it. */
export const farError = 50;

/** Error signals of unequal size, around `size`, and both signs, never near 0: constant ones hide mistakes. */
export const errorRows = (random: Random, rows: number, cols: number, size = 1): Rows =>
  Array.from({ length: rows }, () =>
    Array.from({ length: cols }, () => Math.fround((random.next() < 0.5 ? -size : size) * random.uniform(0.3, 1.5))),
  );

/** Another input of the same shape, for what an object is used for before it is judged; exact in single precision. */
export const otherRows = (rows: readonly (readonly number[])[]): Rows =>
  [...rows].reverse().map((row) => row.map((v) => v / 2));

/** The first row once more in place of the last one: whoever takes equal rows for one shows it. */
export const withTwins = (rows: Rows): Rows => (rows.length > 1 ? [...rows.slice(0, -1), [...rows[0]!]] : rows);

/** One-hot rows; every class once before one comes again. */
export function oneHotRows(random: Random, rows: number, classes: number): Rows {
  const order = random.permutation(classes);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: classes }, (_, col) => (order[row % classes] === col ? 1 : 0)),
  );
}

/** Rows and columns. */
export const shapeOf = (rows: readonly (readonly number[])[]): [number, number] => [rows.length, rows[0]!.length];
