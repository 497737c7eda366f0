import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { densityHistogram as oracle } from '../oracles/histogram.ts';
import { initStandardNormal, layerActivations, sampleInput } from './q2a.ts';
import { densityHistogram } from './q2b.ts';
import { glorotNormal, glorotUniform } from './q2c.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const variance = (x: tf.Tensor) => tf.moments(x).variance.dataSync()[0]!;

test('a layer is tanh(W h + b), for every layer', () => {
  const { weights, biases } = initStandardNormal([2, 2, 1], 3);
  weights[0]!.assign(tf.tensor2d([[1, 2], [0, -1]])); // prettier-ignore
  weights[1]!.assign(tf.tensor2d([[0.5, 1]]));
  biases[0]!.assign(tf.tensor2d([[0.1], [0.2]]));
  const [first, second] = layerActivations(tf.tensor2d([[0.3], [-0.4]]), weights, biases);
  const h = [Math.tanh(0.3 - 0.8 + 0.1), Math.tanh(0.4 + 0.2)];
  expect(first!.dataSync()[0]).toBeCloseTo(h[0]!, 6);
  expect(first!.dataSync()[1]).toBeCloseTo(h[1]!, 6);
  expect(second!.dataSync()[0]).toBeCloseTo(Math.tanh(0.5 * h[0]! + h[1]!), 6);
});

test('inputs have variance ½, weights variance 1 and seeds of their own, biases are zero', () => {
  expect(variance(sampleInput(40_000, 2))).toBeCloseTo(0.5, 1);
  const { weights, biases } = initStandardNormal([60, 60, 60], 9);
  expect(variance(weights[0]!)).toBeGreaterThan(0.9);
  expect(variance(weights[0]!)).toBeLessThan(1.1);
  expect(weights[0]!.sub(weights[1]!).abs().mean().dataSync()[0]).toBeGreaterThan(0.5);
  expect(biases[1]!.abs().max().dataSync()[0]).toBe(0);
});

test('both of Glorot’s laws have the variance 2 / (in + out); the uniform one keeps its limit', () => {
  const asked = 2 / 500;
  for (const draw of [glorotNormal, glorotUniform]) {
    expect(variance(draw([200, 300], 4)) / asked).toBeGreaterThan(0.95);
    expect(variance(draw([200, 300], 4)) / asked).toBeLessThan(1.05);
  }
  const largest = glorotUniform([200, 300], 4).abs().max().dataSync()[0]!;
  expect(largest).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / 500)));
  expect(largest).toBeGreaterThan(0.99 * Math.sqrt(6 / 500));
});

test('histograms agree with the oracle, values on edges included', () => {
  const values = [-1, -0.5, 0, 0, 0.25, 0.5, 0.999, 1];
  const { edges, density } = densityHistogram(values, 4, [-1, 1]);
  const expected = oracle(values, 4, [-1, 1]);
  expect(edges).toEqual(expected.edges);
  density.forEach((height, k) => expect(height).toBeCloseTo(expected.density[k]!, 12));
  expect(densityHistogram([3, 5, 4], 2).edges).toEqual([3, 4, 5]);
});
