/** Steps of gradient descent on networks of Problem 5, read off the weights before and after. */
import type { NdArray, Value } from '../../model.ts';
import { arrayOf, maxAbs, rowsOf, zipArrays } from '../../numerics/arrays.ts';
import { scaledBand } from '../../numerics/tolerance.ts';
import type { Answer } from '../../question.ts';
import type { Net } from './p5-net.ts';

/** What is lost in (before − after)/lr where weights are kept in double precision stays below 1e-12. */
export const stepBand = scaledBand(
  'gradients from a step',
  2e-6,
  2e-5,
  'accepted up to 0.000002 of the largest expected gradient, rejected from 0.00002; where weights come back in single precision, also what their rounding, divided by the learning rate, makes of it',
);

export const sizesOf = (net: Net): number[] => [net.weights[0]!.length, ...net.biases.map((b) => b.length)];

/** Every tensor of a network under the names of the library: W1, b1, W2 … */
const tensorsOf = ({ weights, biases }: Net): [string, NdArray][] =>
  weights.flatMap((W, l): [string, NdArray][] => [
    [`W${l + 1}`, arrayOf(W)],
    [`b${l + 1}`, arrayOf(biases[l]!)],
  ]);

/** The gradients by which a step changed the network; of several steps their sum, as far as the rate is the same. */
export function readStep(before: Net, after: Net, lr: number): Answer {
  const now = Object.fromEntries(tensorsOf(after));
  return Object.fromEntries(
    tensorsOf(before).map(([name, old]) => [name, zipArrays(old, now[name]!, (a, b) => (a - b) / lr)]),
  );
}

/** The network that a step along these gradients leaves behind. */
export function movedAlong(net: Net, gradients: Answer, lr: number): Net {
  const moved = (name: string, before: NdArray) => zipArrays(before, gradients[name]!, (v, g) => v - lr * g);
  return {
    weights: net.weights.map((W, l) => rowsOf(moved(`W${l + 1}`, arrayOf(W)))),
    biases: net.biases.map((b, l) => [...moved(`b${l + 1}`, arrayOf(b)).data]),
  };
}

/** That network as it would come back from the student's program. */
export function sentAfter(net: Net, gradients: Answer, lr: number): Value {
  const { weights, biases } = movedAlong(net, gradients, lr);
  return {
    kind: 'record',
    entries: {
      weights: { kind: 'list', items: weights.map((W) => arrayOf(W)) },
      biases: { kind: 'list', items: biases.map((b) => arrayOf(b)) },
    },
  };
}

/** Two roundings to 24 bits for every step: of the product, and of the difference. */
const ulps = 2 ** -23;
/** What single precision takes from a gradient on its way through the network; 7e-6 were measured on saturated ones. */
const onTheWay = 1e-5;

/** What weights in single precision take from the gradients of so many steps: their own rounding, divided by the rate. */
const lostIn = (weights: NdArray, gradient: NdArray, lr: number, steps: number): number =>
  (steps * ulps * maxAbs(weights)) / lr + onTheWay * maxAbs(gradient);

/**
 * By how much gradients that were read off `after` may be off, tensor by tensor, because the weights came back in single
 * precision. Nothing where one of them has more digits.
 */
export function stepRounding(after: Net, gradients: Answer, lr: number, steps = 1): Record<string, number> {
  return Object.fromEntries(
    tensorsOf(after)
      .filter(([, { data }]) => data.every((v) => Math.fround(v) === v))
      .map(([name, array]) => [name, lostIn(array, gradients[name]!, lr, steps)]),
  );
}

/** Below this share of the largest gradient, what single precision loses tells every known mistake from rounding. */
const decisive = 4e-5;

/** Whether the steps along these gradients stand out from the rounding of weights in single precision. */
export const standsOut = (net: Net, gradients: Answer, lr: number): boolean =>
  tensorsOf(net).every(
    ([name, weights]) => lostIn(weights, gradients[name]!, lr, 1) <= decisive * maxAbs(gradients[name]!),
  );
