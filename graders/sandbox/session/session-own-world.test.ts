/**
 * What breaks because of what a program did to its own world is the program's crash, or breaks nothing: never the grader's
 * trouble, for which a grade would be held.
 */
import { describe, expect, it } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import { isNight } from '../../nightly.testing.ts';
import { ProgramStopped } from '../../stopped.ts';
import { array, sessions } from './session.testing.ts';

const x = array([1, 2, 3, 4], [2, 2]);
const args: Arg[] = [
  x,
  array([1, 2], [2], 'typed'),
  array([1, 2], [1, 2], 'nested'),
  array([1, 2], [2], 'ndarray'),
  { kind: 'record', entries: { a: { kind: 'list', items: [1, 'b'] } } },
  { kind: 'rng', seed: 1, normals: [0.5] },
  { kind: 'bytes', data: new Uint8Array([1, 2]) },
];
const model: Arg = {
  kind: 'network',
  inputShape: [2],
  layers: [{ kind: 'dense', units: 1, weights: [array([1, 2], [2, 1]), array([0])] }],
};

const changes: [string, string][] = [
  ['Math is frozen', `Object.freeze(Math);`],
  ['Math is sealed', `Object.seal(Math);`],
  ['Math.random is its own for good', `Object.defineProperty(Math, 'random', { value: () => 0.5, writable: false, configurable: false });`],
  ['Math.random throws', `Object.defineProperty(Math, 'random', { get() { throw new Error('no'); }, configurable: false });`],
  ['Math is gone', `delete w.Math;`],
  ['Math is another', `w.Math = { sqrt: Math.sqrt };`],
  ['all built-ins are frozen', `for (const k of Reflect.ownKeys(w) as any[]) { const v: any = Reflect.getOwnPropertyDescriptor(w, k)!.value; if (v && v !== w && (typeof v === 'object' || typeof v === 'function')) { Object.freeze(v); if (v.prototype) Object.freeze(v.prototype); } }`],
  ['the global object is frozen', `try { Object.freeze(w); } catch {}`],
  ['the global object takes nothing more', `Object.preventExtensions(w);`],
  ['the global object has another prototype', `try { Object.setPrototypeOf(w, null); } catch {}`],
  ['Object.prototype is frozen', `Object.freeze(Object.prototype);`],
  ['Array.prototype is frozen', `Object.freeze(Array.prototype);`],
  ['Array.prototype has no methods', `for (const k of Reflect.ownKeys(Array.prototype)) Reflect.deleteProperty(Array.prototype, k);`],
  ['Array.prototype has another prototype', `Object.setPrototypeOf(Array.prototype, null);`],
  ['arrays cannot be walked through', `(Array.prototype as any)[Symbol.iterator] = undefined;`],
  ['walks through arrays throw', `(Array.prototype as any)[Symbol.iterator] = () => { throw new Error('no'); };`],
  ['walks through arrays never end', `Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });`],
  ['indices have setters', `Object.defineProperty(Array.prototype, 0, { set() { throw new Error('no'); } });`],
  ['push throws', `Array.prototype.push = () => { throw new Error('no'); };`],
  ['map gives nothing', `(Array.prototype as any).map = () => undefined;`],
  ['Array is another', `w.Array = function () { return {}; };`],
  ['Array.isArray lies', `(Array as any).isArray = () => false;`],
  ['Array.from throws', `Array.from = () => { throw new Error('no'); };`],
  ['Object has no functions', `for (const k of Reflect.ownKeys(Object)) Reflect.deleteProperty(Object, k);`],
  ['Object.prototype has a getter named get', `Object.defineProperty(Object.prototype, 'get', { get: () => () => 1 });`],
  ['Object.prototype has values for descriptors', `for (const k of ['value', 'writable', 'enumerable']) (Object.prototype as any)[k] = 1;`],
  ['Object.prototype is a promise', `(Object.prototype as any).then = (yes: any) => yes(1);`],
  ['Object.prototype becomes a number badly', `Object.prototype.toString = Object.prototype.valueOf = () => { throw new Error('no'); };`],
  ['Reflect is gone', `delete w.Reflect;`],
  ['JSON is another', `w.JSON = { stringify: () => 'x', parse: () => 1 };`],
  ['JSON.stringify is another', `JSON.stringify = () => '{"ok":{}}';`],
  ['Promise is another', `w.Promise = class {};`],
  ['promises never follow', `Promise.prototype.then = function () { return this; } as any;`],
  ['promises throw', `Promise.prototype.then = () => { throw new Error('no'); };`],
  ['promises have no class', `Object.defineProperty(Promise.prototype, 'constructor', { get() { throw new Error('no'); } });`],
  ['Promise.resolve throws', `Promise.resolve = () => { throw new Error('no'); };`],
  ['symbols are gone', `delete w.Symbol;`],
  ['Symbol.iterator cannot be changed, but Symbol can', `w.Symbol = { iterator: 'x' };`],
  ['functions cannot be called by call', `for (const k of ['call', 'apply', 'bind']) delete (Function.prototype as any)[k];`],
  ['functions have another prototype', `Object.setPrototypeOf(Function.prototype, null);`],
  ['instanceof lies', `Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => false });`, ],
  ['Float32Array is another', `w.Float32Array = class {};`],
  ['Float32Array.prototype is frozen', `Object.freeze(Float32Array.prototype); Object.freeze(Object.getPrototypeOf(Float32Array.prototype));`],
  ['typed arrays have no length', `Object.defineProperty(Object.getPrototypeOf(Float32Array.prototype), 'length', { get: () => 0 });`],
  ['typed arrays set nothing', `Object.getPrototypeOf(Float32Array.prototype).set = () => { throw new Error('no'); };`],
  ['typed arrays have no buffer', `Object.defineProperty(Object.getPrototypeOf(Float32Array.prototype), 'buffer', { get() { throw new Error('no'); } });`],
  ['Uint8Array and ArrayBuffer are gone', `delete w.Uint8Array; delete w.ArrayBuffer;`],
  ['maps are empty', `Map.prototype.get = Map.prototype.set = (() => undefined) as any; Map.prototype.has = () => false;`],
  ['weak maps throw', `WeakMap.prototype.get = WeakMap.prototype.set = () => { throw new Error('no'); };`],
  ['Error is another', `w.Error = w.TypeError = class {};`],
  ['stacks throw', `Error.prepareStackTrace = () => { throw new Error('no'); };`],
  ['stacks are no texts', `Error.prepareStackTrace = () => ({ split: 1 }); Error.stackTraceLimit = Infinity;`],
  ['errors cannot be made', `Error.captureStackTrace = () => { throw new Error('no'); }; Object.freeze(Error); Object.freeze(Error.prototype);`],
  ['texts have no methods', `for (const k of ['split', 'slice', 'replace', 'startsWith']) delete (String.prototype as any)[k];`],
  ['regular expressions throw', `RegExp.prototype.exec = () => { throw new Error('no'); };`],
  ['numbers have no methods', `for (const k of Reflect.ownKeys(Number)) Reflect.deleteProperty(Number, k);`],
  ['the clock stands', `Date.now = () => 0; w.performance = { now: () => 0 };`],
  ['timers are gone', `for (const k of ['setTimeout', 'setImmediate', 'queueMicrotask', 'clearTimeout']) delete w[k];`],
  ['the process is gone', `delete w.process; delete w.Buffer; delete w.console;`],
  ['the process is another', `w.process = { on() { throw new Error('no'); }, hrtime() { throw new Error('no'); } };`],
  ['printing throws', `console.log = console.error = console.warn = () => { throw new Error('no'); };`],
  ['texts are not decoded', `delete w.TextDecoder; delete w.TextEncoder; (w.Uint8Array.prototype as any).toString = null;`],
  ['garbage is not collected', `w.FinalizationRegistry = class { register() { throw new Error('no'); } unregister() { throw new Error('no'); } }; w.WeakRef = undefined;`],
  ['generators throw', `Object.getPrototypeOf(function* () {}).prototype.next = () => { throw new Error('no'); };`],
  ['WebAssembly is gone', `delete w.WebAssembly;`],
  ['the state of the library is gone', `delete w._tfengine; delete w._tfGlobals;`],
  ['the library is frozen', `Object.freeze(tf.engine()); Object.freeze(tf.engine().state); Object.freeze(tf.Tensor.prototype); Object.freeze(tf.env());`],
  ['the library has lost its memory', `tf.engine().state.tensorInfo = new WeakMap(); tf.engine().registry = {};`],
  ['the backend has lost its data', `tf.backend().tensorMap = undefined; tf.backend().data = undefined;`],
  ['the library has no kernels', `tf.engine().runKernel = Object.getPrototypeOf(tf.engine()).runKernel = () => { throw new Error('no'); };`],
  ['the environment of the library throws', `tf.env().get = tf.env().getBool = tf.env().getNumber = () => { throw new Error('no'); };`],
  ['the library is disposed of', `tf.engine().reset(); tf.removeBackend('wasm'); tf.removeBackend('cpu');`],
  ['a scope is left open', `tf.engine().startScope(); tf.engine().startScope();`],
  ['all tensors are disposed of', `tf.disposeVariables(); tf.engine().endScope(); try { tf.engine().endScope(); } catch {}`],
]; // prettier-ignore

