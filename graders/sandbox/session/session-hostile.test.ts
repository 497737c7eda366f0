import { duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../model/guest.ts';
import { encodeHeader } from '../../protocol/frame.ts';
import { openExchange } from './exchange.ts';
import type { Launched, Stop } from './launch.ts';
import { array, idOf, sessions, sharedSession } from './session.testing.ts';
import { ProgramStopped } from '../../stopped.ts';

const open = sessions();
const f = { module: 'q.ts', name: 'f' };
const library = `import * as tf from '@tensorflow/tfjs';`;
const prelude = `
  const fs = process.getBuiltinModule('fs');
  const frame = (json: string, binary = 0) => { const b = Buffer.from(json); const h = Buffer.alloc(8);
    h.writeUInt32LE(b.length); h.writeUInt32LE(binary, 4); return Buffer.concat([h, b]); };
`;
/** The value that came back, or how the program stopped; anything else is the grader's own failure. */
const endOf = (call: Promise<Reply>) =>
  call.then(
    (reply) => reply.value,
    (error: unknown) => (error instanceof ProgramStopped ? `${error.kind}: ${error.message}` : Promise.reject(error)),
  );
/** What becomes of a call to a function with this body, which needs no library. */
const fate = async (body: string, callMs = 1500) => {
  const s = await open(`${prelude} export function f(): any { ${body} }`, {
    limits: { callMs },
    imports: [],
    keepProcess: true,
  });
  return endOf(s.call(f, []));
};

const wrote = "crash: the program wrote to the grader's channel";

describe('text does not become code', () => {
  const ways = [
    [
      'the constructor of a function, by a name put together',
      `const k = ['construc', 'tor'].join(''); return (() => 1)[k]('return 1')();`,
    ],
    [
      'the constructor of a function of the grader',
      `const k = ['construc', 'tor'].join(''); return tf.tidy[k]('return 1')();`,
    ],
    ['of an async function', `return Object.getPrototypeOf(async () => 1).constructor('return 1')();`],
    ['of a generator', `return new (Object.getPrototypeOf(function* () {}).constructor)('1');`],
    ['Function', `return new Function('return 1')();`],
    ['eval', `return (0, eval)('1');`],
  ] as const;
  const text = (body: string) =>
    `import * as lib from '@tensorflow/tfjs'; const tf: any = lib; export function f() { ${body} }`;
  const session = sharedSession({
    ...Object.fromEntries(ways.map(([way, body]) => [`${way}.ts`, text(body)])),
    'q.ts': `class A {} export const f = () => [f, A, async () => 1].every((x) => x instanceof Function && x.constructor.name);`,
  });

  it.each(ways)('%s', async (way) => {
    await expect(session().call({ module: `${way}.ts`, name: 'f' }, [])).rejects.toThrow(/EvalError/);
  });

  it('and a function is an instance of Function all the same', async () => {
    expect((await session().call(f, [])).value).toBe(true);
  });
});

describe('writing to the channel ends the program:', () => {
  it.each([
    ['a forged answer', `fs.writeSync(3, frame(JSON.stringify({ nonce: '${'0'.repeat(32)}', ok: { value: 1 } })));`],
    ['a forged answer after which it hangs', `fs.writeSync(3, frame('{"nonce":"x","ok":{"value":1}}')); for (;;);`],
    ['garbage', `fs.writeSync(3, Buffer.alloc(100, 255)); return 1;`],
    ['a header that announces gigabytes', `fs.writeSync(3, Buffer.from([0, 0, 0, 255, 0, 0, 0, 255])); for (;;);`],
    ['an object that is not JSON', `fs.writeSync(3, frame('{"nonce":')); for (;;);`],
    ['a flood', `for (;;) fs.writeSync(3, Buffer.alloc(65536, 32));`],
  ])('%s', async (_, body) => {
    expect(await fate(body)).toBe(wrote);
  });

  it('while nothing is asked, too', async () => {
    const s = await open(`${prelude} export const f = () => 1; export const late = () => { fs.writeSync(3, 'x'); };`, {
      imports: [],
      keepProcess: true,
    });
    expect(await endOf(s.call({ module: 'q.ts', name: 'late' }, []))).toBe(wrote);
    expect(await endOf(s.call(f, []))).toBe(wrote);
  });

  it('closing it as well', async () => {
    expect(await fate(`fs.closeSync(3); for (;;);`)).toMatch(/^crash: the program (closed|exited)/);
  });

  it('a header without its body is waited for no longer than a call', async () => {
    expect(await fate(`fs.writeSync(3, Buffer.from([9, 0, 0, 0, 0, 0, 0, 0])); for (;;);`, 400)).toBe(
      'timeout: ran longer than 0.4 s in f',
    );
  });
});

it('the number of a question is not found in memory that was given back', async () => {
  const s = await open(
    `const needle = Buffer.from('"nonce":"'), kept: any[] = [];
    export const f = async (text: string) => {
      const mark = Buffer.from(text.slice(0, 20));
      for (let round = 0; round < 15; round++) {
        // Collects garbage, what the question came in among it.
        const filled = Array.from({ length: 20 }, () => new Uint8Array(4e6));
        await new Promise((done) => setImmediate(done, filled));
        for (let k = 0; k < 300; k++) {
          const memory = kept[k] = Buffer.allocUnsafeSlow(1100 + 16 * k), at = memory.indexOf(needle);
          if (at >= 0 && memory.indexOf(mark) > at) return memory.subarray(at, at + 41).toString('latin1');
        }
      }
      return 'not found';
    };`,
    { imports: [], limits: { memoryMb: 1500 } },
  );
  expect(await endOf(s.call(f, [`a mark that stands nowhere else ${'x'.repeat(2000)}`]))).toBe('not found');
});

describe('leaving without an answer is a crash:', () => {
  it.each([
    ['exit 0', `process.exit(0);`, 'crash: the program exited before it answered (exit code 0)'],
    ['a getter that exits', `return { get x() { process.exit(0); } };`, 'crash: the program exited before it answered (exit code 0)'],
    ['toJSON that exits, which nobody calls', `return { x: 1, toJSON: () => process.exit(0) };`, undefined],
    ['abort', `process.abort();`, undefined],
    ['an error whose message exits', `throw { get message() { process.reallyExit(0); } };`, 'crash: the program exited before it answered (exit code 0)'],
  ])('%s', async (_, body, told) => {
    const end = await fate(body);
    if (told) expect(end).toBe(told);
    else if (body.startsWith('return')) expect(end).toMatchObject({ kind: 'record', entries: { x: 1 } });
    else expect(end).toMatch(/^crash: the program was ended by \w+ before it answered$/);
  }); // prettier-ignore
});

describe('strange results are carried or named, never followed by the grader:', () => {
  const results: [string, string, unknown][] = [
    ['a list a hundred thousand deep', `let x: any = 1; for (let i = 0; i < 1e5; i++) x = { x }; return x;`, { kind: 'record' }],
    ['ten million numbers in a sparse array', `return new Array(1e9);`, { kind: 'opaque', what: 'a list of 1000000000 items' }],
    ['a million texts', `return new Array(1e6).fill('x');`, { kind: 'opaque' }],
    ['a proxy that throws', `return new Proxy({}, { ownKeys() { throw 1; } });`, { kind: 'opaque', what: 'an object that throws when it is read' }],
    ['a proxy that answers everything', `return new Proxy({}, { get: () => 1, ownKeys: () => [], has: () => true });`, { kind: 'record' }],
    ['a thenable', `return { then: (ok: any) => ok(7) };`, 7],
    ['a typed array that lies about its length', `class L extends Float64Array { get length() { return 1e9; } get byteLength() { return 8e9; } } return new L([1, 2]);`, array([1, 2], [2], 'typed', 'float64')],
    ['a tensor that lies about its shape', `const t: any = tf.tensor1d([1, 2]); t.shape = [1e6, 1e6]; return t;`, { kind: 'opaque', what: 'a tensor whose shape does not fit its numbers' }],
    ['a tensor that lies about its type', `const t: any = tf.tensor1d([1, 2]); t.dtype = 'bool'; return t;`, array([1, 2], [2], 'tensor', 'bool')],
    ['a tensor of a thousand axes', `const t: any = tf.tensor1d([1]); t.shape = new Array(1000).fill(1); return t;`, { kind: 'opaque', what: 'a tensor whose shape does not fit its numbers' }],
    ['a tensor whose numbers are of another kind', `const p: any = tf.Tensor.prototype, was = p.dataSync; p.dataSync = () => { p.dataSync = was; return new Int16Array([1, 2]); }; return tf.tensor1d([1, 2]);`, array([1, 2], [2], 'tensor', 'float64')],
    ['nothing, in immense dimensions', `return { data: [], shape: [0, 2 ** 40] };`, { kind: 'record' }],
    ['a tensor of nothing, in immense dimensions', `return tf.zeros([0, 2 ** 40]);`, { kind: 'opaque', what: 'a tensor of the shape [0, 1099511627776]' }],
    ['an object that claims to be a tensor', `return { dataId: {}, shape: [2], dtype: 'float32', dataSync: () => process.exit() };`, { kind: 'record' }],
    ['text of ten million letters', `return 'x'.repeat(1e7);`, { kind: 'opaque', what: 'a text of 10000000 letters' }],
    ['a getter that throws', `return { get x() { throw new Error(); } };`, { kind: 'record', entries: { x: { kind: 'opaque' } } }],
    ['more numbers than fit', `return Array.from({ length: 9 }, () => new Float64Array(2e6));`, 'crash: f returned more numbers than the grader accepts'],
    ['a promise that is tampered with', `const p: any = Promise.resolve(1); p.constructor = { [Symbol.species]: 1 }; return p;`, 'crash: f threw TypeError: object.constructor[Symbol.species] is not a constructor'],
    ['a proxy of an array that never ends', `return new Proxy([], { get: (t: any, k) => (k === 'length' ? 1e9 : k in t ? t[k] : 1) });`, { kind: 'opaque' }],
  ]; // prettier-ignore
  const session = sharedSession(
    Object.fromEntries(
      results.map(([name, body]) => [`${name}.ts`, `${library}${prelude} export function f(): any { ${body} }`]),
    ),
    { keepProcess: true },
  );

  it.each(results)('%s', async (name, _, told) => {
    const end = await endOf(session().call({ module: `${name}.ts`, name: 'f' }, []));
    if (typeof told === 'object') expect(end).toMatchObject(told as object);
    else expect(end).toBe(told);
  });

  it('a layer of more weights than any has', async () => {
    const s = await open(`${library} export const f = () => {
      const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      m.layers[0]!.getWeights = () => new Array(65).fill(tf.ones([1]));
      return m; };`); // prettier-ignore
    const id = idOf((await s.call(f, [])).value);
    await expect(s.describe(id)).rejects.toThrow('the model returned a layer of 65 weights');
  });

  it('a getter that never returns is stopped by the clock', async () => {
    expect(await fate(`return { get x() { for (;;); } };`, 400)).toBe('timeout: ran longer than 0.4 s in f');
  });
});

describe('tampering with the language does not reach the guest:', () => {
  it.each([
    ['JSON', `JSON.stringify = () => '{}'; JSON.parse = () => ({}); (Object.prototype as any).toJSON = () => 1;`],
    ['Array.prototype', `for (const k of ['map', 'push', 'forEach', Symbol.iterator]) (Array.prototype as any)[k] = () => { throw 1; };`],
    ['Promise', `Promise.prototype.then = () => { throw 1; }; (globalThis as any).Promise = 1;`],
    ['Map and Reflect', `Map.prototype.get = () => 1; Reflect.apply = () => 1; Object.defineProperty = (() => 1) as any;`],
    ['Buffer and fs', `fs.writeSync = () => 0; fs.readSync = () => 0; Buffer.from = (() => 1) as any; (globalThis as any).Buffer = 1;`],
    ['typed arrays', `Object.defineProperty(Object.getPrototypeOf(Uint8Array.prototype), 'length', { get: () => 1e9 }); (globalThis as any).Uint8Array = 1;`],
    ['text coders and process', `TextEncoder.prototype.encode = () => new Uint8Array(1e6); process.exit = (() => 1) as any;`],
  ])('%s', async (_, body) => {
    const s = await open(`export function f() { ${prelude} ${body} } export const g = (x: any) => ({ y: x });`, { imports: [], keepProcess: true });
    await s.call(f, []);
    const answer = await s.call({ module: 'q.ts', name: 'g' }, [array([1, NaN], [2], 'typed', 'float64')]);
    expect(answer.value).toEqual({ kind: 'record', entries: { y: array([1, NaN], [2], 'typed', 'float64') } });
    expect((await s.call({ module: 'q.ts', name: 'g' }, [-0])).value).toEqual({ kind: 'record', entries: { y: -0 } });
  }); // prettier-ignore

  it('who breaks the library under its own tensors is named as the cause', async () => {
    const s = await open(
      `export const f = (...args: unknown[]) => { Array.isArray = () => { throw new Error('mine'); }; };`,
    );
    await s.call(f, []);
    const told = 'crash: the program replaced Array.isArray, on which everything else stands';
    expect(await endOf(s.call(f, [array([1, 2], [2])]))).toBe(told);
  });

  it('the guest’s own realm cannot be reached through its errors and functions', async () => {
    const s = await open(
      {
        'q.ts': `import * as tf from '@tensorflow/tfjs'; export const f = (x: any) => {
        const seen: any[] = [x.constructor, x.next, x.next.constructor, require, (require as any).constructor];
        try { (require as any)('nope'); } catch (e: any) { seen.push(e, e.constructor); }
        try { (require as any)({ toString() { return (function deep(): any { return deep(); })(); } }); } catch (e: any) { seen.push(e, e.constructor); }
        const kernel: any = tf.getKernel('Einsum', 'wasm');
        seen.push(kernel.kernelFunc, kernel.kernelFunc.constructor, (tf.engine() as any).trackTensor, tf.grad);
        return seen.every((o) => o instanceof Object);
      };`,
      },
      { backend: 'wasm' },
    );
    expect((await s.call(f, [{ kind: 'rng', seed: 1 }])).value).toBe(true);
  });
});

describe('an exchange', () => {
  /** The grader's end of a channel whose other end the test holds. */
  const rigged = (reply: (nonce: string) => Uint8Array[]) => {
    const [channel, far] = duplexPair();
    let stop: (stop: Stop) => void = () => undefined;
    const stopped = new Promise<Stop>((resolve) => (stop = resolve));
    const kill: Launched['kill'] = (why, detail) => stop({ why, detail, code: null, signal: null });
    let got = '';
    far.on('data', (chunk: Buffer) => {
      got += chunk.toString('latin1');
      const nonce = /"nonce":"(\w{32})"/.exec(got)?.[1];
      if (nonce) for (const part of reply(nonce)) far.write(part);
      if (nonce) got = '';
    });
    return openExchange({
      pid: 0,
      waits: () => undefined,
      channel,
      output: () => '',
      settleOutput: () => undefined,
      rest: () => undefined,
      wake: () => undefined,
      cpuMs: () => 0,
      stopped,
      kill,
    });
  };
  const frame = (json: string) => Buffer.concat([encodeHeader(json.length, 0), Buffer.from(json)]);
  const ok = (nonce: string) => frame(JSON.stringify({ nonce, ok: {} }));
  const seed = { request: { op: 'seed', seed: 1 }, wallMs: 60_000, overtime: '', read: () => 'read' } as const;

  it('takes one reply with the right nonce', async () => {
    expect(await rigged((nonce) => [ok(nonce)]).ask(seed)).toMatchObject({ answer: 'read' });
  });

  it('ends at a second reply, whether it comes in one piece with the first or later', async () => {
    const joined = rigged((nonce) => [Buffer.concat([ok(nonce), ok(nonce)])]);
    await expect(joined.ask(seed)).rejects.toThrow("wrote to the grader's channel");
    const apart = rigged((nonce) => [ok(nonce), ok(nonce)]);
    await apart.ask(seed);
    await expect(apart.ask(seed)).rejects.toThrow("wrote to the grader's channel");
  });

  it('ends at a replayed nonce', async () => {
    let first: string | undefined;
    const replay = rigged((nonce) => [ok((first ??= nonce))]);
    await replay.ask(seed);
    await expect(replay.ask(seed)).rejects.toThrow("wrote to the grader's channel");
  });

  it('answers questions one after the other, whoever asks at once', async () => {
    const exchange = rigged((nonce) => [ok(nonce)]);
    expect(await Promise.all([exchange.ask(seed), exchange.ask(seed), exchange.ask(seed)])).toHaveLength(3);
  });
});
