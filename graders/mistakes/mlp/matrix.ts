/** The few matrix steps that mistakes need besides the oracles' own. Rows are samples; everything copies. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { zipMat } from '../../../reference/oracles/linear-algebra.ts';

export const times = (a: Mat, b: Mat): Mat => zipMat(a, b, (x, y) => x * y);
export const minus = (a: Mat, b: Mat): Mat => zipMat(a, b, (x, y) => x - y);
export const scaleVec = (a: Vec, factor: number): Vec => a.map((v) => v * factor);

export const total = (a: Mat): number => a.reduce((sum, row) => sum + row.reduce((s, v) => s + v, 0), 0);

/** Position of the largest entry. */
export const argmax = (row: Vec): number => row.indexOf(Math.max(...row));

/** 1 at this position, 0 elsewhere. */
export const oneHot = (position: number, size: number): Vec =>
  Array.from({ length: size }, (_, j) => (j === position ? 1 : 0));

/** The mean row, repeated so that the shape stays. */
export function meanRows(a: Mat): Mat {
  const mean = (a[0] ?? []).map((_, j) => a.reduce((sum, row) => sum + row[j]!, 0) / a.length);
  return a.map(() => mean);
}

export const isSquare = (a: Mat): boolean => a.length === a[0]?.length;
