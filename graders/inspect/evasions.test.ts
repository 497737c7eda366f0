import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Policy, SourceFile } from '../model.ts';
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
    imports: ['@tensorflow/tfjs', '@tensorflow/tfjs-node'],
    given: [],
  });
  expect(syntax).toBeUndefined();
  return breaches.map((breach) => breach.rule);
}

/** Ways to differentiate automatically, or to get at what does, in a task where that is forbidden. */
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
  ['a name made at run time', `${asTf}export const g = (name: string) => (tf as any)[name];`, 'namespace'],
  ['escape sequences', `${asTf}export const g = tf.gr\\u0061d;`, 'library'],
  ['an alias', `${asTf}const lib = tf;\nexport const g = lib.grad;`, 'namespace'],
  ['an alias by assignment', `${asTf}let lib: any;\nlib = tf;\nexport const g = lib.grad;`, 'namespace'],
  ['destructuring', `${asTf}const { grad } = tf;\nexport const g = grad;`, 'library'],
  ['renaming destructuring', `${asTf}const { 'grad': g } = tf;\nexport { g };`, 'library'],
  ['computed destructuring', `${asTf}const { ['gr' + 'ad']: g } = tf as any;\nexport { g };`, 'library'],
  [
    'the rest of a destructuring',
    `${asTf}const { add, ...rest } = tf;\nexport const g = (rest as any).grad;`,
    'namespace',
  ],
  ['destructuring by assignment', `${asTf}let grad: any;\n({ grad } = tf);\nexport { grad };`, 'namespace'],
  ['destructuring a default', `${asTf}export function f({ grad } = tf) { return grad; }`, 'namespace'],
  ['an argument', `${asTf}const take = (lib: any) => lib.grad;\nexport const g = take(tf);`, 'namespace'],
  ['a return value', `${asTf}const lib = () => tf;\nexport const g = (lib() as any).grad;`, 'namespace'],
  ['a spread', `${asTf}const lib: any = { ...tf };\nexport const g = lib.grad;`, 'namespace'],
  ['a shorthand property', `${asTf}const box: any = { tf };\nexport const g = box.tf.grad;`, 'namespace'],
  ['an array', `${asTf}const [lib] = [tf] as any[];\nexport const g = lib.grad;`, 'namespace'],
  ['Object.entries', `${asTf}export const g = Object.entries(tf).find(([k]) => k.length === 4);`, 'namespace'],
  ['for … in', `${asTf}export const names: string[] = [];\nfor (const k in tf) names.push(k);`, 'namespace'],
  ['a conditional', `${asTf}export const g = (true ? tf : null)!.grad;`, 'namespace'],
  ['a comma', `${asTf}export const g = (0, tf).grad;`, 'namespace'],
  ['a class field', `${asTf}class A { lib = tf; }\nexport const g = new A().lib.grad;`, 'namespace'],
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
  ['a re-export of all', `export * from '@tensorflow/tfjs';`, 'namespace'],
  ['a re-export of all by name', `export * as lib from '@tensorflow/tfjs';`, 'namespace'],
  ['an export of the namespace', `${asTf}export { tf as lib };`, 'namespace'],
  ['a default export of it', `${asTf}export default tf;`, 'namespace'],
  ['a dynamic import', `export const g = async () => (await import('@tensorflow/tfjs')).grad;`, 'namespace'],
  ['a required library', `const tf = require('@tensorflow/tfjs');\nexport const g = tf.grad((x) => x);`, 'library'],
  ['a required name', `const { grad: g } = require('@tensorflow/tfjs');\nexport { g };`, 'library'],
  [
    'all that is required',
    `const { add, ...all } = require('@tensorflow/tfjs');\nexport const g = all.grad;`,
    'namespace',
  ],
  ['a required library passed on', `const lib = { tf: require('@tensorflow/tfjs') };\nexport { lib };`, 'namespace'],
  ['a required library taken at once', `export const g = require('@tensorflow/tfjs').grad;`, 'namespace'],
  [
    'a required library, assigned',
    `let tf: any;\ntf = require('@tensorflow/tfjs');\nexport const g = tf.grad;`,
    'namespace',
  ],
  [
    'a required library with another name',
    `const tf = require('@tensorflow/tfjs');\nconst t = tf;\nexport const g = t.grad;`,
    'namespace',
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
  ['require', `export const fs = require('node:fs');`, 'import', ['free', 'plain-numbers']],
  ['a renamed require', `const r = require;\nexport const fs = r('node:fs');`, 'import', ['free']],
  ['a computed require', `export const f = (name: string) => require(name);`, 'import', ['free']],
  ['require of a missing file', `export const x = require('./nowhere');`, 'missing-file', ['free']],
  ['module.require', `declare const module: any;\nexport const fs = module.require('node:fs');`, 'import', ['free']],
  ['import equals', `import fs = require('node:fs');\nexport const x = fs;`, 'import', ['free', 'plain-numbers']],
  ['a foreign import', `import fs from 'node:fs';\nexport const x = fs;`, 'import', ['free', 'plain-numbers']],
  ['a bare import', `import 'node:fs';\nexport {};`, 'import', ['free']],
  [
    'createRequire',
    `import { createRequire } from 'node:module';\nexport const r = createRequire('/');`,
    'import',
    ['free'],
  ],
  [
    'a deep import',
    `import * as core from '@tensorflow/tfjs/dist/index.js';\nexport const x = core;`,
    'import',
    ['free'],
  ],
  [
    'a neighbouring package',
    `import * as core from '@tensorflow/tfjs-core';\nexport const x = core.grad;`,
    'import',
    ['free', 'no-autodiff'],
  ],
  ['an absolute import', `import x from '/etc/passwd';\nexport { x };`, 'import', ['free']],
  ['a URL', `export const x = import('data:text/javascript,1');`, 'import', ['free']],
  ['a re-export of what is foreign', `export * from 'node:fs';`, 'import', ['free']],
  [
    'a computed import',
    `export const x = (name: string) => import(name);`,
    'computed-import',
    ['free', 'plain-numbers'],
  ],
  ['an import in pieces', `export const x = import('node' + ':fs');`, 'import', ['free']],
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
  const helper = { path: 'helper.js', text: `import fs from 'node:fs';` };
  expect(await rulesIn(`import './helper.js';\nexport {};`, 'free', [helper])).toEqual(['import']);
});

test("a method of one's own does not excuse the library", async () => {
  const text = `${asTf}class Scaler { fit() {} }\nnew Scaler().fit();\nexport const g = tf.grad;`;
  expect(await rulesIn(text, 'no-autodiff')).toEqual(['library']);
});
