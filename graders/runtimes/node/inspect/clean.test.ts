import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Policy } from '../../../model/assignment.ts';
import type { SourceFile } from '../../../model/submission.ts';
import type { Inspector } from './inspector.ts';
import { createInspector } from './inspector.ts';

let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

const helper = (path: string, text: string): SourceFile => ({ path, text });

/** Programs as students write them, which keep to the rules of their task. */
const clean: [what: string, policy: Policy, text: string, helpers?: SourceFile[]][] = [
  [
    'tensor operations through the namespace',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     export function grads(model: tf.Sequential, inputs: tf.Tensor3D, yTrue: tf.Tensor2D): [tf.Tensor2D, tf.Tensor1D] {
       return tf.tidy(() => {
         const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense');
         let h = inputs.reshape([inputs.shape[0], -1]);
         for (const layer of dense.slice(0, -1)) h = tf.sigmoid(tf.add(tf.matMul(h, layer.getWeights()[0]!), layer.getWeights()[1]!));
         const [w, b] = dense.at(-1)!.getWeights() as [tf.Tensor2D, tf.Tensor1D];
         const delta = tf.softmax(h.matMul(w).add(b)).sub(yTrue).div(yTrue.shape[0]);
         return [tf.matMul(h, delta, true, false), delta.sum(0)] as [tf.Tensor2D, tf.Tensor1D];
       });
     }`,
  ],
  [
    'named imports',
    'no-autodiff',
    `import { matMul, sub, mean, tidy, type Tensor2D } from '@tensorflow/tfjs';
     export const error = (a: Tensor2D, b: Tensor2D) => tidy(() => mean(sub(matMul(a, b), b)));`,
  ],
  [
    'renamed imports of allowed operations',
    'no-autodiff',
    `import { matMul as dot, softmax as toProbabilities } from '@tensorflow/tfjs';
     export const f = (a: any, b: any) => toProbabilities(dot(a, b));`,
  ],
  [
    'types imported without saying so',
    'no-autodiff',
    `import { Tensor2D, Sequential, Optimizer, Scalar } from '@tensorflow/tfjs';
     export const f = (model: Sequential, x: Tensor2D, unused?: Optimizer): Scalar => model.predict(x) as unknown as Scalar;`,
  ],
  [
    'a type-only namespace',
    'plain-numbers',
    `import type * as tf from '@tensorflow/tfjs';
     export const rows = (x: tf.Tensor2D | number[][]): number => ('shape' in x ? x.shape[0] : x.length);`,
  ],
  [
    'an import used for its types alone',
    'plain-numbers',
    `import * as tf from '@tensorflow/tfjs';
     export const rows = (x: number[][] & tf.TensorLike2D): number => x.length;`,
  ],
  [
    'forbidden names in comments and strings',
    'no-autodiff',
    `// tf.grad would do this: eval(process.env)
     /* model.fit(x, y); require('fs') */
     export const advice = 'never call tf.grad, model.fit or eval("1") here: globalThis.process';
     export const more = \`tf.variableGrads \${1 + 1} constructor __proto__\`;
     export const pattern = /tf\\.grad|eval\\(|process/;`,
  ],
  [
    'a parameter that is called tf',
    'no-autodiff',
    `import { square } from '@tensorflow/tfjs';
     const termFrequency = (tf: Record<string, number>, word: string) => tf[word] ?? 0;
     export const score = (counts: Record<string, number>) => square(termFrequency(counts, 'a'));`,
  ],
  [
    'a local that hides the library',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     export function weights(counts: number[]) {
       const total = tf.tensor1d(counts).sum();
       return counts.map((count) => { const tf = { grad: count / 2 }; return tf.grad + total.dataSync()[0]!; });
     }`,
  ],
  [
    'own names that globals have too',
    'plain-numbers',
    `const process = (x: number) => x * 2;
     function run(self: { value: number }, global: number, window = 3) { return process(self.value) + global + window; }
     export const result = run({ value: 1 }, 2);`,
  ],
  [
    'destructured allowed operations',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     const { matMul, sub, sum: total, 'mean': average } = tf;
     export const f = (a: any, b: any) => average(total(sub(matMul(a, b), a)));`,
  ],
  [
    'chained tensor methods, dispose and keep',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     export async function f(x: tf.Tensor2D) {
       const y = tf.keep(x.sub(1).mul(2).transpose().argMax(-1).asType('float32').expandDims(0).squeeze());
       const values = await y.array();
       y.dispose(); tf.dispose([x]);
       console.log(tf.memory().numTensors, tf.getBackend(), values);
       return values;
     }`,
  ],
  [
    "a class with layers of one's own",
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     abstract class Layer { abstract forward(x: tf.Tensor2D): tf.Tensor2D; name = this.constructor.name; }
     export class Dense extends Layer {
       readonly #w: tf.Variable<tf.Rank.R2>;
       static count = 0;
       constructor(private units: number, inputs = 3) { super(); this.#w = tf.variable(tf.randomNormal([inputs, units])); Dense.count++; }
       get weights() { return this.#w; }
       forward(x: tf.Tensor2D) { return x.matMul(this.#w) as tf.Tensor2D; }
       backward(x: tf.Tensor2D, dy: tf.Tensor2D) { this.#w.assign(this.#w.sub(tf.matMul(x, dy, true).mul(0.1))); return this.units; }
     }`,
  ],
  [
    'a scaler with fit and transform',
    'no-autodiff',
    `export class StandardScaler {
       mean: number[] = [];
       fit(rows: number[][]) { this.mean = rows[0]!.map((_, j) => rows.reduce((s, r) => s + r[j]!, 0) / rows.length); return this; }
       transform(rows: number[][]) { return rows.map((r) => r.map((x, j) => x - this.mean[j]!)); }
     }
     export const scaled = (rows: number[][]) => new StandardScaler().fit(rows).transform(rows);`,
  ],
  [
    'helper files, with and without ending',
    'no-autodiff',
    `import { relu } from './lib/activations';
     /* with its ending */ import { affine } from './lib/affine.ts';
     import { scale } from './lib/scale.js';
     import constants from './constants.json';
     export { relu } from './lib/activations';
     export const f = (x: any) => affine(relu(x)).mul(scale * constants.factor);`,
    [
      helper(
        'lib/activations.ts',
        `import { relu as r, type Tensor } from '@tensorflow/tfjs';\nexport const relu = (x: Tensor) => r(x);`,
      ),
      helper(
        'lib/affine.ts',
        `import * as tf from '@tensorflow/tfjs';\nimport { relu } from './activations.js';\nexport const affine = (x: tf.Tensor) => relu(x).add(1);`,
      ),
      helper('lib/scale.ts', `export const scale = 2;`),
      helper('constants.json', `{ "factor": 2 }`),
    ],
  ],
  [
    'a helper named grads and a field named gradients',
    'no-autodiff',
    `import * as backprop from './backprop';
     export class Net { gradients: number[] = []; grads() { return backprop.grads(this.gradients); } }
     export const train = (net: Net) => { const { gradients, grads } = net; return [gradients, grads]; };`,
    [helper('backprop.ts', `export const grads = (x: number[]) => x.map((v) => 2 * v);\nexport const train = 1;`)],
  ],
  [
    'a type from a file that was not handed in',
    'plain-numbers',
    `import type { Mat } from './arrays';\nimport { Vec } from './arrays';\nexport const f = (m: Mat): Vec => m[0];`,
  ],
  [
    'plain loops over numbers',
    'plain-numbers',
    `export type Mat = number[][];
     export function matmul(a: Mat, b: Mat): Mat {
       const c: Mat = Array.from({ length: a.length }, () => new Array<number>(b[0]!.length).fill(0));
       outer: for (let i = 0; i < a.length; i++) for (let j = 0; j < b[0]!.length; j++) {
         if (a.length === 0) break outer;
         for (let k = 0; k < b.length; k++) c[i]![j]! += a[i]![k]! * b[k]![j]!;
       }
       return c;
     }`,
  ],
  [
    'a table of functions called by name',
    'plain-numbers',
    `const activations: Record<string, (x: number) => number> = { relu: (x) => Math.max(0, x), ['tanh']: Math.tanh };
     export const apply = (name: string, x: number) => { const f = activations[name]; if (!(f instanceof Function)) throw new Error(name); return f(x); };`,
  ],
  [
    'common idioms on objects',
    'plain-numbers',
    `export const has = (o: object, k: string) => Object.prototype.hasOwnProperty.call(o, k);
     export const kinds = (x: object, y: object) => [x.constructor.name, x.constructor === y.constructor, Object.keys(x), Object.entries(y)];
     export const list = (x: ArrayLike<number>) => Array.prototype.slice.call(x);`,
  ],
  [
    'enums, generics, overloads, abstract types and assertions',
    'plain-numbers',
    `enum Mode { Train = 'train', Test = 'test' }
     interface Shape { fit?: boolean; constructor: unknown; process(): void }
     declare const secret: number;
     function pick<T extends { id: string }>(xs: T[], id: string): T | undefined;
     function pick<T extends { id: string }>(xs: T[], id: string, mode?: Mode): T | undefined { void mode; return xs.find((x) => x.id === id); }
     function isShape(x: unknown): x is Shape { return typeof x === 'object'; }
     export default function main(x: unknown) { return isShape(x) ? pick([{ id: 'a' }], 'a', Mode.Test)! : (x as number) satisfies number; }`,
  ],
  [
    'code that runs when started alone',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     export const f = (x: tf.Tensor) => x.relu();
     async function main() { await tf.ready(); f(tf.tensor([1, -1])).print(); }
     if (import.meta.main) main();`,
  ],
  [
    'generators, async loops and data sets',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     function* batches(n: number) { for (let i = 0; i < n; i++) yield { xs: tf.zeros([2, 2]), ys: tf.oneHot([0, 1], 2) }; }
     export const dataset = tf.data.generator(() => batches(3)).shuffle(8).batch(2);
     export async function shapes() { const found: number[][] = []; await dataset.forEachAsync((b: any) => { found.push(b.xs.shape); }); return found; }`,
  ],
  [
    'a model that is built but not trained',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     export function build() {
       const model = tf.sequential();
       model.add(tf.layers.flatten({ inputShape: [28, 28] }));
       model.add(tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) }));
       return model instanceof tf.Sequential ? model : undefined;
     }`,
  ],
  [
    'training where it is allowed',
    'free',
    `import * as tf from '@tensorflow/tfjs';
     export async function train(model: tf.Sequential, x: tf.Tensor, y: tf.Tensor) {
       model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
       const lib = { tf };
       const f = lib.tf.grad((v) => v.square());
       return [await model.fit(x, y, { epochs: 2, callbacks: { onEpochEnd: () => tf.nextFrame() } }), f, Object.getPrototypeOf(model)];
     }`,
  ],
  [
    'the default import',
    'no-autodiff',
    `import tf, { Tensor } from '@tensorflow/tfjs';
     export const f = (x: Tensor) => (x instanceof Tensor ? tf.exp(x) : tf.tensor(x as number));`,
  ],
  [
    'a lazily imported helper',
    'plain-numbers',
    `export const f = async (x: number) => (await import('./slow')).slow(x);`,
    [helper('slow.ts', `export const slow = (x: number) => x + 1;`)],
  ],
  [
    'a decorated and annotated class, labels, getters and symbols',
    'plain-numbers',
    `export class Ring implements Iterable<number> {
       static { Ring.size = 4; }
       static size: number;
       declare kept: string;
       private at = 0;
       get next(): number { return this.at++ % Ring.size; }
       *[Symbol.iterator](): Generator<number> { for (;;) { const n = this.next; if (n === 3) return; yield n; } }
     }
     export const all = [...new Ring()];
     try { JSON.parse('{'); } catch { void 0; }
     switch (all.length) { case 3: { const eval2 = 1; void eval2; break; } default: }`,
  ],
  [
    'modules in the older style of Node',
    'no-autodiff',
    `const tf = require('@tensorflow/tfjs');
     const { matMul, sub: minus } = require('@tensorflow/tfjs');
     const { relu } = require('./lib/relu');
     require('./lib/relu');
     exports.f = (a, b) => relu(matMul(minus(a, b), tf.ones([2, 2])));
     module.exports.g = exports.f;
     if (require.main === module) console.log(exports.f);`,
    [
      helper(
        'lib/relu.ts',
        `import tf = require('@tensorflow/tfjs');\nexport const relu = (x: tf.Tensor) => tf.relu(x);`,
      ),
    ],
  ],
  [
    'what is asked of process, and a backend that is chosen',
    'no-autodiff',
    `import * as tf from '@tensorflow/tfjs';
     process.env['TF_CPP_MIN_LOG_LEVEL'] = '2';
     await tf.setBackend('cpu');
     export const f = (x: tf.Tensor) => { process.stdout.write(process.argv[1] ?? ''); return tf.relu(x); };
     if (process.argv[1]?.endsWith('q1.ts')) f(tf.scalar(1)).print();`,
  ],
  [
    'a byte order of Windows and a hashbang',
    'plain-numbers',
    '#!/usr/bin/env node\r\nexport const double = (x: number): number => {\r\n\treturn 2 * x;\r\n};\r\n',
  ],
];

test.each(clean)('%s is clean', async (_, policy, text, helpers = []) => {
  const inspection = await inspector.inspect({
    files: [{ path: 'q1.ts', text }, ...helpers],
    module: 'q1.ts',
    policy,
    imports: ['@tensorflow/tfjs'],
    given: [],
  });
  expect(inspection.breaches).toEqual([]);
  expect(inspection.syntax).toBeUndefined();
  expect(inspection.modules.map((module) => module.path).sort()).toEqual(
    ['q1.ts', ...helpers.map((h) => h.path)].sort(),
  );
});
