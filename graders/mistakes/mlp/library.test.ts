import { describe, expect, test } from 'vitest';
import { backward } from '../../../reference/oracles/mlp.ts';
import { answerDistance } from '../../numerics/identifiability.ts';
import { drawProbes, faultsOf } from '../../probes.ts';
import { createRandom } from '../../numerics/random.ts';
import type { MlpCase } from './backprop.ts';
import { backprop, rightRules } from './backprop.ts';
import type { MlpKind } from './kind.ts';
import { allMlpMistakes, mlpLibrary } from './library.ts';
import { netProblem } from './stand-in-nets.testing.ts';
import { drawCase } from './trial.ts';
import { lastLayer, matArray, named, vecArray, wholeNet } from './views.ts';

const kinds: readonly [string, MlpKind, number][] = [
  ['sigmoid, softmax', { hidden: 'sigmoid', output: 'softmax-cce', layers: 3, outputs: 'many', softLabels: true }, 100],
  ['tanh, softmax', { hidden: 'tanh', output: 'softmax-cce', layers: 2, outputs: 'many', learningRate: 0.237 }, 100],
  ['ReLU, softmax, sum', { hidden: 'relu', output: 'softmax-cce', layers: 3, outputs: 'many', reduction: 'sum' }, 90],
  [
    'ReLU, one sigmoid, sum',
    { hidden: 'relu', output: 'sigmoid-bce', layers: 2, outputs: 'one', reduction: 'sum' },
    80,
  ],
  ['tanh, one linear output', { hidden: 'tanh', output: 'linear-mse', layers: 2, outputs: 'one' }, 80],
  ['sigmoid, three linear outputs', { hidden: 'sigmoid', output: 'linear-mse', layers: 2, outputs: 'many' }, 80],
  ['no hidden layer', { hidden: 'sigmoid', output: 'softmax-cce', layers: 1, outputs: 'many' }, 50],
];

test('every mistake has an id of its own within a kind, a title, and one sentence of advice', () => {
  for (const [, kind] of kinds) {
    const ids = mlpLibrary<MlpCase>({ kind, view: wholeNet(kind.layers), toCase: (net) => net }).mistakes.map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  }
  for (const { id, title, advice } of allMlpMistakes) {
    expect(id).toMatch(/^[a-z0-9-]+$/);
    expect(title.length).toBeGreaterThan(5);
    expect(advice, id).toMatch(/^[A-Z].{20,}\.$/);
  }
});

test('with the right rules the backprop that mistakes are made of is the oracle', () => {
  for (const [, kind] of kinds) {
    if (kind.output === 'sigmoid-bce') continue;
    const sizes = [9, 7, 5, 3].slice(-(kind.layers + 1));
    if (kind.outputs === 'one') sizes[kind.layers] = 1;
    const net = drawCase(createRandom(3, 'oracle'), sizes, 6, kind);
    const view = wholeNet(kind.layers);
    const { dW, db } = backward({ ...net, output: kind.output }, net.X, net.Y, kind.reduction);
    const expected = Object.fromEntries([
      ...dW.map((g, l) => [`W${l + 1}`, matArray(g)]),
      ...db.map((g, l) => [`b${l + 1}`, vecArray(g)]),
    ]);
    expect(answerDistance(named(backprop(net, rightRules), view), expected, expected)).toBeLessThan(1e-13);
  }
});

describe.each(kinds)('%s', (_, kind, atLeast) => {
  const problem = netProblem(kind);
  const probes = drawProbes(problem, createRandom(1, 'library test'));

  test(`at least ${atLeast} mistakes can be made and seen`, () => {
    expect(problem.mistakes.length).toBeGreaterThanOrEqual(atLeast);
  });

  test('every mistake lies far beyond the tolerance, and no two answer the same unless they are declared twins', () => {
    expect(faultsOf(problem, probes)).toEqual([]);
  });
});

test('seen through the last layer only, mistakes on the way back are not listed', () => {
  const kind: MlpKind = { hidden: 'sigmoid', output: 'softmax-cce', layers: 3, outputs: 'many', softLabels: true };
  const library = mlpLibrary<MlpCase>({ kind, view: lastLayer('W2', 'b2'), toCase: (net) => net, accept: ['sum'] });
  const ids = library.mistakes.map(({ id }) => id);
  expect(ids).not.toContain('slope-missing');
  expect(ids).not.toContain('weights-absolute');
  expect(ids).not.toContain('sum');
  expect(library.accepts.map(({ id }) => id)).toEqual(['sum']);
  expect(ids).toEqual(expect.arrayContaining(['input-pre-activation', 'delta-softmax-twice', 'bias-missing', 'sign']));
  expect(ids.length).toBeGreaterThan(80);
});

test('mistakes that only square matrices hide are listed only where matrices are square', () => {
  const kind: MlpKind = { hidden: 'tanh', output: 'softmax-cce', layers: 3, outputs: 'many' };
  const ids = (square: boolean) =>
    mlpLibrary<MlpCase>({ kind: { ...kind, square }, view: wholeNet(3), toCase: (net) => net }).mistakes.map(
      ({ id }) => id,
    );
  expect(ids(true)).toContain('weights-not-transposed');
  expect(ids(true)).toContain('square-gradient-transposed');
  expect(ids(false)).not.toContain('weights-not-transposed');
});
