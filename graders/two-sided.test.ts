import { expect, test } from 'vitest';
import { backward, loss } from '../reference/oracles/mlp.ts';
import type { Mlp } from '../reference/oracles/mlp.ts';
import { makeArray, rowsOf } from './numerics/arrays.ts';
import type { NamedArrays } from './numerics/arrays.ts';
import { createRandom } from './numerics/random.ts';
import { judgeBothSides } from './two-sided.ts';

const random = createRandom(5, 'two-sided');
const table = (rows: number, cols: number) =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => random.normal(0, 0.7)));
const net: Mlp = {
  W: [table(4, 3), table(3, 2)],
  b: [table(1, 3)[0]!, table(1, 2)[0]!],
  hidden: 'tanh',
  output: 'softmax-cce',
};
const X = table(6, 4);
const Y = X.map((_, i) => (i % 2 === 0 ? [1, 0] : [0, 1]));

const named = (W: number[][][], b: number[][]): NamedArrays => ({
  W1: makeArray([4, 3], W[0]!.flat()),
  b1: makeArray([3], b[0]!),
  W2: makeArray([3, 2], W[1]!.flat()),
  b2: makeArray([2], b[1]!),
});
/** A student whose forward pass uses tanh where the sheet asks for sigmoid. */
const own = (scale = 1) => {
  const { dW, db } = backward(net, X, Y);
  const at = (p: NamedArrays) =>
    Promise.resolve(
      loss({ ...net, W: [rowsOf(p['W1']!), rowsOf(p['W2']!)], b: [[...p['b1']!.data], [...p['b2']!.data]] }, X, Y),
    );
  const bent = dW.map((W, l) => W.map((row, i) => row.map((v, j) => (l === 0 && i === 1 && j === 2 ? v * scale : v))));
  return Promise.resolve({
    at,
    parameters: named(net.W, net.b),
    gradient: named(bent, db),
    precision: 'double' as const,
    random: createRandom(1, 'directions'),
  });
};
const wrong = { earned: 0, finding: { says: 'The gradient is wrong.' } };

test('a right gradient of a wrong forward pass earns the marks of the backward pass', async () => {
  const judged = await judgeBothSides(wrong, () => own());
  expect(judged.earned).toBe(1);
  expect(judged.followThrough).toMatch(/your own forward pass/);
});

test('an entry that is 0.1 % off is not the gradient of one’s own loss', async () => {
  expect((await judgeBothSides(wrong, () => own(1.001))).earned).toBe(0);
});

test('what the oracle accepts is not asked again', async () => {
  const judged = await judgeBothSides({ earned: 1 }, () => Promise.reject(new Error('asked')));
  expect(judged).toEqual({ earned: 1 });
});
