import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Policy } from '../../../model/assignment.ts';
import type { SourceFile } from '../../../model/submission.ts';
import { tensorPackages } from '../language/program-files.ts';
import type { Inspector } from './inspector.ts';
import { createInspector } from './inspector.ts';

let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

const asTf = `import * as tf from '@tensorflow/tfjs';\n`;

async function rulesIn(text: string, policy: Policy, helpers: SourceFile[] = []): Promise<string[]> {
  const { breaches, syntax } = await inspector.inspect({
    files: [{ path: 'q1.ts', text }, ...helpers],
    module: 'q1.ts',
    policy,
    imports: tensorPackages,
    given: [],
  });
  expect(syntax).toBeUndefined();
  return breaches.map((breach) => breach.rule);
}

/** Ways to differentiate automatically that the text shows; the others are seen when they run (session-hidden.test.ts). */
test.each<[what: string, text: string, rule: string]>([
  ['the call itself', `${asTf}export const g = tf.grad((x) => x.square());`, 'library'],
  ['several gradients', `${asTf}export const g = tf.valueAndGrads((a, b) => a.mul(b));`, 'library'],
  ['gradients of variables', `${asTf}export const g = () => tf.variableGrads(() => tf.scalar(1));`, 'library'],
  ['a custom gradient', `${asTf}export const g = tf.customGrad((x) => x);`, 'library'],
  ['a named import', `import { grad } from '@tensorflow/tfjs';\nexport const g = grad((x) => x);`, 'library'],
  [
    'a renamed import',
    `import { grad as helper } from '@tensorflow/tfjs';\nexport const g = helper((x) => x);`,
    'library',
  ],
  [
    'a quoted import',
    `import { 'grad' as helper } from '@tensorflow/tfjs';\nexport const g = helper((x) => x);`,
    'library',
  ],
  ['the default import', `import tf from '@tensorflow/tfjs';\nexport const g = tf.grad((x) => x);`, 'library'],
  [
    'the default by name',
    `import { default as t } from '@tensorflow/tfjs';\nexport const g = t.grads((x) => x);`,
    'library',
  ],
  ['an optional chain', `${asTf}export const g = tf?.grad((x) => x);`, 'library'],
  ['a non-null mark', `${asTf}export const g = tf!.grad((x) => x);`, 'library'],
  ['a cast', `${asTf}export const g = (tf as any).grad((x: any) => x);`, 'library'],
  ['an old cast', `${asTf}export const g = (<any>tf).grad((x: any) => x);`, 'library'],
  ['satisfies', `${asTf}export const g = (tf satisfies object as any).grad;`, 'library'],
  ['brackets', `${asTf}export const g = tf['grad'];`, 'library'],
  ['a template in brackets', `${asTf}export const g = tf[\`grad\`];`, 'library'],
  ['a name in pieces', `${asTf}export const g = (tf as any)['gr' + 'ad'];`, 'library'],
  [
    'a constant in pieces',
    `${asTf}const a = 'gr';\nconst b = \`\${a}ad\`;\nexport const g = (tf as any)[b];`,
    'library',
  ],
  ['escape sequences', `${asTf}export const g = tf.gr\\u0061d;`, 'library'],
  ['an alias', `${asTf}const lib = tf;\nexport const g = lib.grad;`, 'library'],
  ['an alias of an alias', `${asTf}const a = tf as any, lib = (a);\nexport const g = lib!.grads;`, 'library'],
  ['an alias taken apart', `${asTf}const lib = tf;\nconst { grad: g } = lib;\nexport { g };`, 'library'],
  ['the engine of an alias', `${asTf}const lib = tf;\nexport const g = lib.engine().startTape();`, 'library'],
  ['a neighbouring package', `import * as core from '@tensorflow/tfjs-core';\nexport const g = core.grad;`, 'library'],
  [
    'a package by its path',
    `import { grad } from '@tensorflow/tfjs-core/dist/gradients';\nexport { grad };`,
    'library',
  ],
  ['destructuring', `${asTf}const { grad } = tf;\nexport const g = grad;`, 'library'],
  ['renaming destructuring', `${asTf}const { 'grad': g } = tf;\nexport { g };`, 'library'],
  ['computed destructuring', `${asTf}const { ['gr' + 'ad']: g } = tf as any;\nexport { g };`, 'library'],
  ['valueOf', `${asTf}export const g = (tf as any).valueOf().grad;`, 'library'],
  ['changing the library', `${asTf}(tf as any).matMul = () => 1;\nexport {};`, 'namespace'],
  ['the engine', `${asTf}export const g = tf.engine().gradients;`, 'library'],
  ['the environment', `${asTf}export const e = tf.env().global;`, 'library'],
  ['the registry', `${asTf}export const g = tf.getGradient('MatMul');`, 'library'],
  ['another backend', `${asTf}export const ready = tf.registerBackend('mine', () => null as any);`, 'library'],
  ['an optimiser', `${asTf}export const step = () => tf.train.sgd(0.1);`, 'library'],
  [
    'an optimiser taken',
    `import { train } from '@tensorflow/tfjs';\nexport const step = () => train.adam(0.1);`,
    'library',
  ],
  ['minimize', `export const step = (optimizer: any) => optimizer.minimize(() => 1);`, 'training'],
  ['fit', `export const step = (model: any) => model.fit(1, 2);`, 'training'],
  ['fit in brackets', `export const step = (model: any) => model['fi' + 't'](1, 2);`, 'training'],
  ['fit taken out', `export const step = ({ fit }: any) => fit(1, 2);`, 'training'],
  ['trainOnBatch', `export const step = (model: any) => model?.trainOnBatch(1, 2);`, 'training'],
  ['the step of a model', `export const step = (model: any) => model.makeTrainFunction();`, 'training'],
  ['a re-export', `export { grad } from '@tensorflow/tfjs';`, 'library'],
  ['a required library', `const tf = require('@tensorflow/tfjs');\nexport const g = tf.grad((x) => x);`, 'library'],
  ['a required name', `const { grad: g } = require('@tensorflow/tfjs');\nexport { g };`, 'library'],
  [
    'a required library with another name',
    `const tf = require('@tensorflow/tfjs');\nconst t = tf;\nexport const g = t.grad;`,
    'library',
  ],
  ['import equals', `import tf = require('@tensorflow/tfjs');\nexport const g = tf.grad((x) => x);`, 'library'],
  [
    'the package for Node',
    `import * as tf from '@tensorflow/tfjs-node';\nexport const g = tf.grad((x) => x);`,
    'library',
  ],
  ['saving and loading', `${asTf}export const m = () => tf.loadLayersModel('file://m.json');`, 'library'],
])('automatic differentiation by %s is seen', async (_, text, rule) => {
  expect(await rulesIn(text, 'no-autodiff')).toContain(rule);
});

