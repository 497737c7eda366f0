/** The student functions of Question 3, called as the grader calls them, in a Node process with nothing around it. */
import * as tf from '@tensorflow/tfjs';
import { buildMnistModel, prepare } from '../../reference/boston-init-mnist-grads/q3a.ts';
import { grads } from '../../reference/boston-init-mnist-grads/q3c.ts';
import { first16 } from '../../reference/boston-init-mnist-grads/q3d.ts';

/** The designs of the grader's probes: units of the hidden layers, batch size. */
const designs: [number, number, number][] = [
  [7, 5, 6],
  [11, 13, 5],
  [64, 64, 16],
  [6, 9, 1],
];

const model = (first: number, second: number) =>
  tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [28, 28] }),
      tf.layers.dense({ units: first, activation: 'sigmoid' }),
      tf.layers.dense({ units: second, activation: 'sigmoid' }),
      tf.layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
const labels = (n: number) => tf.oneHot(tf.range(0, n, 1, 'int32').mod(10).toInt(), 10).toFloat() as tf.Tensor2D;
const images = (n: number) => tf.randomUniform<tf.Rank.R3>([n, 28, 28]);

const log = console.log;
console.log = () => undefined;
for (const n of [4, 4]) (buildMnistModel().predict(images(n)) as tf.Tensor).dataSync();
for (const n of [37, 12]) {
  const { xTrain } = prepare(new Uint8Array(n * 784), new Uint8Array(n));
  xTrain.dataSync();
}
for (const [first, second, batch] of designs) {
  for (const tensor of grads(model(first, second), images(batch), labels(batch))) tensor.dataSync();
}
await first16(model(9, 7), images(23), labels(23));
await first16(model(64, 64), images(40), labels(40));
console.log = log;
const { user, system } = process.cpuUsage();
console.log((user + system) / 1000);
