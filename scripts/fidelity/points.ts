/** The points at which gradients are compared, strong and weak, and the loss there in either precision. */
import type { Answer } from '../../graders/question.ts';
import type { MlpCase } from '../../graders/mistakes/mlp/backprop.ts';
import { makeArray } from '../../graders/numerics/arrays.ts';
import type { Random } from '../../graders/numerics/random.ts';

/** A network 13–7–5–3 (sigmoid, softmax with cross-entropy) and its batch. */
export interface Point {
  name: string;
  batch: number;
  weightSd: number;
  biasSd: number;
}

export const points: readonly Point[] = [
  { name: 'strong', batch: 8, weightSd: 0.6, biasSd: 0.3 },
  { name: 'weak', batch: 256, weightSd: 1e-3, biasSd: 0 },
];

const sizes = [13, 7, 5, 3];

export function drawPoint(point: Point, random: Random): MlpCase {
  const draw = (mean: number, sd: number) => Math.fround(random.normal(mean, sd));
  const table = (rows: number, cols: number, sd: number, mean = 0) =>
    Array.from({ length: rows }, () => Array.from({ length: cols }, () => draw(mean, sd)));
  return {
    W: sizes.slice(1).map((cols, l) => table(sizes[l]!, cols, point.weightSd)),
    b: sizes.slice(1).map((cols) => table(1, cols, point.biasSd)[0]!),
    hidden: 'sigmoid',
    output: 'softmax-cce',
    X: table(point.batch, sizes[0]!, 1, 0.3),
    Y: Array.from({ length: point.batch }, (_, i) => [0, 1, 2].map((k) => ((i + (i >> 2)) % 3 === k ? 1 : 0))),
  };
}

/** All parameters as named arrays: W1, b1, W2 … */
export const parametersOf = (net: MlpCase): Answer =>
  Object.fromEntries(
    net.W.flatMap((W, l) => [
      [`W${l + 1}`, makeArray([W.length, W[0]!.length], W.flat())],
      [`b${l + 1}`, makeArray([net.b[l]!.length], net.b[l]!)],
    ]),
  );

/** The network with other parameters. */
export function withParameters(net: MlpCase, parameters: Answer): MlpCase {
  return {
    ...net,
    W: net.W.map((W, l) => {
      const { data } = parameters[`W${l + 1}`]!;
      const cols = W[0]!.length;
      return W.map((_, i) => [...data.subarray(i * cols, (i + 1) * cols)]);
    }),
    b: net.b.map((_, l) => [...parameters[`b${l + 1}`]!.data]),
  };
}

/** Mean cross-entropy; `round` is Math.fround for a program in single precision, the identity for double. */
export function lossAt(net: MlpCase, round: (x: number) => number): number {
  let total = 0;
  net.X.forEach((x, n) => {
    let a = x;
    net.W.forEach((W, l) => {
      const z = net.b[l]!.map((bias, j) =>
        a.reduce((sum, value, i) => round(sum + round(value * round(W[i]![j]!))), round(bias)),
      );
      a = l < net.W.length - 1 ? z.map((v) => round(1 / (1 + Math.exp(-v)))) : z;
    });
    const most = Math.max(...a);
    const norm = round(Math.log(a.reduce((sum, v) => round(sum + round(Math.exp(v - most))), 0)) + most);
    total = round(total + net.Y[n]!.reduce((sum, y, k) => sum + y * round(norm - a[k]!), 0));
  });
  return round(total / net.X.length);
}
