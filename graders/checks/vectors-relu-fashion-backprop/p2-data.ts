/** Random linear data for Problem 2. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { dot } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';

export interface Data {
  X: Mat;
  w: Vec;
  y: Vec;
}

/** Residuals of both signs, small and large ones, none nearer to its kink than 0.05: there every subgradient is the gradient. */
function drawData(random: Random, n: number, d: number): Data {
  const normals = (count: number, sd = 1) => Array.from({ length: count }, () => random.normal(0.3, sd));
  const [X, w] = [Array.from({ length: n }, () => normals(d)), normals(d)];
  const y = X.map(
    (x, i) =>
      dot(x, w) + (i % 3 === 0 ? 1 : -1) * (0.05 + (i === 2 ? 0.01 : i === 3 ? 8 : Math.abs(random.normal(0, 2)))),
  );
  return { X, w, y };
}

const designs = [
  [9, 4],
  [7, 3],
  [11, 6],
] as const;
export const probes = (random: Random) => designs.map(([n, d], i) => drawData(random.fork(`${i}`), n, d));
export const describe = ({ X, w }: Data) => `${X.length} rows, ${w.length} features`;
export const sent = ({ X, w, y }: Data) => [arrayOf(X), arrayOf(w), arrayOf(y)];
export const meanNote = 'The mean over the rows instead of the sum: a constant factor, which is accepted.';
