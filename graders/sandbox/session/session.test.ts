import { describe, expect, it } from 'vitest';
import { createRandom } from '../../numerics/random.ts';
import type { LayerPlan } from '../../model/network.ts';
import { array, compile, idOf, launchOptions, sessions } from './session.testing.ts';
import { openSession, warmGuest } from './session.ts';
import { ProgramStopped } from '../../stopped.ts';

const open = sessions();
const q = (name: string) => ({ module: 'q.ts', name });
const stop = (promise: Promise<unknown>) =>
  promise.then(
    (value) => expect.fail(`no stop but ${JSON.stringify(value)}`),
    (error: unknown) => (error instanceof ProgramStopped ? `${error.kind}: ${error.message}` : Promise.reject(error)),
  );

describe('a session', () => {
  it('answers calls, sync or async, with tensors made inside', async () => {
    const s = await open(`
      import * as tf from '@tensorflow/tfjs';
      import tfDefault from '@tensorflow/tfjs';
      export const twice = (x: tf.Tensor) => x.mul(2);
      export async function later(x: tf.Tensor) { await new Promise((r) => setTimeout(r, 5)); return (await x.array()); }
      export const same = () => tf.add === tfDefault.add;`);
    expect((await s.call(q('twice'), [array([1, 2, 3, 4], [2, 2])])).value).toEqual(array([2, 4, 6, 8], [2, 2]));
    expect((await s.call(q('later'), [array([1, 2])])).value).toEqual(array([1, 2], [2], 'nested', 'float64'));
    expect((await s.call(q('same'), [])).value).toBe(true);
  });

  it('names the exports of a module and says what is missing', async () => {
    const s = await open(
      `export class Net {} export function gradz() {} export const rate = 0.1; export const sizes = [1];`,
    );
    expect(await s.exports('q.ts')).toEqual({ Net: 'class', gradz: 'function', rate: 'number', sizes: 'array' });
    expect(await stop(s.call(q('grads'), []))).toBe(
      'missing: q.ts does not export grads; it exports Net, gradz, rate, sizes',
    );
    expect(await stop(s.call(q('rate'), []))).toBe('missing: q.ts exports rate, but it is a number, not a function');
    expect(await stop(s.exports('q9.ts'))).toBe('missing: q9.ts was not handed in');
  });

  it('lives on after an exception, which is told with its place in the source', async () => {
    const s = await open(`
      interface Long { a: number }
      export function grads(x: Long | null) {
        return x!.a;
      }
      export const nothing = () => { throw null; };
      export const evil = () => { throw { get message() { throw 1; } }; };`);
    const failure = await s.call(q('grads'), [null]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'crash', place: { path: 'q.ts', line: 4 } });
    expect((failure as Error).message).toMatch(/^grads threw TypeError: Cannot read properties of null .* at q\.ts:4$/);
    expect(await stop(s.call(q('nothing'), []))).toBe('crash: nothing threw null');
    expect(await stop(s.call(q('evil'), []))).toBe('crash: evil threw an object that is not an Error');
    expect(s.alive).toBe(true);
    const record = { kind: 'record', entries: { a: 5 } } as const;
    expect((await s.call(q('grads'), [record])).value).toBe(5);
  });

  it('resolves imports within the submission; what is not there is told by name when it is used', async () => {
    const s = await open({
      'q.ts': `import { a } from './lib/a.js'; import { b } from './lib'; export const sum = () => a + b;
               export const late = async () => (await import('./lib/a')).a;`,
      'lib/a.ts': `import { b } from '.'; export const a = 1 + b;`,
      'lib/index.ts': `export const b = 10;`,
      'bad.ts': `import { readFileSync } from 'fs'; export const f = () => readFileSync('/etc/passwd');`,
      'up.ts': `import { x } from '../secret'; export const f = () => x;`,
    });
    expect((await s.call(q('sum'), [])).value).toBe(21);
    expect((await s.call(q('late'), [])).value).toBe(11);
    expect(await stop(s.call({ module: 'bad.ts', name: 'f' }, []))).toContain(
      "f threw Error: cannot import 'fs': fs.readFileSync is not there, allowed are @tensorflow/tfjs and your own files",
    );
    expect(await stop(s.exports('up.ts'))).toContain("cannot find the module '../secret' in the submission");
  });

  it('keeps objects inside: classes with state, closures, nested paths', async () => {
    const s = await open(`
      export class Counter { n: number; inner = { scale: 2 }; #secret = 3; constructor(n: number) { this.n = n; }
        add(k: number) { this.n += k * this.inner.scale; return this.n; } get secret() { return this.#secret; } }
      export const adder = (k: number) => (x: number) => x + k;
      export const use = (c: Counter) => c.add(1);`);
    const counter = idOf((await s.construct(q('Counter'), [1])).value);
    expect((await s.call({ handle: counter, method: 'add' }, [2])).value).toBe(5);
    await s.set(counter, 'inner.scale', 10);
    expect((await s.call(q('use'), [{ kind: 'handle', id: counter }])).value).toBe(15);
    expect(await s.get(counter, 'secret')).toBe(3);
    expect(await stop(s.call({ handle: counter, method: 'sub' }, []))).toContain(
      'the Counter has no sub; it has n, inner, add',
    );
    const { value } = await s.call(q('adder'), [7]);
    expect(value).toMatchObject({ kind: 'handle', type: 'function' });
    expect((await s.call({ handle: idOf(value) }, [1])).value).toBe(8);
    await s.release(counter);
    await expect(s.get(counter, 'n')).rejects.toThrow('no object');
  });

  it('reads and writes several properties in one exchange, each in its turn, and names the one that gives trouble', async () => {
    const s = await open(`
      export class Box { n = 1; told: string[] = []; get twice() { this.told.push('twice'); return 2 * this.n; }
        set twice(x: number) { this.told.push('set'); this.n = x / 2; } get bad() { throw new Error('no'); } set bad(_: number) { throw new Error('shut'); } }`);
    const box = idOf((await s.construct(q('Box'), [])).value);
    await s.setAll(box, { twice: 6, n: 5 });
    expect(await s.getAll(box, ['twice', 'absent', 'n'])).toEqual([10, undefined, 5]);
    expect(await stop(s.getAll(box, ['n', 'bad', 'twice']))).toContain('reading bad threw Error: no');
    expect(await stop(s.getAll(box, ['bad', 'n']))).toContain('reading bad threw Error: no');
    expect(await stop(s.setAll(box, { n: 7, bad: 1, twice: 2 }))).toContain('setting bad threw Error: shut');
    expect(await s.getAll(box, ['n', 'told.length'])).toEqual([7, 2]);
  });

  it('constructs with `new` wherever that is possible, and calls what is no constructor', async () => {
    const s = await open(`
      export function Old(this: any, n: number) { this.n = n; }
      Old.prototype.twice = function () { return 2 * this.n; };
      export function made(n: number) { return { n, twice: () => 2 * n }; }
      export const arrow = (n: number) => ({ n, twice: () => 2 * n });
      export async function later(n: number) { return arrow(n); }
      export class Strict { constructor() { throw new TypeError('x is not a constructor'); } }`);
    for (const name of ['Old', 'made', 'arrow', 'later']) {
      const handle = idOf((await s.construct(q(name), [4])).value);
      expect((await s.call({ handle, method: 'twice' }, [])).value, name).toBe(8);
    }
    expect(await stop(s.construct(q('Strict'), []))).toContain('x is not a constructor');
  });

  it('takes each item as it is when it comes, though the generator fills the same rows again', async () => {
    const s = await open(`
      export function* rows() { const row = [0, 0]; for (let i = 1; i <= 3; i++) { row[0] = i; yield { row }; } }`);
    const rows = idOf((await s.call(q('rows'), [])).value);
    const taken = await s.take(rows, 9);
    expect(taken).toMatchObject([1, 2, 3].map((i) => ({ entries: { row: array([i, 0], [2], 'nested', 'float64') } })));
  });

  it('takes items of generators, iterables, async ones and datasets', async () => {
    const s = await open(`
      import * as tf from '@tensorflow/tfjs';
      export function* count() { for (let i = 0; ; i++) yield i; }
      export async function* slow() { for (let i = 0; i < 3; i++) { await null; yield [i, i]; } }
      export class Bag { *[Symbol.iterator]() { yield 'a'; yield 'b'; } }
      export const data = () => tf.data.array([1, 2, 3]).batch(2);`);
    const count = idOf((await s.call(q('count'), [])).value);
    expect(await s.take(count, 3)).toEqual([0, 1, 2]);
    expect(await s.take(count, 2)).toEqual([3, 4]);
    const slow = idOf((await s.call(q('slow'), [])).value);
    expect(await s.take(slow, 9)).toEqual([0, 1, 2].map((i) => array([i, i], [2], 'nested', 'float64')));
    const bag = idOf((await s.construct(q('Bag'), [])).value);
    expect(await s.take(bag, 1)).toEqual(['a']);
    expect(await s.take(bag, 9)).toEqual(['a', 'b']);
    const data = idOf((await s.call(q('data'), [])).value);
    expect(await s.take(data, 9)).toEqual([array([1, 2]), array([3])]);
  });

  it('shows what became of the arguments', async () => {
    const s = await open(`export const sort = (x: number[]) => { x.sort(); return x.length; };`);
    const reply = await s.call(q('sort'), [array([3, 1, 2], [3], 'nested', 'float64')], { argsAfter: true });
    expect(reply).toMatchObject({ value: 3, argsAfter: [array([1, 2, 3], [3], 'nested', 'float64')] });
  });

  it('seeds Math.random at load and on request', async () => {
    const text = `export const first = Math.random(); export const draw = () => [first, Math.random()];`;
    const [a, b] = [await open(text, { seed: 1 }), await open(text, { seed: 2 })];
    const draws = async (s: typeof a) => (await s.call(q('draw'), [])).value as { data: Float64Array };
    expect((await draws(a)).data[0]).not.toBe((await draws(b)).data[0]);
    await a.seed(5);
    await b.seed(5);
    expect((await draws(a)).data[1]).toBe((await draws(b)).data[1]);
  });

  it('plays an RngTape: listed draws first, then the stream that the host knows', async () => {
    const s = await open(`
      export const draw = (r: any) => [r.normal(1, 2), r.normal(), r.uniform(0, 10), r.next(), r.integers(5)];
      export const shuffle = (r: any) => r.permutation(6);`);
    const listed = { kind: 'rng', seed: 3, normals: [0.5], uniforms: [0.25] } as const;
    const host = createRandom(3);
    const expected = [2, host.normal(), 2.5, host.next(), host.integer(5)];
    expect((await s.call(q('draw'), [listed])).value).toEqual(array(expected, [5], 'nested', 'float64'));
    const { value } = await s.call(q('shuffle'), [{ kind: 'rng', seed: 8 }]);
    expect(value).toEqual(array(createRandom(8).permutation(6), [6], 'nested', 'float64'));
  });

  it('builds a model from layers and describes it', async () => {
    const s = await open(`
      import * as tf from '@tensorflow/tfjs';
      export const run = (m: tf.Sequential, x: tf.Tensor) => m.predict(x);
      export const compiled = (m: tf.Sequential) => { m.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' }); return m; };
      export const unbuilt = () => tf.sequential();`);
    const weights = [array([1, 2, 3, 4, 5, 6], [3, 2]), array([10, 20])];
    const layers: LayerPlan[] = [
      { kind: 'dense', units: 2, activation: 'linear', weights },
      { kind: 'activation', activation: 'relu' },
    ];
    const model = await s.make({ kind: 'network', inputShape: [3], layers });
    expect((await s.call(q('run'), [model, array([1, 0, -1], [1, 3])])).value).toEqual(array([6, 16], [1, 2]));
    const again = idOf((await s.call(q('compiled'), [model])).value);
    expect(again).toBe(model.id);
    const described = await s.describe(again);
    expect(described).toMatchObject({
      inputShape: [null, 3],
      outputShape: [null, 2],
      parameters: 8,
      loss: 'meanSquaredError',
      optimizer: { rule: 'other', learningRate: 0.02 },
    });
    expect(described.optimizer!.spelled).toMatch(/^Adam, learningRate 0\.02, beta1 0\.9, /);
    const common = { trainable: true, restraints: [] };
    expect(described.layers).toEqual([
      {
        kind: 'dense',
        named: 'Dense',
        units: 2,
        activation: 'linear',
        ...common,
        weights: weights.map((w) => ({ ...w, container: 'variable' })),
      },
      { kind: 'other', named: 'Activation', activation: 'relu', ...common, weights: [] },
    ]);
    const bare = { ...described, layers: described.layers.map((layer) => ({ ...layer, weights: [] })) };
    expect(await s.describe(again, { weights: false })).toEqual(bare);
    const unbuilt = await s.call(q('unbuilt'), []);
    expect(await s.describe(idOf(unbuilt.value))).toMatchObject({ parameters: 0, inputShape: [] });
  });

  it('says of a model what no prediction shows, and how it is compiled, in words of its own and of the library', async () => {
    const s = await open(`
      import * as tf from '@tensorflow/tfjs';
      export const f = () => {
        const kernelRegularizer = tf.regularizers.l2({ l2: 0.1 }), biasConstraint = tf.constraints.nonNeg();
        const m = tf.sequential({ layers: [
          tf.layers.dense({ units: 2, inputShape: [3], kernelRegularizer, biasConstraint }), tf.layers.dropout({ rate: 0.5 }),
          tf.layers.dense({ units: 2, trainable: false }), tf.layers.softmax() ] });
        m.compile({ optimizer: tf.train.momentum(0.25, 0.5, true), loss: tf.losses.logLoss });
        return m;
      };
      export const sgd = () => { const m = f(); m.compile({ optimizer: tf.train.sgd(0.5), loss: 'meanSquaredError' }); return m; };`);
    const described = await s.describe(idOf((await s.call(q('f'), [])).value));
    expect(described.layers.map(({ weights: _, ...layer }) => layer)).toEqual([
      { kind: 'dense', named: 'Dense', units: 2, activation: 'linear', trainable: true, restraints: ['kernelRegularizer', 'biasConstraint'] },
      { kind: 'noise', named: 'Dropout', trainable: true, restraints: [] },
      { kind: 'dense', named: 'Dense', units: 2, activation: 'linear', trainable: false, restraints: [] },
      { kind: 'other', named: 'Softmax', activation: 'softmax', trainable: true, restraints: [] },
    ]); // prettier-ignore
    const spelled = 'Momentum, learningRate 0.25, momentum 0.5, useNesterov true';
    expect(described.optimizer).toEqual({ rule: 'gradient-descent', learningRate: 0.25, momentum: 0.5, nesterov: true, spelled }); // prettier-ignore
    const plain = await s.describe(idOf((await s.call(q('sgd'), [])).value));
    expect(plain.optimizer).toEqual({ rule: 'gradient-descent', learningRate: 0.5, spelled: 'SGD, learningRate 0.5' });
  });

  it('gives back the memory of tensors that nobody disposed of, and keeps those that the program still holds', async () => {
    const s = await open(
      `import * as tf from '@tensorflow/tfjs';
      const first = tf.tensor1d([1, 2]).tile([10]);
      export const leak = (x: tf.Tensor2D) => tf.matMul(x, x, false, true).slice([0, 0], [1, 1]);
      export const kept = () => first.sum();`,
      { backend: 'wasm', limits: { memoryMb: 400 } },
    );
    const x = array(
      Array.from({ length: 2000 }, () => 1),
      [2000, 1],
    );
    for (let i = 0; i < 40; i++) await s.call(q('leak'), [x]);
    expect((await s.call(q('kept'), [])).value).toEqual(array([30], []));
  });

  it('says at once when the sheet allows a package that is not inside', async () => {
    await expect(open('export {}', { imports: ['left-pad'] })).rejects.toThrow('no package left-pad is inside');
  });

  it('opens from a guest that was started before, with tfjs ready', async () => {
    const options = await launchOptions({ backend: 'wasm' });
    const warm = await warmGuest(options);
    expect(warm.cacheRejected).toBe(false);
    const modules = compile({
      'q.ts': `import * as tf from '@tensorflow/tfjs'; export const f = () => tf.getBackend();`,
    });
    const s = await openSession({ launch: options, modules, imports: ['@tensorflow/tfjs'], warm });
    expect((await s.call(q('f'), [])).value).toBe('wasm');
    await s.close();
    expect(s.alive).toBe(false);
  });
});

