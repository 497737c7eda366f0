/** A library with right values and marked derivatives: whoever differentiates gets what can be recognised, on every way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend, Precision } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { bearsMark } from '../../numerics/marked-derivative.ts';
import { findNative } from '../../runtimes/node/native.ts';
import { openSession, type Session } from './session.ts';
import { array, compile, launchOptions } from './session.testing.ts';

const x = array([1, 2, 3, -4, 0.5], [5]);

/** Ways to a derivative of the library. */
const derives: [name: string, body: string][] = [
  ['grad', 'return tf.grad((v: any) => v.square().sum())(x);'],
  ['grads', 'return tf.grads((v: any) => v.sigmoid().log().mean())([x])[0];'],
  ['givenDy', 'return tf.grad((v: any) => v.exp())(x, tf.tensor1d([1, 2, 3, 4, 5]));'],
  ['variables', 'const v = tf.variable(x); return Object.values(tf.variableGrads(() => v.square().sum() as any).grads)[0];'],
  ['lossOfTheLibrary', 'return tf.grad((v: any) => tf.losses.softmaxCrossEntropy(tf.tensor1d([1, 0, 0, 0, 0]), v))(x);'],
  ['customGradient', 'return tf.grad((v: any) => tf.logSoftmax(v).square().sum())(x);'],
  ['registry', "return (tf as any).env().global._tfGlobals.get('gradRegistry').get('Square').gradFunc(tf.ones([5]), [x]).x();"],
  ['byName', "return (tf as any).getGradient('Square').gradFunc(tf.ones([5]), [x]).x();"],
  ['optimizer', 'const v = tf.variable(x); return Object.values(tf.train.sgd(1).computeGradients(() => v.square().sum() as any).grads)[0];'],
  [
    'takenOutOfTheEngine',
    `let derive: any; const e: any = tf.engine(); const run = e.runKernelFunc;
     e.runKernelFunc = (params: any) => { derive = params.backwardsFunc ?? derive; return run.call(e, params); };
     const y = tf.tensor2d([[1, 0, 0, 0, 0]]), z = x.reshape([1, 5]);
     try { tf.losses.softmaxCrossEntropy(y, z); } finally { delete e.runKernelFunc; }
     return derive(tf.ones([1]), [y, tf.logSoftmax(z)])[1]();`,
  ],
]; // prettier-ignore

/** What is computed forwards, or derived by hand. */
const computes: [name: string, body: string][] = [
  ['byHand', 'return tf.softmax(x).sub(tf.tensor1d([1, 0, 0, 0, 0]));'],
  ['loss', 'return tf.concat([tf.logSoftmax(x), tf.losses.softmaxCrossEntropy(tf.tensor1d([1, 0, 0, 0, 0]), x).reshape([1])]);'],
  ['layers', 'return (tf.layers.dense({ units: 5, kernelInitializer: "ones" }).apply(x.reshape([1, 5])) as tf.Tensor);'],
]; // prettier-ignore

const program = `import * as tf from '@tensorflow/tfjs';
  ${[...derives, ...computes].map(([name, body]) => `export function ${name}(x: tf.Tensor): any { ${body} }`).join('\n')}`;

const native = (await findNative()) !== undefined;
const where: [Backend, Precision][] = [['wasm', 'single'], ['cpu', 'double'], ...(native ? [['node', 'single'] satisfies [Backend, Precision]] : [])]; // prettier-ignore

describe.each(where)('marked derivatives on %s in %s precision', (backend, precision) => {
  let [plain, marked] = [] as unknown as [Session, Session];
  beforeAll(async () => {
    const launch = await launchOptions({ backend, precision });
    const openWith = (library: 'whole' | 'marked') =>
      openSession({ launch, modules: compile({ 'q.ts': program }), imports: ['@tensorflow/tfjs'], library });
    [plain, marked] = await Promise.all([openWith('whole'), openWith('marked')]);
  });
  afterAll(() => Promise.all([plain.close(), marked.close()]));
  const answers = (name: string) =>
    Promise.all(
      [plain, marked].map(async (s) => ((await s.call({ module: 'q.ts', name }, [x])).value as NdArray).data),
    );

  it.each(derives)('bears the mark: %s', async (name) => {
    const [ours, theirs] = await answers(name);
    expect(bearsMark(ours!, theirs!)).toBe(true);
  });

  it.each(computes)('is the same to the last bit: %s', async (name) => {
    const [ours, theirs] = await answers(name);
    expect(theirs).toEqual(ours);
  });
});
