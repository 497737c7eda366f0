/** Right programs that differ as students' programs do: order of sums, place of the 1/N, form of the sigmoid, loops. */
import type { Answer } from '../../graders/question.ts';
import type { MlpCase } from '../../graders/mistakes/mlp/backprop.ts';
import { makeArray } from '../../graders/numerics/arrays.ts';
import type { Random } from '../../graders/numerics/random.ts';

export interface Style {
  name: string;
  /** Where the mean is taken. */
  divide: 'error' | 'gradient' | 'reciprocal';
  /** The sigmoid, and its derivative from the activation or from the pre-activation. */
  sigmoid: 'plain' | 'tanh';
  slope: 'activation' | 'exponential';
  shift: boolean;
}

export const styles: readonly Style[] = (['error', 'gradient', 'reciprocal'] as const).flatMap((divide) =>
  (['plain', 'tanh'] as const).flatMap((sigmoid) =>
    (['activation', 'exponential'] as const).flatMap((slope) =>
      [true, false].map((shift) => ({
        name: `${divide}, ${sigmoid}, ${slope}, ${shift ? 'shifted' : 'plain'}`,
        divide,
        sigmoid,
        slope,
        shift,
      })),
    ),
  ),
);

/** The gradient of the mean loss in this style; every operation is rounded by `round`, every sum runs in a drawn order. */
export function gradientsIn(net: MlpCase, style: Style, round: (x: number) => number, random: Random): Answer {
  const sum = (terms: readonly number[]) =>
    random.permutation(terms.length).reduce((total, i) => round(total + terms[i]!), 0);
  const f = (z: number) =>
    style.sigmoid === 'plain'
      ? round(1 / round(1 + round(Math.exp(-z))))
      : round(0.5 * round(1 + round(Math.tanh(0.5 * z))));
  const slope = (z: number, a: number) => {
    if (style.slope === 'activation') return round(a * round(1 - a));
    const e = round(Math.exp(-z));
    return round(e / round(round(1 + e) ** 2));
  };
  const N = net.X.length;
  const last = net.W.length - 1;
  const a = [net.X];
  const z: number[][][] = [];
  net.W.forEach((W, l) => {
    z[l] = a[l]!.map((row) =>
      net.b[l]!.map((bias, j) => round(sum(row.map((value, i) => round(value * W[i]![j]!))) + bias)),
    );
    a[l + 1] = l < last ? z[l]!.map((row) => row.map(f)) : z[l]!.map((row) => softmax(row, style.shift, round));
  });
  const scale = (x: number) => (style.divide === 'reciprocal' ? round(x * round(1 / N)) : round(x / N));
  const early = style.divide === 'error' ? scale : (x: number) => x;
  const late = style.divide === 'error' ? (x: number) => x : scale;
  let delta = a[last + 1]!.map((row, n) => row.map((p, k) => early(round(p - net.Y[n]![k]!))));
  const gradients: Record<string, Answer[string]> = {};
  for (let l = last; l >= 0; l--) {
    const [input, W] = [a[l]!, net.W[l]!];
    const dW = W.map((row, i) => row.map((_, j) => late(sum(delta.map((d, n) => round(d[j]! * input[n]![i]!))))));
    gradients[`W${l + 1}`] = makeArray([W.length, W[0]!.length], dW.flat());
    gradients[`b${l + 1}`] = makeArray(
      [W[0]!.length],
      net.b[l]!.map((_, j) => late(sum(delta.map((d) => d[j]!)))),
    );
    if (l === 0) break;
    const current = delta;
    delta = z[l - 1]!.map((row, n) =>
      row.map((value, i) => round(sum(current[n]!.map((d, j) => round(d * W[i]![j]!))) * slope(value, a[l]![n]![i]!))),
    );
  }
  return gradients;
}

function softmax(row: readonly number[], shift: boolean, round: (x: number) => number): number[] {
  const most = shift ? Math.max(...row) : 0;
  const powers = row.map((z) => round(Math.exp(round(z - most))));
  const total = powers.reduce((sum, value) => round(sum + value), 0);
  return powers.map((value) => round(value / total));
}
