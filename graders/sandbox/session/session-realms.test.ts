/**
 * Nothing of the guest's realm is ever in the hands of a student's program: whatever the engine makes on the way of a call, a
 * read or a conversion is of the program's own realm. Each program below gets hold of all it can and tells what was foreign.
 */
import { describe, expect, it } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import { array, idOf, sessions, sharedSession } from './session.testing.ts';
import type { Session } from './session.ts';

const x = array([1, 2, 3, 4], [2, 2]);
const model: Arg = {
  kind: 'network',
  inputShape: [2],
  layers: [{ kind: 'dense', units: 1, weights: [array([1, 2], [2, 1]), array([0])] }],
};

/** What every program starts with: `see` notes what is not of its realm, `spy` is a function that no caller can hide from. */
const prelude = `
  import * as lib from '@tensorflow/tfjs';
  const tf: any = lib;
  const mine = Object.prototype, found: string[] = [];
  const note = found.push.bind(found), chain = mine.isPrototypeOf, call = Reflect.apply;
  const see = (what: string, it: any) => {
    if (it === null || (typeof it !== 'object' && typeof it !== 'function')) return it;
    if (it !== mine && !call(chain, mine, [it])) note(what);
    return it;
  };
  const list = (what: string, all: any) => { see(what + ' list', all); for (let i = 0; i < all.length; i++) see(what + ' ' + i, all[i]); };
  const spy = (what: string, f: any = () => undefined): any => new Proxy(function () {}, {
    apply(_: any, self: any, all: any) { see(what + ' this', self); list(what, all); return call(f, self, all); },
    construct(_: any, all: any) { list(what, all); return f(...all) ?? {}; },
  });
  const traps: any = new Proxy({}, { get: (_, trap: string) => spy('trap ' + trap, (Reflect as any)[trap]) });
  const proxied = (it: any): any => new Proxy(it, traps);
  export const told = () => found.length + ' ' + found.join(', ');
  const old: any = { map: Array.prototype.map, stringify: JSON.stringify };
`;

type Act = (s: Session, module: string) => Promise<unknown>;
const call: (...args: Arg[]) => Act =
  (...args) =>
  (s, module) =>
    s.call({ module, name: 'f' }, args);
const kept = async (s: Session, module: string) => {
  const { value } = await s.call({ module, name: 'f' }, [], { keep: 'handle' });
  return idOf(value);
};

