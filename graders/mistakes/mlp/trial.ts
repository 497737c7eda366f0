/** Small networks on which a library finds out which of its mistakes can be seen at all through a view. */
import { createRandom } from '../../numerics/random.ts';
import type { Random } from '../../numerics/random.ts';
import type { MlpCase } from './backprop.ts';
import type { MlpKind } from './kind.ts';
import { oneHot } from './matrix.ts';

/** Sizes from the output backwards, all different from each other and from the batch size. */
const widths: readonly { backwards: readonly number[]; batch: number }[] = [
  { backwards: [3, 5, 7, 13, 10, 9, 6], batch: 16 },
  { backwards: [4, 6, 9, 11, 7, 8, 12], batch: 21 },
];

/** Two networks of this kind with different sizes. */
export const trialCases = (kind: MlpKind): MlpCase[] =>
  widths.map(({ backwards, batch }, design) => {
    const sizes = backwards.slice(0, kind.layers + 1).reverse();
    if (kind.outputs === 'one') sizes[kind.layers] = 1;
    if (kind.square && kind.layers > 1) sizes.fill(sizes[1]!, 0, kind.layers);
    return drawCase(createRandom(design, 'trial of the known mistakes'), sizes, batch, kind);
  });

/** A network in its active range with biases that are not zero, and a batch with labels of its kind. */
export function drawCase(random: Random, sizes: readonly number[], batch: number, kind: MlpKind): MlpCase {
  const normal = (mean: number, sd: number): number => Math.fround(random.normal(mean, sd));
  const row = (size: number, mean: number, sd: number): number[] =>
    Array.from({ length: size }, () => normal(mean, sd));
  const outputs = sizes.at(-1)!;
  return {
    W: sizes.slice(1).map((size, l) => Array.from({ length: sizes[l]! }, () => row(size, 0, 0.6))),
    b: sizes.slice(1).map((size) => row(size, 0, 0.3)),
    hidden: kind.hidden,
    output: kind.output,
    X: Array.from({ length: batch }, () => row(sizes[0]!, 0.3, 1)),
    Y: drawLabels(random, batch, outputs, kind),
    ...(kind.reduction === undefined ? {} : { reduction: kind.reduction }),
    ...(kind.learningRate === undefined ? {} : { learningRate: kind.learningRate }),
  };
}

function drawLabels(random: Random, batch: number, outputs: number, kind: MlpKind): number[][] {
  if (kind.output === 'linear-mse')
    return Array.from({ length: batch }, () => Array.from({ length: outputs }, () => Math.fround(random.normal(0, 2))));
  if (kind.output === 'sigmoid-bce')
    return Array.from({ length: batch }, () => Array.from({ length: outputs }, () => (random.next() < 0.5 ? 0 : 1)));
  const start = random.integer(outputs);
  return Array.from({ length: batch }, (_, i) => {
    const hard = oneHot((start + i + (i >> 2)) % outputs, outputs);
    return kind.softLabels && i % 2 === 1 ? hard.map((y, j) => 0.75 * y + (j === (i >> 1) % outputs ? 0.25 : 0)) : hard;
  });
}
