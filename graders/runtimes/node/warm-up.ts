/**
 * Runs sample operations of the bundled tfjs and writes its code cache; started by the bundler in a process of its own, with
 * the bundle's name and its backends, or for tfjs-node the folder of its binding, as arguments.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Tf } from './guest/tf.ts';

type Loaded = Tf & { setWasmPaths?(path: string): void; startNative?(binding: object): void };

async function main(): Promise<void> {
  const [name = '', ...rest] = process.argv.slice(2);
  const script = new Script(readFileSync(`${name}.cjs`, 'utf8'), { filename: 'tfjs' });
  const module = { exports: {} as Loaded };
  (script.runInThisContext() as (...args: unknown[]) => void)(module.exports, require, module, __dirname);
  const tf = module.exports;
  tf.setWasmPaths?.(`${process.cwd()}/`);
  if (tf.startNative) {
    const binding = { exports: {} };
    process.dlopen(binding, join(rest.pop()!, 'tfjs_binding.node'));
    tf.startNative(binding.exports);
  }
  for (const backend of rest) {
    await tf.setBackend(backend);
    if (backend === 'cpu') (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
    await exercise(tf, !name.endsWith('-forward'));
  }
  writeFileSync(`${name}.v8c`, script.createCachedData());
}

/** What coursework does: a hand-written gradient, an automatic one, a model that trains, a data pipeline. */
async function exercise(tf: Loaded, differentiates: boolean): Promise<void> {
  const x = tf.randomNormal([8, 5]) as Tensor2D;
  const y = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], 'int32'), 3);
  const w = tf.variable(tf.randomUniform([5, 3]));
  const loss = () =>
    tf.tidy(() => tf.neg(tf.mean(tf.sum(tf.mul(y, tf.log(tf.add(tf.softmax(tf.matMul(x, w as never)), 1e-9))), -1))));
  tf.dispose(differentiates ? tf.variableGrads(loss as never).grads : loss());
  tf.sigmoid(tf.add(tf.matMul(x, x, true), tf.scalar(1))).dataSync();
  tf.sub(tf.transpose(x), tf.div(tf.expandDims(tf.sum(x, 0), 1), 8)).arraySync();
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [5], activation: 'relu' }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  if (differentiates) await model.fit(x, y, { epochs: 1, verbose: 0 });
  tf.argMax(model.predict(x) as typeof x, -1).dataSync();
  await tf.data.array([1, 2, 3]).shuffle(3).batch(2).toArray();
}

void main();
