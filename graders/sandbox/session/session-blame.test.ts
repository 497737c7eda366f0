import { describe, expect, it } from 'vitest';
import type { Arg } from '../../model/guest.ts';
import { withoutHandles } from './blame-trial.ts';
import { array, sessions } from './session.testing.ts';

const open = sessions();
const q = (name: string) => ({ module: 'q.ts', name });
const x = array([1, 2, 3], [3]);
const model: Arg = {
  kind: 'network',
  inputShape: [3],
  layers: [{ kind: 'dense', units: 1, weights: [array([1, 2, 3], [3, 1]), array([0])] }],
};

describe('what goes wrong because of the program is charged to the program', () => {
  it.each<[string, string, Arg]>([
    ['models that cannot be built', `tf.Sequential.prototype.add = () => { throw new Error('no'); };`, model],
    ['layers that take no weights', `tf.layers.Layer.prototype.setWeights = () => { throw new Error('no'); };`, model],
    ['tensors that cannot be made', `tf.engine().trackTensor = () => { throw new Error('no'); };`, x],
    ['a library without backend', `tf.engine().reset();`, x],
  ])('%s', async (_, spoil, arg) => {
    const s = await open(
      `import * as lib from '@tensorflow/tfjs'; const tf: any = lib; ${spoil} export const f = () => 1;`,
    );
    await expect(s.call(q('f'), [arg])).rejects.toMatchObject({
      kind: 'crash',
      message: expect.stringMatching(/^f cannot be called: the program changed the tensor library/) as string,
    });
  });

  it('memory that it has taken up when an answer is told', async () => {
    const fill = `for (let size = 2 ** 32; size >= 2 ** 25; size /= 2) for (;;)
      try { kept.push(new (ArrayBuffer as any)(0, { maxByteLength: size })); } catch { break; }`;
    const s = await open(
      `const kept: unknown[] = [], [a, b] = [new Float64Array(3.9e6), new Float64Array(3.9e6)];
      export function* f() { yield { a, b, get c() { ${fill} return kept.length; } }; }`,
      { imports: [], limits: { memoryMb: 1500 } },
    );
    const { value } = await s.call(q('f'), []);
    const told = await s.take((value as { id: number }).id, 1).catch((error: unknown) => error);
    expect(told).toSatisfy((it: unknown) => Array.isArray(it) || (it as { kind?: string }).kind === 'memory');
  });

  it('exports that throw when they are read', async () => {
    const s = await open(`module.exports = { get f() { throw new Error('boo'); } };`);
    await expect(s.call(q('f'), [])).rejects.toMatchObject({ kind: 'crash', message: 'f threw Error: boo at q.ts:1' });
    await expect(s.exports('q.ts')).rejects.toMatchObject({ kind: 'crash' });
  });

  it('methods that throw when they are read', async () => {
    const s = await open(`export const f = () => ({ get run() { throw new Error('boo'); } });`);
    const { value } = await s.call(q('f'), [], { keep: 'handle' });
    const target = { handle: (value as { id: number }).id, method: 'run' };
    await expect(s.call(target, [])).rejects.toMatchObject({
      kind: 'crash',
      message: expect.stringMatching(/boo/) as string,
    });
  });

  it('names of exports longer than a message', async () => {
    const s = await open(`for (let i = 0; i < 20000; i++) module.exports[i + 'e'.repeat(1100)] = i;`);
    await expect(s.call(q('f'), [])).rejects.toMatchObject({ kind: 'missing' });
    expect(Object.keys(await s.exports('q.ts'))).toHaveLength(1000);
  });

  it('shapes and counts that are none', async () => {
    const s = await open(`import * as tf from '@tensorflow/tfjs';
      export const f = () => { const t: any = tf.zeros([6]); t.shape = [-2, -3]; return t; };
      export const m = () => { const m: any = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] }); m.countParams = () => NaN; return m; };`);
    expect((await s.call(q('f'), [])).value).toMatchObject({ kind: 'opaque' });
    const { value } = await s.call(q('m'), [], { keep: 'handle' });
    expect((await s.describe((value as { id: number }).id)).parameters).toBe(0);
  });
});

describe('what would go wrong without the program as well stays ours', () => {
  it('a model that nobody can build', async () => {
    const s = await open(`export const f = () => 1;`);
    const wrong: Arg = { kind: 'network', inputShape: [3], layers: [{ kind: 'dense', units: -1 }] };
    await expect(s.call(q('f'), [wrong])).rejects.not.toHaveProperty('kind');
  });

  it('leaves what only the first process holds out of the trial', () => {
    const handle: Arg = { kind: 'handle', id: 1 };
    const nested: Arg = { kind: 'list', items: [{ kind: 'record', entries: { a: handle, b: x } }] };
    expect(withoutHandles(nested)).toEqual({ kind: 'list', items: [{ kind: 'record', entries: { a: null, b: x } }] });
  });
});

it('modules that name each other as .mjs find each other when they are read as .ts', async () => {
  const s = await open({
    'q.ts': `import { a } from './h.mjs'; export const f = () => a;`,
    'h.ts': `export const a = 7;`,
  });
  expect((await s.call(q('f'), [])).value).toBe(7);
});

describe('an export is found', () => {
  it.each([
    ['by its name', `export const f = () => 7;`],
    ['in the default export', `const f = () => 7; export default { f };`],
    ['as the default export', `export default function f() { return 7; }`],
    ['under the name default', `function f() { return 7; } export { f as default };`],
    ['as the whole module', `module.exports = function f() { return 7; };`],
  ])('%s', async (_, text) => {
    expect((await (await open(text)).call(q('f'), [])).value).toBe(7);
  });

  it('under no other name', async () => {
    const s = await open(`export default function g() { return 7; }`);
    await expect(s.call(q('f'), [])).rejects.toMatchObject({ kind: 'missing' });
  });
});
