import { describe, expect, it } from 'vitest';
import { openSession } from './session.ts';
import { array, compile, launchOptions, sessions, sharedSession } from './session.testing.ts';

const open = sessions();
const q = (name: string) => ({ module: 'q.ts', name });
const x = array([1, 2, 3], [3]);

/** Ways to let the library differentiate; each body has `x` and what the module set up in front of it. */
const ways: [string, string, string?][] = [
  ['tf.grad', `return tf.grad((v) => v.square().sum())(x);`],
  ['tf.grads', `return tf.grads((v) => v.square().sum())([x]);`],
  ['tf.valueAndGrad', `return tf.valueAndGrad((v) => v.square().sum())(x).grad;`],
  ['tf.valueAndGrads', `return tf.valueAndGrads((v) => v.square().sum())([x]).grads;`],
  ['tf.variableGrads', `const v = tf.variable(x); return tf.variableGrads(() => v.square().sum() as any).grads;`],
  ['tf.customGrad', `return tf.customGrad((v: any, save: any) => ({ value: v, gradFunc: (dy: any) => dy }) as any)(x);`],
  ['a name put together', `return (tf as any)['gr' + 'ad']((v: any) => v.square().sum())(x);`],
  ['a function stored at load', `return stored(x);`, `const stored = tf.grad((v) => v.square().sum());`],
  ['a destructured alias', `return g((v: any) => v.square().sum())(x);`, `const { grad: g } = tf;`],
  ['the engine', `return (tf.engine() as any).gradients(() => x.square().sum(), [x]);`],
  ['the engine’s prototype', `const e = tf.engine(); return Object.getPrototypeOf(e).gradients.call(e, () => x.square().sum(), [x]);`],
  ['another engine', `const e: any = tf.engine(); const f = new e.constructor(e.ENV); f.state = e.state; return f.gradients(() => x.square().sum(), [x]);`],
  ['the tape', `(tf.engine() as any).startTape(); return x.square();`],
  ['an optimiser', `const v = tf.variable(x); tf.train.sgd(0.1).minimize(() => v.square().sum() as any); return v;`],
  ['an optimiser’s gradients', `const v = tf.variable(x); return tf.train.adam().computeGradients(() => v.square().sum() as any).grads;`],
  ['model.fit', `const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
     m.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
     return m.fit(x.reshape([1, 3]), tf.ones([1, 1])).then(() => 1);`],
  ['model.trainOnBatch', `const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
     m.compile({ optimizer: 'sgd', loss: 'meanSquaredError' }); return m.trainOnBatch(x.reshape([1, 3]), tf.ones([1, 1]));`],
  ['an exception caught', `try { return tf.grad((v) => v.square().sum())(x); } catch { return x.mul(2); }`],
  ['a gradient by kernel name', `return (tf as any).getGradient('Square').gradFunc(tf.ones([3]), [x]).x();`],
]; // prettier-ignore