/** Ways out of the module, under the policy that says most and under the one that says least. */
test.each<[what: string, text: string, rule: string, policies: Policy[]]>([
  ['eval', `export const x = eval('1');`, 'code-from-text', ['free', 'plain-numbers', 'no-autodiff']],
  ['indirect eval', `export const x = (0, eval)('1');`, 'code-from-text', ['free', 'plain-numbers']],
  ['a renamed eval', `const e = eval;\nexport const x = e('1');`, 'code-from-text', ['free', 'plain-numbers']],
  ['new Function', `export const x = new Function('return 1')();`, 'code-from-text', ['free', 'plain-numbers']],
  ['a declared eval', `declare const eval: any;\nexport const x = eval('1');`, 'code-from-text', ['free']],
  [
    'a typed-away eval',
    `import type eval2 from './types';\ninterface process { kill(): void }\nexport const x = process.kill();`,
    'process',
    ['free'],
  ],
  [
    'a type import called process',
    `import { type process } from './types';\nexport const x = process;`,
    'process',
    ['free'],
  ],
  ['an overload without body', `declare function process(): void;\nexport const x = process;`, 'process', ['free']],
  [
    'an empty namespace',
    `namespace process { export type A = 1 }\nexport const x = process.binding;`,
    'process',
    ['free'],
  ],
  ['a name hidden elsewhere', `{ const process = 1; void process; }\nexport const x = process;`, 'process', ['free']],
  [
    'a var of another function',
    `function f() { var process = 1; return process; }\nexport const x = [f, process];`,
    'process',
    ['free'],
  ],
  ['process', `export const x = process.getBuiltinModule('fs');`, 'process', ['free', 'plain-numbers']],
  ['process in brackets', `export const x = process['env'];`, 'process', ['free']],
  ['process passed on', `export const x = [process];`, 'process', ['free']],
  ['a renamed require', `const r = require;\nexport const fs = r('node:fs');`, 'import', ['free']],
  ['a computed require', `export const f = (name: string) => require(name);`, 'import', ['free']],
  ['require of a missing file', `export const x = require('./nowhere');`, 'missing-file', ['free']],
  ['module.require', `declare const module: any;\nexport const fs = module.require('node:fs');`, 'import', ['free']],
  [
    'a computed import',
    `export const x = (name: string) => import(name);`,
    'computed-import',
    ['free', 'plain-numbers'],
  ],
  ['a missing file', `import { a } from './nowhere';\nexport const x = a;`, 'missing-file', ['free']],
  ['a file above the root', `import { a } from '../../key';\nexport const x = a;`, 'missing-file', ['free']],
  ['globalThis', `export const x = (globalThis as any).process;`, 'hidden-access', ['plain-numbers', 'no-autodiff']],
  ['global', `export const x = (global as any)['pro' + 'cess'];`, 'hidden-access', ['plain-numbers']],
  ['Reflect', `export const x = Reflect.get({}, 'a');`, 'hidden-access', ['plain-numbers']],
  [
    'the constructor of a function',
    `export const x = (() => 1).constructor('return 1')();`,
    'hidden-access',
    ['plain-numbers', 'no-autodiff'],
  ],
  ['a constructor in pieces', `export const x = ([] as any)['constr' + 'uctor'];`, 'hidden-access', ['plain-numbers']],
  ['a constructor taken out', `const { constructor: F } = () => 1;\nexport { F };`, 'hidden-access', ['plain-numbers']],
  ['__proto__', `export const x = ({} as any).__proto__;`, 'hidden-access', ['plain-numbers']],
  ['__proto__ in an object', `export const x = { __proto__: null };`, 'hidden-access', ['plain-numbers']],
  ['prototype', `export const x = (Array.prototype.map = 1 as any);`, 'hidden-access', ['plain-numbers']],
  ['getPrototypeOf', `export const x = Object.getPrototypeOf([]);`, 'hidden-access', ['plain-numbers']],
  [
    'defineProperty',
    `export const x = Object.defineProperty(Array.prototype, 'map', {});`,
    'hidden-access',
    ['plain-numbers'],
  ],
  [
    'import.meta.resolve',
    `export const x = (import.meta as any).resolve('node:fs');`,
    'import-meta',
    ['plain-numbers'],
  ],
  ['import.meta in brackets', `export const x = (import.meta as any)['resolve'];`, 'import-meta', ['plain-numbers']],
  ['the library among plain numbers', `${asTf}export const x = tf.tensor([1]);`, 'library', ['plain-numbers']],
  ['the library, imported late', `export const x = import('@tensorflow/tfjs');`, 'library', ['plain-numbers']],
])('a way out by %s is seen', async (_, text, rule, policies) => {
  for (const policy of policies) expect(await rulesIn(text, policy), policy).toContain(rule);
});

test('a helper file cannot do what the module may not', async () => {
  const helper = { path: 'lib/helper.ts', text: `${asTf}export const slope = tf.grad;` };
  expect(
    await rulesIn(`import { slope } from './lib/helper';\nexport const g = slope;`, 'no-autodiff', [helper]),
  ).toEqual(['library']);
});

test('a helper in JavaScript is judged even when nothing of it is used', async () => {
  const helper = { path: 'helper.js', text: `export const x = eval('1');` };
  expect(await rulesIn(`import './helper.js';\nexport {};`, 'free', [helper])).toEqual(['code-from-text']);
});

test("a method of one's own does not excuse the library", async () => {
  const text = `${asTf}class Scaler { fit() {} }\nnew Scaler().fit();\nexport const g = tf.grad;`;
  expect(await rulesIn(text, 'no-autodiff')).toEqual(['library']);
});