const open = sessions();

/** What the grader may ask of any program, each once; rejections that blame nobody are the grader's own. */
async function ask(text: string): Promise<string[]> {
  const s = await open(
    `import * as lib from '@tensorflow/tfjs'; const tf: any = lib, w: any = globalThis;
     export function f(...all: any[]) { return { all, made: [[1, 2]], t: typeof 1 }; }
     export async function late() { return 1; }
     export class A { a = 1; *[Symbol.iterator]() { yield 1; yield 2; } run() { return [1, 2]; } }
     export const net = () => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
     export const draw = () => Math.random();
     export const change = () => { ${text} };`,
    { backend: 'wasm' },
  );
  const target = (name: string) => ({ module: 'q.ts', name });
  const ours: string[] = [];
  const blamed = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProgramStopped)) ours.push(`${what}: ${String(error)}`);
      return undefined;
    }
  };
  const before = await s.construct(target('A'), []);
  const handle = (before.value as { id: number }).id;
  await blamed('change', () => s.call(target('change'), []));
  await blamed('seed', () => s.seed(7));
  await blamed('call', () => s.call(target('f'), args, { argsAfter: true }));
  await blamed('call in plain numbers', () => s.call(target('f'), args.slice(1), { policy: 'plain-numbers' }));
  await blamed('call later', () => s.call(target('late'), []));
  await blamed('draw', () => s.call(target('draw'), []));
  await blamed('model', () => s.call(target('f'), [model]));
  await blamed('make', () => s.make({ kind: 'list', items: args }));
  await blamed('construct', () => s.construct(target('A'), args));
  await blamed('get', () => s.get(handle, 'a'));
  await blamed('set', () => s.set(handle, 'a', { kind: 'record', entries: { b: x } }));
  await blamed('take', () => s.take(handle, 2));
  await blamed('method', () => s.call({ handle, method: 'run' }, []));
  await blamed('exports', () => s.exports('q.ts'));
  await blamed('describe', async () => {
    const { value } = await s.call(target('net'), [], { keep: 'handle' });
    return s.describe((value as { id: number }).id);
  });
  await blamed('release', () => s.release(handle));
  return ours;
}

describe('blames nobody but the program where', () => {
  // A process each: by day every third, so that some of every kind are among them.
  it.each(isNight ? changes : changes.filter((_, i) => i % 3 === 0))('%s', async (_, text) => {
    expect(await ask(text)).toEqual([]);
  });
});

it('seeds a program that has frozen Math like any other', async () => {
  const draws = async (text: string) => {
    const s = await open(`${text} export const f = () => [Math.random(), Math.random()];`, { seed: 3 });
    await s.call({ module: 'q.ts', name: 'f' }, []);
    await s.seed(5);
    return (await s.call({ module: 'q.ts', name: 'f' }, [])).value;
  };
  expect(await draws('Object.freeze(Math);')).toEqual(await draws(''));
});
