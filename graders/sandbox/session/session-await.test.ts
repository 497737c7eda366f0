/** Modules that await something outside of their functions, as the inspector compiles them and the sandbox runs them. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Inspector } from '../../runtimes/node/inspect/inspector.ts';
import { createInspector } from '../../runtimes/node/inspect/inspector.ts';
import { openSession, type Session } from './session.ts';
import { launchOptions, type Wanted } from './session.testing.ts';

let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

let session: Session | undefined;
afterEach(() => session?.close());

const imports = ['@tensorflow/tfjs'];
const asTf = `import * as tf from '@tensorflow/tfjs';\n`;

/** A session of files of which the first is the module; another module may be named, to be there as well. */
async function open(files: Record<string, string>, limits?: Wanted['limits'], modules = [Object.keys(files)[0]!]) {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const inspected = await Promise.all(
    modules.map((module) => inspector.inspect({ files: sources, module, policy: 'free', imports, given: [] })),
  );
  expect(inspected.map(({ syntax }) => syntax)).toEqual(modules.map(() => undefined));
  const compiled = inspected.flatMap((inspection) => inspection.modules);
  session = await openSession({
    launch: await launchOptions({ ...(limits && { limits }) }),
    modules: compiled,
    imports,
  });
  return session;
}

test('what students await at the top of their files is there when a function is called', async () => {
  const s = await open({
    'q1.ts': `${asTf}import { scale } from './lib/scale';
      await tf.ready();
      await tf.setBackend('cpu');
      const model = await Promise.resolve(tf.sequential());
      model.add(tf.layers.dense({ units: 1, inputShape: [2], useBias: false, kernelInitializer: 'ones' }));
      export const seven: number = (await tf.scalar(7).array()) as number, [a, b] = await tf.tensor1d([1, 2]).array();
      export default await (true ? Promise.resolve(5) : 6);
      let sum = 0;
      for await (const x of [Promise.resolve(1), 2]) sum += x;
      if (await Promise.resolve(true)) { sum += -((await (async () => 10)()) ** 2); }
      export async function f() { return [seven, a, b, sum, scale, (await model.predict(tf.ones([1, 2])) as any).dataSync()[0]]; }
      await (async () => { sum += 1000; })()`,
    'lib/scale.ts': `import { later } from './later.ts';\nexport const scale = (await later(3)) * (await later(2));`,
    'lib/later.ts': `export const later = (x: number) => new Promise<number>((done) => setTimeout(() => done(x), 20));`,
  });
  expect(await s.exports('q1.ts')).toMatchObject({ seven: 'number', default: 'number', f: 'function' });
  const { value } = await s.call({ module: 'q1.ts', name: 'f' }, []);
  expect(value).toMatchObject({ data: Float64Array.of(7, 1, 2, 3 - 100 + 1000, 6, 2) });
});

test('a module that imports one that waits, by any kind of import, sees it ready', async () => {
  const s = await open(
    {
      'q1.js': `const { n } = require('./slow');\nconst lazy = import('./slow');\nexports.f = async () => n + (await lazy).n;`,
      'slow.ts': `export const n = await new Promise<number>((done) => setTimeout(done, 20, 21));`,
      'q2.ts': `export * from './between';`,
      'between.ts': `export { n as m } from './slow';`,
    },
    undefined,
    ['q1.js', 'q2.ts'],
  );
  expect((await s.call({ module: 'q1.js', name: 'f' }, [])).value).toBe(42);
  expect(await s.exports('q2.ts')).toEqual({ m: 'number' });
});

test('two modules that wait and need each other both begin', async () => {
  const s = await open({
    'a.ts': `import { b } from './b';\nexport const a = await Promise.resolve(b + 1);`,
    'b.ts': `import './a';\nexport const b = await Promise.resolve(1);`,
  });
  expect(await s.exports('a.ts')).toEqual({ a: 'number' });
});

test.each([
  ['by name', `import { half } from './q1';\nexport const quarter = (x: number) => half(half(x));`],
  ['as a whole', `import * as q1 from './q1';\nexport const quarter = (x: number) => q1.half(q1.half(x));`],
  ['by its default', `import half from './q1';\nexport const quarter = (x: number) => half(half(x));`],
  ['by require', `const q1 = require('./q1');\nexport const quarter = (x: number) => q1.half(q1.half(x));`],
  [
    'while it waits',
    `import { half } from './q1';\nexport const quarter = (x: number) => half(half(await_(x)));\nconst await_ = await Promise.resolve((x: number) => x);`,
  ],
])('two modules that need each other see what the other exports, taken %s, though one waits', async (_, helper) => {
  const s = await open({
    'q1.ts': `import { quarter } from './helper';
      export const half = (n: number) => n / two;
      export default half;
      const two = await Promise.resolve(2);
      export const eighth = (x: number) => half(quarter(x));`,
    'helper.ts': helper,
  });
  expect(await s.exports('q1.ts')).toEqual({ half: 'function', default: 'function', eighth: 'function' });
  expect((await s.call({ module: 'q1.ts', name: 'eighth' }, [8])).value).toBe(1);
});

test('what a module of the older style puts in the place of its exports is seen by whoever needs it early', async () => {
  const s = await open({
    'q1.js': `const helper = require('./helper');\nmodule.exports = { half: (n) => n / 2, f: (x) => helper.quarter(x) };`,
    'helper.js': `const q1 = require('./q1');\nawait 1;\nexports.quarter = (x) => q1.half(q1.half(x));`,
  });
  expect((await s.call({ module: 'q1.js', name: 'f' }, [8])).value).toBe(2);
});

test('what goes wrong while a module waits is told with its place, each time it is asked for', async () => {
  const s = await open({
    'q1.ts': `import './help';\nexport const f = () => 1;`,
    'help.ts': `export const x = 1;\nconst y = await Promise.resolve(null as any);\nexport const z = await y.width;`,
  });
  for (let n = 0; n < 2; n++) {
    await expect(s.call({ module: 'q1.ts', name: 'f' }, [])).rejects.toMatchObject({
      kind: 'crash',
      message: expect.stringMatching(/^q1\.ts threw TypeError: .* while it was loaded at help\.ts:3$/) as string,
      place: { path: 'help.ts', line: 3, column: 26 },
    });
  }
});

test('a module that waits for ever, or too long, is stopped like a call', async () => {
  const forever = await open({ 'q1.ts': `await new Promise(() => {});\nexport const f = () => 1;` });
  await expect(forever.call({ module: 'q1.ts', name: 'f' }, [])).rejects.toThrow(
    'f cannot begin: q1.ts awaits, outside of its functions, a promise that never settles',
  );
  await forever.close();
  const long = await open(
    { 'q1.ts': `await new Promise((d) => setTimeout(d, 60_000));\nexport const f = () => 1;` },
    { callMs: 500 },
  );
  await expect(long.call({ module: 'q1.ts', name: 'f' }, [])).rejects.toMatchObject({ kind: 'timeout' });
});

test('the hook that modules wait by hands out nothing and works once', async () => {
  const s = await open({
    'q1.ts': `await 1;
      const { ready } = require as any;
      export const f = () => [typeof ready([], async () => 1), typeof ready(null), Object.getOwnPropertyDescriptor(require, 'ready')!.writable];`,
  });
  const { value } = await s.call({ module: 'q1.ts', name: 'f' }, []);
  expect(value).toEqual({ kind: 'list', items: ['undefined', 'undefined', false] });
});
