import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { buildMnistModel, prepare } from './q3a.ts';
import { grads } from './q3c.ts';
import { first16 } from './q3d.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A small classifier with non-zero biases; activations as layers, or as options of the dense layers. */
function classifier(separate: boolean): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [4, 3] }));
  const layers = [
    [7, 'sigmoid'],
    [5, 'sigmoid'],
    [6, 'softmax'],
  ] as const;
  layers.forEach(([units, activation], i) => {
    const start = {
      kernelInitializer: tf.initializers.randomNormal({ stddev: 2, seed: i }),
      biasInitializer: tf.initializers.randomNormal({ stddev: 0.5, seed: 10 + i }),
    };
    model.add(tf.layers.dense({ units, ...start, ...(separate ? {} : { activation }) }));
    if (separate) model.add(tf.layers.activation({ activation }));
  });
  return model;
}

const largest = (difference: tf.Tensor) => difference.abs().max().dataSync()[0]!;

test.each([true, false])('grads agrees with automatic differentiation of the mean loss (separate: %s)', (separate) => {
  const model = classifier(separate);
  const inputs = tf.randomUniform<tf.Rank.R3>([9, 4, 3], 0, 1, 'float32', 1);
  const yTrue = tf.softmax(tf.randomNormal<tf.Rank.R2>([9, 6], 0, 2, 'float32', 2));
  const last = model.layers.filter((layer) => layer.getClassName() === 'Dense').at(-1)!;
  const variables = last.trainableWeights.map((weight) => weight.read() as tf.Variable);

  const { grads: derived } = tf.variableGrads(() => {
    const logs = (model.apply(inputs) as tf.Tensor).log();
    return logs.mul(yTrue).sum(1).mean().neg() as tf.Scalar;
  }, variables);
  const [w, b] = grads(model, inputs, yTrue);

  expect(w.shape).toEqual([5, 6]);
  expect(b.shape).toEqual([6]);
  // Float32 sums of nine terms below 1: a few units in the seventh digit.
  expect(largest(w.sub(derived[variables[0]!.name]!))).toBeLessThan(1e-6);
  expect(largest(b.sub(derived[variables[1]!.name]!))).toBeLessThan(1e-6);
  expect(largest(w)).toBeGreaterThan(0.01);
});

test('grads leaves no tensors behind but its two results', () => {
  const model = classifier(true);
  const inputs = tf.ones<tf.Rank.R3>([2, 4, 3]);
  const yTrue = tf.oneHot([0, 5], 6) as tf.Tensor2D;
  const before = tf.memory().numTensors;
  grads(model, inputs, yTrue);
  expect(tf.memory().numTensors).toBe(before + 2);
});

test('the model has 55,050 parameters and predicts distributions', () => {
  const model = buildMnistModel();
  expect(model.countParams()).toBe(55_050);
  const sums = (model.predict(tf.randomUniform([3, 28, 28])) as tf.Tensor).sum(1);
  expect(largest(sums.sub(1))).toBeLessThan(1e-6);
});

test('prepare scales by 255, encodes one-hot, and keeps the order', () => {
  const images = Uint8Array.from({ length: 3 * 784 }, (_, i) => i % 256);
  const { xTrain, yTrain } = prepare(images, Uint8Array.from([7, 0, 9]));
  expect(xTrain.shape).toEqual([3, 28, 28]);
  expect(Array.from(xTrain.dataSync())).toEqual(Array.from(images, (pixel) => Math.fround(pixel / 255)));
  expect(yTrain.shape).toEqual([3, 10]);
  expect(Array.from(yTrain.argMax(1).dataSync())).toEqual([7, 0, 9]);
  expect(yTrain.sum().dataSync()[0]).toBe(3);
});

test('first16 is grads on the first 16 rows', async () => {
  const model = classifier(true);
  const x = tf.randomUniform<tf.Rank.R3>([20, 4, 3]);
  const y = tf.oneHot(
    Array.from({ length: 20 }, (_, i) => i % 6),
    6,
  ) as tf.Tensor2D;
  const [w, b] = grads(model, x.slice(0, 16), y.slice(0, 16));
  expect(await first16(model, x, y)).toEqual({ gradsW2: await w.array(), gradsB2: await b.array() });
});