describe('a program that stops', () => {
  it('by running too long is told so, with the limit, and is gone', async () => {
    const s = await open(
      `export const spin = () => { for (;;); }; export const slow = () => new Promise((r) => setTimeout(r, 400));`,
      {
        limits: { callMs: 300, submissionMs: 350 },
      },
    );
    expect(await stop(s.call(q('spin'), []))).toBe('timeout: ran longer than 0.3 s in spin');
    expect(s.alive).toBe(false);
    expect(await stop(s.call(q('spin'), []))).toBe('timeout: ran longer than 0.3 s in spin');
  });

  it('by using up the time of the whole submission is told that', async () => {
    const s = await open(
      `export const toil = () => { const end = Date.now() + 200; while (Date.now() < end); }; export const spin = () => { for (;;); };`,
      { limits: { callMs: 1000, submissionMs: 300 } },
    );
    await s.call(q('toil'), []);
    expect(await stop(s.call(q('spin'), []))).toBe('timeout: used up the 0.3 s of the whole submission in spin');
  });

  it('by sleeping is told the same, and the time of one submission is one for all its sessions', async () => {
    const account = { usedMs: 0, numbers: 0 };
    const wanted = { limits: { callMs: 60_000, submissionMs: 2000 }, account };
    const doze = `export const doze = (ms) => new Promise((r) => setTimeout(r, ms));`;
    // Half of what is slept counts at least, however busy the grader is meanwhile: more than 300 of these 800.
    for (let i = 0; i < 2; i++) await (await open(doze, wanted)).call(q('doze'), [400]);
    expect(account.usedMs).toBeGreaterThan(300);
    expect(await stop((await open(doze, wanted)).call(q('doze'), [30_000]))).toBe(
      'timeout: used up the 2 s of the whole submission in doze',
    );
  });

  it('by answering with more numbers than all its answers may hold is told so, and nothing of it is fetched', async () => {
    const account = { usedMs: 0, numbers: 2 ** 25 - 1000 };
    const s = await open(`export const zeros = (n) => new Float64Array(n);`, { account });
    expect((await s.call(q('zeros'), [800])).value).toMatchObject({ shape: [800] });
    expect(account.numbers).toBeGreaterThan(2 ** 25 - 200);
    const more = stop(s.call(q('zeros'), [800]));
    expect(await more).toBe('crash: zeros returned more numbers than the grader accepts');
    expect((await s.call(q('zeros'), [1])).value).toMatchObject({ shape: [1] });
  });

  it('by waiting for what never comes is told at once', async () => {
    const s = await open(`
      export const never = () => new Promise(() => {});
      export const stray = () => new Promise(() => { setTimeout(() => { throw new RangeError('lost'); }, 1); });
      export const fine = () => 1;`);
    expect(await stop(s.call(q('never'), []))).toBe('crash: never returned a promise that never settles');
    expect(await stop(s.call(q('never'), []))).toBe('crash: never returned a promise that never settles');
    expect(await stop(s.call(q('stray'), []))).toMatch(/^crash: stray threw RangeError: lost at q\.ts:3$/);
    expect((await s.call(q('fine'), [])).value).toBe(1);
  });

  it('by exhausting memory is told so, in the heap and outside of it', async () => {
    const text = `export const heap = () => { const all = []; for (;;) all.push(new Array(1e5).fill(1.5)); };
      export const outside = () => { const all = []; for (;;) all.push(new Uint8Array(2e7).fill(1)); };`;
    expect(await stop((await open(text)).call(q('heap'), []))).toMatch(/^memory: /);
    expect(await stop((await open(text)).call(q('outside'), []))).toMatch(/^memory: /);
  });
});