describe('a task without automatic differentiation', () => {
  const text = (body: string, setUp = '') =>
    `import * as tf from '@tensorflow/tfjs'; ${setUp} export function f(x: tf.Tensor): any { ${body} }`;
  const session = sharedSession(Object.fromEntries(ways.map(([way, body, setUp]) => [`${way}.ts`, text(body, setUp)])));

  it.each(ways)('refuses %s', async (way) => {
    const target = { module: `${way}.ts`, name: 'f' };
    const failure = session().call(target, [x], { policy: 'no-autodiff' });
    await expect(failure).rejects.toMatchObject({ kind: 'refused' });
    await expect(failure).rejects.toThrow(/^f calls .*, which this task forbids$/);
    // The same program may do so where the task allows it; what it used is told all the same.
    await expect(session().call(target, [x])).resolves.toMatchObject({ differentiated: expect.any(String) as string });
  });

  it('is seen on the call on which a program believes itself unwatched, and on no other', async () => {
    const s = await open(`import * as tf from '@tensorflow/tfjs'; let n = 0;
      export const f = (x: tf.Tensor) => (++n === 2 ? x.mul(2) : tf.grad((v) => v.square().sum())(x));`);
    expect((await s.call(q('f'), [x])).differentiated).toBe('tf.grad');
    expect((await s.call(q('f'), [x])).differentiated).toBeUndefined();
  });

  it('is seen although a call that was given up on goes on within it', async () => {
    const waits = (name: string) =>
      `require.ready([], async () => { exports.f = () => 1; await new Promise((yes) => (globalThis as any).${name} = yes); });`;
    const s = await open({
      'first.ts': waits('first'),
      'second.ts': waits('second'),
      'q.ts': `import * as tf from '@tensorflow/tfjs';
        const letGo = (name: string) => new Promise((yes) => { (globalThis as any)[name](); setTimeout(yes, 5); });
        export const f = async (x: tf.Tensor) => {
          await letGo('first');
          const y = tf.grad((v) => v.square().sum())(x);
          await letGo('second');
          return y;
        };`,
    });
    for (const module of ['first.ts', 'second.ts']) {
      const failure = s.call({ module, name: 'f' }, [], { policy: 'no-autodiff' });
      await expect(failure).rejects.toThrow(/a promise that never settles/);
    }
    await expect(s.call(q('f'), [x], { policy: 'no-autodiff' })).rejects.toMatchObject({ kind: 'refused' });
  });

  it.each(['whole', 'marked'] as const)('hands out nothing by who called, in the %s library', async (library) => {
    const launch = await launchOptions();
    // No module, which would be strict: what a function was called by is told to others alone.
    const text = `const tf = require('@tensorflow/tfjs'), callers = new Set();
      const own = Array.prototype[Symbol.iterator];
      const spy = function () {
        try { for (let by = spy.caller; by; by = by.caller) callers.add(by); } catch { /* a strict one is not told */ }
        return Reflect.apply(own, this, []);
      };
      Array.prototype[Symbol.iterator] = spy;
      tf.grad((v) => v.square().sum())(tf.tensor1d([1, 2, 3]));
      Array.prototype[Symbol.iterator] = own;
      const derive = [...callers].find((f) => /dy.*cast/.test(String(f)));
      exports.f = (x) => derive(tf.ones([3]), [x]).x();
      exports.count = () => callers.size;`;
    const s = await openSession({
      launch,
      modules: compile({ 'q.ts': text }),
      imports: ['@tensorflow/tfjs'],
      library,
    });
    const derived = await s.call(q('f'), [x], { policy: 'no-autodiff' }).catch((error: unknown) => error);
    expect(derived).toMatchObject({ kind: 'crash' });
    expect((await s.call(q('count'), [])).value).toBe(0);
    await s.close();
  });

  it('is seen while the arguments are made', async () => {
    const s = await open(`import * as tf from '@tensorflow/tfjs';
      const { trackTensor } = tf.engine() as any; let busy = false;
      (tf.engine() as any).trackTensor = function (...all: unknown[]) {
        if (!busy) { busy = true; tf.grad((v) => v.square().sum())(tf.scalar(1)); }
        return trackTensor.apply(this, all);
      };
      export const f = () => 1;`);
    expect((await s.call(q('f'), [x])).differentiated).toBe('tf.grad');
  });

  it('cannot be had by putting the originals back', async () => {
    const s = await open(`import * as tf from '@tensorflow/tfjs';
      const own = function (this: any) { return 1; };
      const attempt = (act: () => void) => { try { act(); return false; } catch { return true; } };
      const e = tf.engine() as any;
      export const blocked = [e, Object.getPrototypeOf(e)].flatMap((o) => [
        attempt(() => { 'use strict'; o.gradients = own; }),
        attempt(() => Object.defineProperty(o, 'gradients', { value: own })),
        attempt(() => { 'use strict'; delete o.gradients; }),
      ]);
      export const all = () => blocked;`); // prettier-ignore
    expect((await s.call(q('all'), [])).value).toMatchObject({ data: new Float64Array(6).fill(1) });
  });

  it('lets tensor operations, losses and the forward pass of models through', async () => {
    const s = await open(`import * as tf from '@tensorflow/tfjs';
      const m = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], activation: 'softmax' })] });
      export const forward = (x: tf.Tensor) => m.predict(x.reshape([1, 3]));
      export const applied = (x: tf.Tensor) => tf.layers.dropout({ rate: 0.5 }).apply(x.reshape([1, 3]), { training: true });
      export const loss = (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(tf.tensor1d([1, 0, 0]), x).add(tf.logSoftmax(x).sum());`);
    for (const name of ['forward', 'applied', 'loss']) {
      const { value } = await s.call(q(name), [x], { policy: 'no-autodiff' });
      expect(value).toMatchObject({ kind: 'array', container: 'tensor' });
    }
  });
});

describe('a task in plain numbers', () => {
  it('refuses any operation of the tensor library, and only while it is asked', async () => {
    const s = await open(`import * as tf from '@tensorflow/tfjs';
      export const f = (a: number[]) => tf.tensor1d(a).sum().dataSync()[0];
      export const plain = (a: number[]) => a.reduce((s, v) => s + v, 0);`);
    const numbers = array([1, 2], [2], 'nested', 'float64');
    await expect(s.call(q('f'), [numbers], { policy: 'plain-numbers' })).rejects.toMatchObject({ kind: 'refused' });
    expect((await s.call(q('plain'), [numbers], { policy: 'plain-numbers' })).value).toBe(3);
    expect((await s.call(q('f'), [numbers])).value).toBe(3);
  });

  it.each([
    ['before it is asked', 'close(); export const f = () => 1;', /closed the tensor library's engine/],
    ['while it is asked', 'export const f = () => { close(); return 1; };', undefined],
  ])('is theirs where they close the engine %s', async (_, text, told) => {
    const s = await open(`import * as tf from '@tensorflow/tfjs';
      const close = () => Object.freeze(Object.getPrototypeOf(tf.engine()));
      export const sum = () => tf.ones([2]).sum().dataSync()[0];
      ${text}`);
    const answer = s.call(q('f'), [], { policy: 'plain-numbers' });
    if (told === undefined) await expect(answer).resolves.toMatchObject({ value: 1 });
    else await expect(answer).rejects.toMatchObject({ kind: 'crash', message: expect.stringMatching(told) as string });
    expect((await s.call(q('sum'), [])).value).toBe(2);
  });
});