/** How a program waits for something of the guest's, and what the grader does. */
const ways: [string, string, Act?][] = [
  ['the trap of a call', `export const f = spy('call');`, call(x, 1)],
  ['the trap of a construction', `export const f = spy('new');`, (s, module) => s.construct({ module, name: 'f' }, [x])],
  ['all traps of a result', `export const f = () => proxied({ a: [1], b: {} });`],
  ['all traps of a list', `export const f = () => proxied([1, 2, proxied([3])]);`],
  ['all traps of what is thrown', `export const f = () => { throw proxied(new Error('x')); };`],
  ['all traps of exports', `module.exports = Object.assign(proxied({ f: () => 1, told }), {});`],
  ['all traps of a class', `export const f = proxied(class A { a = 1; });`, (s, module) => s.construct({ module, name: 'f' }, [])],
  ['a getter', `export const f = () => Object.defineProperty({}, 'a', { enumerable: true, get: spy('getter') });`],
  ['getters of a class', `class A {} Object.defineProperty(A.prototype, 'a', { get: spy('getter') }); export const f = () => new A();`],
  ['a getter in an array', `export const f = () => Object.defineProperty([1, 2], 0, { enumerable: true, get: spy('item') });`],
  ['a getter of exports', `Object.defineProperty(exports, 'f', { enumerable: true, get: spy('export', () => () => 1) });`],
  ['a setter', `export const f = () => Object.defineProperty({}, 'a', { set: spy('setter') });`, async (s, m) => s.set(await kept(s, m), 'a', { kind: 'list', items: [x] })],
  ['the trap of a set', `export const f = () => proxied({});`, async (s, m) => s.set(await kept(s, m), 'a', { kind: 'record', entries: { b: x } })],
  ['a method', `export const f = () => ({ run: spy('method') });`, async (s, m) => s.call({ handle: await kept(s, m), method: 'run' }, [x])],
  ['a thenable', `export const f = () => ({ then: (...all: any[]) => { list('then', all); all[0](1); } });`],
  ['a thenable by a proxy', `export const f = () => ({ then: spy('then', (yes: any) => yes(1)) });`],
  ['a thenable that is one the second time', `export const f = () => { let n = 0; return { get then() { return ++n > 1 ? spy('then', (yes: any) => yes(1)) : undefined; }, a: 1 }; };`],
  ['a thenable of exports', `export const f = () => 1; export const then = (...all: any[]) => { list('then', all); all[0]({ f }); };`],
  ['a species of promises', `class P extends Promise<any> { constructor(...all: any[]) { list('species', all); super(all[0]); } } export const f = () => P.resolve(1);`],
  ['an iterator', `export const f = () => ({ [Symbol.iterator]: spy('iterator', () => ({ next: spy('next', () => ({ done: false, value: proxied({}) })), return: spy('return') })) });`, async (s, m) => s.take(await kept(s, m), 3)],
  ['an asynchronous iterator', `export const f = () => ({ [Symbol.asyncIterator]: spy('iterator', () => ({ next: spy('next', () => ({ then: spy('then', (yes: any) => yes(proxied({ done: false }))) })) })) });`, async (s, m) => s.take(await kept(s, m), 3)],
  ['numbers that are none yet', `export const f = (rng: any) => { for (const k of ['uniform', 'normal', 'integer', 'permutation']) rng[k]({ [Symbol.toPrimitive]: spy('number', () => 2) }); return 1; };`, call({ kind: 'rng', seed: 1 })],
  ['a name of a module that is none yet', `export const f = () => { try { (require as any)({ [Symbol.toPrimitive]: spy('name', () => './a') }); } catch (e) { see('error', e); } return 1; };`],
  ['a name in a class', `export const f = () => { class A {} Object.defineProperty(A, 'name', { get: spy('name', () => ({ toString: spy('text') })) }); return new A(); };`],
  ['a matrix that converts itself', `export const f = () => ({ isMatrix: true, toArray: spy('toArray', () => [[1]]), get shape() { return proxied([1]); }, data: proxied([1]) });`],
  ['a tensor with parts of its own', `export const f = () => { const t = tf.ones([2]); for (const k of ['shape', 'dtype', 'isDisposed']) { const was = t[k]; Object.defineProperty(t, k, { get: spy(k, () => was) }); } return t; };`],
  ['a model that describes itself', `export const f = () => { const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }); for (const k of ['getClassName', 'countParams']) m[k] = spy(k, () => ({ toString: spy('text') })); m.layers[0].getConfig = spy('config', () => proxied({})); m.loss = proxied(function () {}); return m; };`, async (s, m) => s.describe(await kept(s, m))],
  ['what a borrowed kernel gives', `export const f = () => { const { kernelFunc } = tf.getKernel('Einsum', tf.getBackend()); const y = tf.ones([2, 2]); const out = kernelFunc({ inputs: [y, y], attrs: { equation: 'ij,jk->ik' }, backend: tf.backend() }); see('result', out); for (const k of ['dataId', 'shape', 'dtype']) see(k, out[k]); return 1; };`],
]; // prettier-ignore

