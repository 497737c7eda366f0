/**
 * What a backend costs inside the sandbox: start, small and large operations, memory; with a gradient that has to be right.
 * Times are the best of several, since a busy machine only adds to them.
 */
import { transformSync } from 'esbuild';
import type { Backend, SandboxLevel } from '../../graders/model/guest.ts';
import type { NdArray } from '../../graders/model/numbers.ts';
import { openSession, warmGuest } from '../../graders/sandbox/session/session.ts';
import { stageNode } from '../../graders/runtimes/node/stage-node.ts';
import { processTree, residentMb } from '../../graders/sandbox/contain/watchdog.ts';

export interface Figures {
  backend: Backend;
  /** From the start of the process until tfjs is ready. */
  startMs: number;
  /** One gradient of a softmax regression on 32 examples: what coursework is made of. */
  gradientMs: number;
  /** One step of training a small convolutional network on 32 images. */
  trainMs: number;
  /** One product of two 512 × 512 matrices. */
  productMs: number;
  /** As the sandbox sees it, the shared libraries of TensorFlow included. */
  residentMb: number;
}

const MODULE = `
import * as tf from '@tensorflow/tfjs';
export const slope = (x: tf.Tensor) => tf.grad((t) => t.square().sum())(x);
const rows = (n: number, d: number) => tf.tidy(() => tf.sin(tf.range(0, n * d)).reshape([n, d]) as tf.Tensor2D);
const labels = () => tf.oneHot(tf.tensor1d(Array.from({ length: 32 }, (_, i) => i % 10), 'int32'), 10);
const timed = async (times: number, work: () => unknown) => {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
};
export const gradient = () => {
  const [x, w] = [rows(32, 20), rows(20, 10)];
  const y = labels();
  const loss = (v: tf.Tensor) => tf.losses.softmaxCrossEntropy(y, tf.matMul(x, v as tf.Tensor2D)) as tf.Scalar;
  return timed(100, () => void tf.tidy(() => tf.grad(loss)(w)).dataSync());
};
export const product = () => {
  const [a, b] = [rows(512, 512), rows(512, 512)];
  return timed(7, () => {
    const c = tf.matMul(a, b);
    c.dataSync();
    c.dispose();
  });
};
export const train = async () => {
  const m = tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 8, kernelSize: 5, activation: 'relu' }),
    tf.layers.maxPooling2d({ poolSize: 2 }), tf.layers.flatten(), tf.layers.dense({ units: 10, activation: 'softmax' }) ] });
  m.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy' });
  const [x, y] = [rows(32, 784).reshape([32, 28, 28, 1]), labels()];
  return timed(7, () => m.trainOnBatch(x, y));
};
`;

/** Measures one backend at a level, with nothing else starting processes meanwhile; rejects when its gradient is wrong. */
export async function measure(backend: Backend, level: SandboxLevel): Promise<Figures> {
  const limits = { callMs: 120_000, submissionMs: 300_000, memoryMb: 1500 };
  const launch = { runtime: await stageNode(backend), level, limits, precision: 'single', backend } as const;
  const code = transformSync(MODULE, { loader: 'ts', format: 'cjs' }).code;
  let startMs = Infinity;
  const start = async () => {
    const started = performance.now();
    const guest = await warmGuest(launch);
    startMs = Math.min(startMs, performance.now() - started);
    return guest;
  };
  for (let i = 0; i < 2; i++) await (await start()).exchange.close();
  const others = new Set(processTree(process.pid));
  const warm = await start();
  const session = await openSession({ launch, warm, modules: [{ path: 'm.ts', code }], imports: ['@tensorflow/tfjs'] });
  try {
    const call = async (name: string) => (await session.call({ module: 'm.ts', name }, [])).value as number;
    const data = Float64Array.of(1, -2, 3);
    const x = { kind: 'array', container: 'tensor', dtype: 'float32', shape: [3], data } as const;
    const { value } = await session.call({ module: 'm.ts', name: 'slope' }, [x]);
    const got = [...(value as NdArray).data].join(' ');
    if (got !== '2 -4 6') throw new Error(`${backend}: the gradient of Σx² at (1, −2, 3) came back as ${got}.`);
    const [gradientMs, trainMs, productMs] = [await call('gradient'), await call('train'), await call('product')];
    return { backend, startMs, gradientMs, trainMs, productMs, residentMb: residentBeside(others) };
  } finally {
    await session.close();
  }
}

/** Resident megabytes of this process's descendants that are not among `others`. */
const residentBeside = (others: ReadonlySet<number>) =>
  processTree(process.pid).reduce((sum, pid) => sum + (others.has(pid) ? 0 : residentMb(pid)), 0);
