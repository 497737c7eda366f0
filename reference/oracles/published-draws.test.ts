/** Weights, orders and splits that the published figures rest on, drawn again from their seeds. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sheetLastLayer } from '../../graders/checks/vectors-relu-fashion-backprop/p5q1-sheet.ts';
import { oldPermutation } from '../../graders/numerics/mersenne-twister.testing.ts';
import { defaultRng } from '../../graders/numerics/numpy-random.testing.ts';
import { initNet } from '../vectors-relu-fashion-backprop/p5q1.ts';
import { stopEarly } from './early-stopping.testing.ts';
import * as published from './published-figures.testing.ts';
import { same } from './same-numbers.testing.ts';

const sum = (x: readonly number[]) => x.reduce((a, b) => a + b, 0);
const digest = (indices: readonly number[]) => createHash('sha256').update(indices.join(',')).digest('hex');

test('the images of section 1.6 come in the known order', () => {
  expect(defaultRng(12345).permutation(1797).slice(0, 20)).toEqual(published.shuffledDigits);
});

test('the model solution of Problem 5 draws the weights of seed 80085', () => {
  const { W0row0, W0row783, W1row0, sums, sumsOfSquares } = published.firstNet;
  const { weights, biases } = initNet([784, 32, 32, 10], defaultRng(80085));
  const [first, second, last] = weights as [number[][], number[][], number[][]];
  same([first[0]!, first[783]!, second[0]!, last], [W0row0, W0row783, W1row0, sheetLastLayer], 1e-15);
  same(
    weights.map((W) => sum(W.flat())),
    sums,
    1e-12,
  );
  same(
    weights.map((W) => sum(W.flat().map((v) => v * v))),
    sumsOfSquares,
    1e-12,
  );
  expect(biases.flat().every((b) => b === 0)).toBe(true);
});

describe('Boston', () => {
  test('Keras’ order of the rows, and the split of the first 404', () => {
    const { kerasBoston } = published;
    const order = oldPermutation(113, 506);
    const split = oldPermutation(42, 404);
    const [validation, training] = [split.slice(0, 101), split.slice(101)];
    expect(order.slice(0, 12)).toEqual(kerasBoston.order);
    expect(validation.slice(0, 12)).toEqual(kerasBoston.validation);
    expect(training.slice(0, 12)).toEqual(kerasBoston.training);
    expect([order, validation, training].map(digest)).toEqual([
      kerasBoston.orderSha256,
      kerasBoston.validationSha256,
      kerasBoston.trainingSha256,
    ]);
  });

  test('a best epoch 12 and a patience of 30 make 42 epochs; watching the loss, best in epoch 9, would make 39', () => {
    const bestIn = (epoch: number) => Array.from({ length: 300 }, (_, e) => Math.abs(e + 1 - epoch));
    expect(stopEarly(bestIn(12), { patience: 30 })).toEqual({ bestEpoch: 11, lastEpoch: 41 });
    expect(stopEarly(bestIn(9), { patience: 30 }).lastEpoch).toBe(38);
  });
});