/** Those that change what all modules of a process share, or its listeners, have a process each. */
const changes: [string, string, Act?][] = [
  ['a getter on the prototype of arrays', `export const f = () => { Object.defineProperty(Array.prototype, 0, { configurable: true, get: spy('hole') }); return [, 2]; };`],
  ['a patched Promise.prototype.then', `const then = Promise.prototype.then; Promise.prototype.then = function (...all: any[]) { list('then', all); return call(then, this, all); }; export const f = async () => 1;`],
  ['a patched class of promises', `Object.defineProperty(Promise.prototype, 'constructor', { get: spy('class', () => spy('class')) }); export const f = async () => 1;`],
  ['a patched iterator of arrays', `Array.prototype[Symbol.iterator] = spy('iterator', Array.prototype[Symbol.iterator]); export const f = (...all: any[]) => all[0];`, call({ kind: 'list', items: [x] })],
  ['patched methods of arrays', `for (const k of ['map', 'push', 'forEach', 'slice', 'concat', 'filter', 'entries', 'values']) (Array.prototype as any)[k] = spy(k, (Array.prototype as any)[k]); export const f = (a: any) => a;`, call(x)],
  ['a setter on the prototype of arrays', `Object.defineProperty(Array.prototype, 0, { configurable: true, set: spy('index') }); export const f = (...all: any[]) => 1;`, call(x, 1)],
  ['setters on the prototype of all', `export const f = () => 1; const own = { f, told }; module.exports = own; for (const k of ['value', 'writable', 'a', 'set', 'get']) Object.defineProperty(Object.prototype, k, { __proto__: null, configurable: true, set: spy(k), get: spy(k) } as any);`, call({ kind: 'record', entries: { a: x } })],
  ['a patched JSON', `JSON.stringify = spy('stringify', old.stringify); JSON.parse = spy('parse', JSON.parse); export const f = () => 1;`],
  ['a patched Reflect and Object', `for (const o of [Reflect, Object] as any[]) for (const k of Reflect.ownKeys(o)) if (typeof o[k] === 'function' && k !== 'prototype') { const was = o[k]; o[k] = spy(String(k), was); } export const f = () => ({ a: 1 });`, call(x)],
  ['a patched Function.prototype.call', `const { call: c, apply: a, bind: b } = Function.prototype; Object.assign(Function.prototype, { call: spy('call', c), apply: spy('apply', a), bind: spy('bind', b) }); export const f = () => 1;`, call(x)],
  ['stacks of errors', `Error.prepareStackTrace = (error, sites) => { see('error', error); list('sites', sites); for (const s of sites) { see('this', s.getThis()); see('function', s.getFunction()); } return ''; }; export const f = () => { throw new TypeError('x'); };`],
  ['stacks of errors of the guest', `Error.prepareStackTrace = (error, sites) => { see('error', error); list('sites', sites); return ''; }; export const f = () => { throw Object.create(null, { stack: { get() { return null!.x; } } }); };`],
  ['a stack that overflows inside', `export const f = (rng: any) => { const dive = () => { try { rng.normal(); dive(); } catch (e) { see('overflow', e); } }; dive(); return 1; };`, call({ kind: 'rng', seed: 1 })],
  ['a stack that overflows in a stand-in', `import * as m from 'left-pad'; export const f = () => { const dive = () => { try { (m as any).a; dive(); } catch (e) { see('overflow', e); } try { (m as any)(); } catch (e) { see('thrown', e); } }; dive(); return 1; };`],
  ['a patched dataSync', `tf.Tensor.prototype.dataSync = spy('dataSync', tf.Tensor.prototype.dataSync); export const f = (t: any) => t;`, call(x)],
  ['patched layers', `tf.Sequential.prototype.add = spy('add', tf.Sequential.prototype.add); const { setWeights } = tf.layers.Layer.prototype; tf.layers.Layer.prototype.setWeights = spy('setWeights', setWeights); export const f = (m: any) => 1;`, call(model)],
  ['a patched engine', `const e = tf.engine(), p = Object.getPrototypeOf(e); for (const k of ['runKernel', 'makeTensor', 'trackTensor', 'disposeTensor']) p[k] = spy(k, p[k]); export const f = (t: any) => t;`, async (s, m) => { await s.call({ module: m, name: 'f' }, [x]); await s.call({ module: m, name: 'f' }, [1], { policy: 'plain-numbers' }); }],
  ['borrowed kernels', `export const f = () => { const map = Array.prototype.map; (Array.prototype as any).map = function (...all: any[]) { list('map', all); return call(map, this, all); }; const y = tf.ones([2, 2]); try { for (const { kernelFunc } of tf.getKernelsForBackend(tf.getBackend())) see('kernel', kernelFunc); return list('out', [tf.einsum('ij,jk->ik', y, y)]); } finally { Array.prototype.map = map; } };`],
  ['what waits beside it', `export const f = () => { const a: any = setImmediate(() => { let n: any = a; for (let i = 0; i < 5 && n; i++, n = n._idleNext) { see('immediate', n._onImmediate); } for (n = a, i = 0; i < 5 && n; i++, n = n._idlePrev) see('immediate', n._onImmediate); }); let i = 0; const look = (n: any, k: string) => { for (let j = 0; j < 9 && n; j++, n = n[k]) see('waits', n._onImmediate); }; setImmediate(() => { look(a, '_idleNext'); look(a, '_idlePrev'); }); return new Promise((yes) => setImmediate(() => setImmediate(yes))); };`],
  ['listeners of the process', `const p: any = globalThis['pro' + 'cess' as never]; export const f = () => { see('process', p); see('on', p.on('exit', spy('exit'))); for (const k of ['uncaughtException', 'unhandledRejection']) { p.on(k, spy(k)); list(k, p.listeners?.(k) ?? []); } Promise.reject(proxied({})); return new Promise((yes) => setTimeout(yes, 5)); };`],
]; // prettier-ignore

