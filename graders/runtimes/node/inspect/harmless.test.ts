/** What looks like a way around the rules and is none, and what looks harmless and is one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tensorPackages } from '../language/program-files.ts';
import type { Inspector } from './inspector.ts';
import { createInspector } from './inspector.ts';

let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

const helpers = [
  { path: 'lines.ts', text: 'export function fit(x: number[]) { return x; }\nexport const compile = 1;' },
];

async function rulesIn(text: string, policy: 'no-autodiff' | 'plain-numbers'): Promise<string[]> {
  const library = policy === 'no-autodiff' ? `import * as tf from '@tensorflow/tfjs';\n` : '';
  const files = [{ path: 'q1.ts', text: `${library}${text}` }, ...helpers];
  const request = { files, module: 'q1.ts', policy, imports: tensorPackages, given: [] };
  const { breaches, syntax } = await inspector.inspect(request);
  expect(syntax).toBeUndefined();
  return breaches.map((breach) => `${breach.rule}: ${breach.message}`);
}

test.each([
  `export const t = globalThis.performance.now();`,
  `export const t = (globalThis as any).performance?.now();`,
  `const { performance, console: log } = globalThis;\nexport const t = () => log.log(performance.now());`,
  `globalThis.queueMicrotask(() => globalThis['console'].log(globalThis.Math.PI));`,
  `(globalThis as any).cache ??= new Map();\nexport const c = (globalThis as any).cache;`,
  `export const inBrowser = typeof window !== 'undefined' && typeof globalThis.document !== 'undefined';`,
  `export const hasGc = 'gc' in globalThis && globalThis !== undefined;`,
  `export const alone = typeof process !== 'undefined' && process.argv[1]?.endsWith('q1.ts');`,
  `export const debug = process.env['DEBUG'] ?? globalThis.process.env.DEBUG;`,
  `if (typeof module !== 'undefined' && typeof require !== 'undefined') console.log(1);`,
  `export class E extends Error { constructor() { super('e'); Object.setPrototypeOf(this, new.target.prototype); } }`,
  `export class E extends Error { constructor() { super('e'); Object.setPrototypeOf(this, E.prototype); } }`,
  `export const o = Object.defineProperty({}, 'shape', { get: () => [1] });`,
  `export const o = Object.defineProperties([1, 2], { shape: { value: [2] } });`,
  `function Dense(this: any, n: number) { this.n = n; }\nDense.prototype.forward = function (x: number) { return x * this.n; };\nexport { Dense };`,
  `var Dense = function () {};\nvar proto = 1;\nDense.prototype.forward = function () { return proto; };\nexport { Dense };`,
  `const Dense = function () {} as any;\nDense.prototype = Object.create(Object);\nexport { Dense };`,
  `(Array.prototype as any).sum = function (this: number[]) { return this.reduce((a, b) => a + b, 0); };\nexport const f = (x: any) => x.sum();`,
  `if (!('last' in Array.prototype)) Object.defineProperty(Array.prototype, 'last', { get() { return this.at(-1); } });\nexport const f = (x: any) => x.last;`,
  `if (!(Array.prototype as any).last) Object.defineProperty(Array.prototype, 'last', { get() { return this[this.length - 1]; } });\nexport const f = (x: any) => x.last;`,
  `export const plain = (x: object) => Object.getPrototypeOf(x) === Object.prototype || Object.getPrototypeOf(x) === null;`,
  `export const all = (xs: number[][]) => Array.prototype.concat.apply([], xs) && Array.prototype.concat(xs);`,
  `export const kind = (x: unknown) => Object.prototype.toString.call(x) + Number.prototype.toFixed.call(2, 1);`,
  `export class A { static n = 1; m() { return (this.constructor as typeof A).n + this.constructor?.name; } }`,
  `export class V { clone() { return new (this.constructor as typeof V)(); } same(o: object) { const C = o.constructor; return C; } }`,
  `const { constructor: K } = [1];\nexport const list = new (K as any)(3), kinds = [1].map((x) => x.constructor);`,
  `import fs from 'node:fs';\nimport _ from 'lodash';\nif (process.argv[2] === 'plot') fs.writeFileSync('x', String(_));\nexport const one = 1;`,
  `if (!module.parent && require.main === module) console.log(__dirname, __filename, import.meta.url);`,
  `export const isFn = (f: unknown) => f instanceof Function || (f as object).constructor === Function;`,
  `export const keys = Reflect.ownKeys({ a: 1 }), has = Reflect.has({}, 'a'), y = Reflect.apply(Math.max, null, [1]);`,
  `export const watched = new Proxy({ n: 0 }, { set: (o, k, v) => ((o as any)[k] = v, true) });`,
  `export const copy = structuredClone({ a: [1] });\nqueueMicrotask(() => console.table(copy));`,
  `export class A { accessor fit = (x: number) => x; static accessor z = 2; #p = 3; has(o: object) { return #p in o; } }\nexport const s = new A().fit(1);`,
  `export class It { *[Symbol.iterator]() { yield 1; } get [Symbol.toStringTag]() { return 'It'; } }`,
  `import * as lines from './lines';\nexport const y = lines.fit([1]);`,
  `export function Scaler(this: any) { this.fit = (x: number) => x; }\nexport const s = (scaler: any) => scaler.fit(1);`,
  `function Scaler(this: any) {}\nScaler.prototype.fit = function (x: number) { return x; };\nexport const s = (scaler: any) => scaler.fit(1);`,
  `console.time('a');\nconst id = setTimeout(() => {}, 1);\nclearTimeout(id);\nexport const d = new Date(), r = crypto.getRandomValues(new Uint8Array(1));`,
  `export const u = new TextEncoder().encode(new URL('a:b').href), b = Buffer.from('a'), i = new Intl.NumberFormat();`,
])('plain code keeps to every rule: %s', async (text) => {
  for (const policy of ['plain-numbers', 'no-autodiff'] as const)
    expect(await rulesIn(text, policy), policy).toEqual([]);
});

test.each([
  `class Mine extends tf.layers.Layer { static className = 'Mine'; call(x: any) { return x; } }\ntf.serialization.registerClass(Mine);`,
  `const model = tf.sequential();\nmodel.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy'] });\nexport const e = (x: tf.Tensor) => model.evaluate(x, x);`,
  `tf.env().set('WEBGL_PACK', false);\nexport const d = tf.env().getBool('DEBUG');`,
  `tf.enableProdMode();\nawait tf.setBackend('cpu');\nawait tf.ready();\nconsole.log(tf.getBackend(), tf.version.tfjs);`,
  `export const n = () => [tf.memory().numTensors, tf.util.sizeFromShape([2]), tf.util.createShuffledIndices(3), tf.util.now()];`,
  `export const t = async () => { await tf.nextFrame(); return tf.time(() => tf.tidy(() => tf.dispose(tf.ones([2])))); };`,
  `if (!tf || typeof tf === 'undefined' || tf === null) throw new Error('no tf');\nexport const relu6 = 'relu6' in tf;`,
  `export const activations: any = { relu: tf.relu, sigmoid: tf.sigmoid, softmax: (x: any) => tf.softmax(x) };`,
  `tf.test_util.expectArraysClose([1], [1]);\nexport const stop = tf.callbacks.earlyStopping({ patience: 1 });`,
  `export const w = (m: tf.LayersModel) => m.layers.map((l) => [l.getWeights(), l.trainableWeights, l.constructor.name, m.optimizer]);`,
  `export const p = tf.browser.fromPixels, k = (x: tf.Tensor) => x instanceof tf.Tensor && x.constructor === tf.Tensor;`,
  `export const f = (x: any) => { tf.engine().startScope(); const y = tf.keep(tf.relu(x)); tf.engine().endScope(); return y; };`,
  `const e = tf.engine();\nexport const f = (x: any) => e.tidy(() => tf.relu(x)), n = () => [tf.engine().memory().numTensors, e.state.numBytes];`,
  `const soft = (lib: typeof tf, x: any) => lib.softmax(x);\nexport const f = (x: any) => soft(tf, x);`,
  `class Net { constructor(private lib = tf, readonly box = { tf }) {} f(x: any) { return this.lib.relu(this.box.tf.neg(x)); } }\nexport { Net };`,
  `const all = { ...tf, mine: 1 }, { matMul, ...rest } = tf, [t] = [tf];\nexport const f = (x: any) => all.add(matMul(x, x), rest.relu(t.neg(x)));`,
  `export const f = (activation: 'relu' | 'sigmoid', x: any) => tf[activation](x);\nexport { tf };`,
  `export const f = async (x: any) => (await import('@tensorflow/tfjs')).relu(x);`,
  `import { layers } from '@tensorflow/tfjs-layers';\nimport '@tensorflow/tfjs-backend-wasm';\nexport const l = () => layers.dense({ units: 1 });`,
])('use of the library that trains nothing keeps to the rules: %s', async (text) => {
  expect(await rulesIn(text, 'no-autodiff')).toEqual([]);
});

test.each([
  [`export const g = (globalThis as any)._tfengine.gradients;`, 'hidden-access'],
  [`declare const _tfengine: any;\nexport const g = _tfengine.state;`, 'hidden-access'],
  [`export const g = (globalThis as any)['_tf' + 'engine'];`, 'hidden-access'],
  [`const { _tfengine: e } = globalThis as any;\nexport { e };`, 'hidden-access'],
  [`export const g = (globalThis as any).valueOf().process;`, 'hidden-access'],
  [`const { valueOf } = globalThis;\nexport { valueOf };`, 'hidden-access'],
  [`const { process: p } = globalThis;\nexport { p };`, 'hidden-access'],
  [`const { ...all } = globalThis as any;\nexport const p = all.process;`, 'hidden-access'],
  [`export const p = globalThis.globalThis.process.mainModule;`, 'hidden-access'],
  [`const g = globalThis as any;\nexport const p = g.process;`, 'hidden-access'],
  [`export const e = globalThis.eval('1');`, 'hidden-access'],
  [`export const e = new globalThis.Function('return 1')();`, 'hidden-access'],
  [`export const f = (name: string) => (globalThis as any)[name];`, 'hidden-access'],
  [`export const f = (take: any) => take(globalThis);`, 'hidden-access'],
  [`globalThis.Math = { ...Math };`, 'hidden-access'],
  [`export const v = Object.values(global);`, 'hidden-access'],
  [`export const c = Reflect.get(() => 1, 'constructor');`, 'hidden-access'],
  [`export const p = Reflect.getPrototypeOf([]);`, 'hidden-access'],
  [`export const { get } = Reflect;`, 'hidden-access'],
  [`export const p = Object.getPrototypeOf([]).map;`, 'hidden-access'],
  [`const same = Object.getPrototypeOf;\nexport const p = same([]);`, 'hidden-access'],
  [`export const c = (() => 1).constructor.call(null, 'return 1');`, 'hidden-access'],
  [`export const c = (() => 1).constructor.bind(null, 'return 1');`, 'hidden-access'],
  [`export const c = (() => 1).constructor['apply'](null, ['return 1']);`, 'hidden-access'],
  [`export const c = (() => 1).constructor?.('return 1');`, 'hidden-access'],
  [`export const c = new ((() => 1).constructor as any)('return 1');`, 'hidden-access'],
  [`class A {}\nexport const c = A.prototype.constructor.constructor('return 1');`, 'hidden-access'],
  [`const A = Array;\nA.prototype.map = 1 as any;`, 'hidden-access'],
  [`export const f = (C: any) => { C.prototype.x = 1; };`, 'hidden-access'],
  [`Object.setPrototypeOf([], Array.prototype);`, 'hidden-access'],
  [`delete (String.prototype as any).trim;`, 'hidden-access'],
  [`(Array.prototype as any).constructor = 1;`, 'hidden-access'],
  [`(Array.prototype as any).__proto__ = { sum: 1 };`, 'hidden-access'],
  [`(Object.prototype as any).sum = 1;`, 'hidden-access'],
  [`(Function.prototype as any).sum = 1;`, 'hidden-access'],
  [`(Promise.prototype as any).sum = 1;`, 'hidden-access'],
  [`Object.defineProperty(Array.prototype, '0', { set() {} });`, 'hidden-access'],
  [`(Array.prototype as any)['m' + 'ap'] = 1;`, 'hidden-access'],
  [`const name = 'map';\n(Array.prototype as any)[name] = 1;`, 'hidden-access'],
  [`Object.defineProperties(Array.prototype, { sum: {} });`, 'hidden-access'],
  [`const Array: any = Number;\nArray.prototype.sum = 1;`, 'hidden-access'],
  [`export const p = typeof process === 'object' && process;`, 'process'],
])('a way around in plain code is seen: %s', async (text, rule) => {
  for (const policy of ['plain-numbers', 'no-autodiff'] as const) {
    expect((await rulesIn(text, policy)).join(), policy).toContain(`${rule}:`);
  }
});

test.each([
  [`export const m = tf.serialization.SerializationMap.getMap();`, 'library'],
  [`const { serialization } = tf;\nexport { serialization };`, 'library'],
  [`export const m = (tf.serialization as any)['Serialization' + 'Map'];`, 'library'],
  [`export const m = tf.serialization;`, 'library'],
  [`export const e = tf.env().platform;`, 'library'],
  [`const e = tf.env();\nexport { e };`, 'library'],
  [`export const e = (tf.env as any).get;`, 'library'],
  [`export const e = (name: string) => (tf.env() as any)[name];`, 'library'],
  [`export const f = (m: any) => { m.compile({ optimizer: 'sgd' }); return m.fit(1, 2); };`, 'training'],
  [`export const f = (m: any) => m.optimizer.minimize(() => 1);`, 'training'],
  [`export const f = (m: tf.Sequential) => m.compile({ optimizer: tf.train.sgd(1), loss: 'mse' });`, 'library'],
  [`import * as lines from './lines';\nexport const f = (model: any) => [lines, model.fit(1)];`, 'training'],
  [`function fit(model: any) { return model.fit(1); }\nexport { fit };`, 'training'],
  [`export const f = tf.Sequential.prototype.fit;`, 'training'],
  [`class M extends tf.Sequential {}\nexport const f = (M.prototype as any).fitDataset;`, 'training'],
  [`const engine = tf.engine().gradients;\nexport { engine };`, 'library'],
  [`export const g = (tf.engine() as any).state.activeTape, e = (tf.engine() as any).startTape();`, 'library'],
  [`export const g = Reflect.apply(tf.grad, null, []);`, 'library'],
])('a way around by the library is seen: %s', async (text, rule) => {
  expect((await rulesIn(text, 'no-autodiff')).join()).toContain(`${rule}:`);
});