describe('nothing of the guest is handed out by', () => {
  const modules = Object.fromEntries(ways.map(([name, text]) => [`${name}.ts`, prelude + text]));
  const session = sharedSession(modules, { backend: 'wasm' });
  const tellsOfNothing = async (s: Session, module: string, act: Act = call()) => {
    await act(s, module).catch((error: unknown) => expect(error).toHaveProperty('kind'));
    expect((await s.call({ module, name: 'told' }, [])).value).toBe('0 ');
  };

  it.each(ways)('%s', (name, _, act) => tellsOfNothing(session(), `${name}.ts`, act));

  it.each(changes)('%s', async (_, text, act) =>
    tellsOfNothing(await open(prelude + text, { backend: 'wasm' }), 'q.ts', act),
  );
});

const open = sessions();

describe("Node's own process is not in the hands of", () => {
  const hunt = (text: string) => `const found: string[] = [], look = (what: string, it: any) => { if (it?.getBuiltinModule !== undefined && it !== process) found.push(what); };
    export const f = async () => { ${text}
      new (Buffer as any)(1); setTimeout(() => 0, NaN); process.nextTick(() => { throw new Error('late'); });
      await new Promise((yes) => setTimeout(yes, 20)); return found.join(); };`; // prettier-ignore
  it.each([
    ['a getter of all objects', `for (const k of ['noDeprecation', 'traceDeprecation', 'domain']) Object.defineProperty(Object.prototype, k, { get() { look(k, this); return undefined; } });`],
    ['what calls all functions', `Function.prototype.apply = function (this: any, it: any, all: any) { look('apply', it); return Reflect.apply(this, it, all); };`],
  ])('%s', async (_, text) => {
    const s = await open(hunt(text), { imports: [] });
    expect((await s.call({ module: 'q.ts', name: 'f' }, [])).value).toBe('');
  }); // prettier-ignore
});

it("Node's loader of modules is not in the hands of whoever looks at what is made of a clone", async () => {
  const s = await open(
    `export const f = () => {
      const [clone, read] = ['clone', 'deserialize'].map((k) => Object.getOwnPropertySymbols(DOMException.prototype).find((s) => String(s).includes(k))!);
      const found: string[] = [];
      try { Object.defineProperty(Object.prototype, read!, { value: () => undefined }); } catch {}
      Object.defineProperty(Object.prototype, 'filename', { configurable: true, set() { found.push(typeof this.constructor._load); } });
      const blob = Object.defineProperty(new DOMException(), clone!, { value: () => ({ data: {}, deserializeInfo: 'module:Module' }) });
      try { return Object.keys(structuredClone(blob)).length + ' fields, ' + found.join(); } catch (e) { return found.join() + String(e); }
    };`,
    { imports: [] },
  );
  const { value } = await s.call({ module: 'q.ts', name: 'f' }, []);
  expect(value).toBe('0 fields, ');
});

it("Node's maker of threads is not in the hands of whoever looks at what is asked of it", async () => {
  const s = await open(
    `export const f = async () => {
      const found: string[] = [];
      Object.defineProperty(Object.prototype, 'resourceLimits', { configurable: true, get() { found.push(typeof this.Worker); } });
      const ways: any[] = [() => fetch('data:,x'), () => new (globalThis as any).Response('x'), () => (WebAssembly as any).compileStreaming(1)];
      for (const way of ways) { try { await way(); } catch (e: any) { found.push(e.name); } }
      return found.join();
    };`,
    { imports: [] },
  );
  const { value } = await s.call({ module: 'q.ts', name: 'f' }, []);
  expect(value).toBe('TypeError,TypeError,TypeError');
});

it("Node's maker of code is not in the hands of whoever looks at what Node puts together late", async () => {
  const s = await open(
    `export const f = () => {
      const found: string[] = [];
      for (const k of ['sourceURL', 'AESCipherJob', 'getCPUs', '_handle']) Object.defineProperty(Object.prototype, k, { configurable: true, set(v) { found.push(k + ' of ' + this.constructor.name); Object.defineProperty(this, k, { value: v }); } });
      const g: any = globalThis;
      const ways: any[] = [() => new g.WritableStream().getWriter().releaseLock(), () => new g.ReadableStream().getReader().releaseLock(), () => new g.CompressionStream('gzip'), () => new g.Blob([]).stream(), () => g.URL.createObjectURL({}), () => g.crypto.subtle.digest('SHA-1', g.crypto.getRandomValues(new Uint8Array(8))), () => g.navigator.hardwareConcurrency];
      for (const way of ways) try { way(); found.push('done'); } catch {}
      return found.join();
    };`,
    { imports: [] },
  );
  const { value } = await s.call({ module: 'q.ts', name: 'f' }, []);
  expect(value).toBe('');
});

describe("what stands for Node's cryptography", () => {
  const text = `export const drawn = () => [Math.random(), ...crypto.getRandomValues(new Uint16Array(3)), crypto.randomUUID(), crypto.getRandomValues(new BigInt64Array(1)).join()].join(' ');
    export const refused = () => [new Float32Array(1), new Uint8Array(65537), [1], undefined].map((x: any) => { try { return typeof crypto.getRandomValues(x); } catch (e: any) { return e.name + (e instanceof Error); } }).join();`;
  const session = sharedSession({ 'q.ts': text });

  it("draws what follows from the grader's seed", async () => {
    const drawn = async () => {
      await session().seed(3);
      return (await session().call({ module: 'q.ts', name: 'drawn' }, [])).value;
    };
    const once = await drawn();
    expect(once).toMatch(/^0\.\d+( \d+){3} [\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12} -?\d+$/);
    expect(await drawn()).toBe(once);
  });

  it('refuses what it refuses elsewhere', async () => {
    const { value } = await session().call({ module: 'q.ts', name: 'refused' }, []);
    expect(value).toBe('TypeMismatchErrortrue,QuotaExceededErrortrue,TypeMismatchErrortrue,TypeMismatchErrortrue');
  });
});

it("of Node's module of utilities the library keeps what it asks of it", async () => {
  const s = await open(
    `import * as tf from '@tensorflow/tfjs';
    export const f = () => {
      const { util } = tf.env().platform as any;
      const text = tf.util.decodeString(tf.util.encodeString('ü'));
      return [Object.keys(util), Object.keys(util.types), text, tf.util.isTypedArray(new Float32Array(1))].join();
    };`,
  );
  const { value } = await s.call({ module: 'q.ts', name: 'f' }, []);
  expect(value).toBe(
    'TextDecoder,TextEncoder,types,isFloat32Array,isInt32Array,isUint8Array,isUint8ClampedArray,ü,true',
  );
});

describe("what stands for Node's process", () => {
  const session = sharedSession({
    'q.ts': `const p: any = process;
      export const back = () => p.on('exit', () => {}) === p && p.once('x', () => {}) === p;
      export const lacks = () => ['binding', 'dlopen', '_linkedBinding', 'mainModule', 'kill', 'execve', 'report', 'constructor', 'reallyExit', 'setuid', 'moduleLoadList', '_getActiveHandles', 'loadEnvFile'].filter((k) => k in p && p[k] !== Object).join();
      export const modules = () => { try { return typeof p.getBuiltinModule?.('vm')?.runInThisContext('1'); } catch (e: any) { return 'refused'; } };
      export const asked = () => [typeof p.argv[1], typeof p.env, p.platform, p.hrtime()[0] >= 0, typeof p.hrtime.bigint(), p.uptime() > 0, p.cwd(), p.memoryUsage().heapUsed > 0, p.version === 'v' + p.versions.node].join();
      export const printed = () => { p.stdout.write('out\\n'); p.stderr.write('err\\n'); console.log('log'); return p.stdout.isTTY; };
      export const later = () => new Promise((yes) => p.nextTick(yes, 7));`,
  });
  const ask = async (name: string) => (await session().call({ module: 'q.ts', name }, [])).value;

  it('gives nothing but itself', async () => {
    expect([await ask('back'), await ask('lacks'), await ask('modules')]).toEqual([true, '', 'undefined']);
  });

  it('answers what programs ask', async () => {
    expect(await ask('asked')).toMatch(/^string,object,\w+,true,bigint,true,\/tmp,true,true$/);
    expect([await ask('printed'), await ask('later')]).toEqual([false, 7]);
    expect(session().output()).toMatch(/out\nlog\n(.*\n)*err/);
  });
});
