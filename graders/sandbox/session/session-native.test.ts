import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NdArray } from '../../model/numbers.ts';
import { NATIVE_NAME } from '../../runtimes/node/native-names.ts';
import { BUILD_COMMAND, findNative, requireNative } from '../../runtimes/node/native.ts';
import { once } from '../stage/sealed-folder.ts';
import { openSession, warmGuest } from './session.ts';
import type { Wanted } from './session.testing.ts';
import { array, compile, launchOptions, sessions } from './session.testing.ts';

const open = sessions();
const built = await findNative();
if (!built)
  console.warn(`tfjs-node is not built here, so its sessions are not tested. Build it with: ${BUILD_COMMAND}`);

const q = (name: string) => ({ module: 'q.ts', name });
const text = (body: string) => `import * as tf from '@tensorflow/tfjs-node';\n${body}`;

describe('looking for tfjs-node', () => {
  it('finds what was put into its place whole, and nothing else', async () => {
    const base = await mkdtemp(join(tmpdir(), 'gradmark-native-'));
    try {
      expect(await findNative(base, null)).toBeUndefined();
      await expect(requireNative(base, null)).rejects.toThrow(
        'not built on this machine. Build it with: npm run build:tfjs-node',
      );
      await mkdir(join(base, NATIVE_NAME));
      expect(await findNative(base, null)).toBeUndefined();
      await once(base, NATIVE_NAME, async (into) => {
        await writeFile(join(into, 'about.json'), '{"tensorflow":"2.0.1"}');
        await writeFile(join(into, 'kernels.cjs'), '//');
      });
      expect(await findNative(base, null)).toMatchObject({ dir: join(base, NATIVE_NAME, 'lib'), tensorflow: '2.0.1' });
      await writeFile(join(base, NATIVE_NAME, 'kernels.cjs'), 'changed');
      expect(await findNative(base, null)).toBeUndefined();
    } finally {
      await rm(base, { recursive: true });
    }
  });
});

describe.skipIf(!built)('a session with tfjs-node', () => {
  const imports = ['@tensorflow/tfjs-node'];
  const wanted: Wanted = { backend: 'node', limits: { memoryMb: 400 }, imports };
  const program = text(`
    export const f = () => tf.getBackend(); export const g = (x: tf.Tensor) => x.add(1);
    export const env = () => Object.keys(process.env).filter((key) => !/^(TF_|OMP_|PWD$)/.test(key)).length;
    export const sum = () => tf.sin(tf.range(0, 300000)).sum();
    export const product = () => tf.matMul(tf.cos(tf.range(0, 90000)).reshape([300, 300]), tf.ones([300, 1]));
    export const draws = () => tf.concat([tf.randomNormal([20]), tf.multinomial(tf.zeros([1, 9]) as tf.Tensor2D, 20).flatten().toFloat(),
      tf.dropout(tf.ones([20]), 0.5)]);
    export const count = () => tf.bincount(tf.tensor1d([0, 2, 2], 'int32'), [] as never, 4);
    const first = tf.tensor1d([1, 2]).tile([10]);
    const all: tf.Tensor[] = [];
    export const leak = (x: tf.Tensor2D) => tf.matMul(x, x, false, true).slice([0, 0], [1, 1]);
    export const kept = () => first.sum();
    export const hoard = () => { for (;;) all.push(tf.ones([1000, 1000]).add(1)); };`);

  it('runs on native TensorFlow under its own name, with a code cache that fits, and prints nothing; the same numbers to the last bit in every process, drawn ones included', async () => {
    const launch = await launchOptions(wanted);
    const warm = await warmGuest(launch);
    expect(warm.cacheRejected).toBe(false);
    const first = await openSession({ launch, warm, modules: compile({ 'q.ts': program }), imports });
    const second = await open(program, wanted);
    const answers: NdArray[][] = [];
    for (const s of [first, second]) {
      const names = ['sum', 'product', 'draws'];
      answers.push(await Promise.all(names.map(async (name) => (await s.call(q(name), [])).value as NdArray)));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(new Set(answers[0]![2]!.data).size).toBeGreaterThan(15);
    await first.close();
    expect([second.backend, (await second.call(q('f'), [])).value]).toEqual(['node', 'tensorflow']);
    expect((await second.call(q('g'), [array([1, -2])])).value).toEqual(array([2, -1]));
    expect((await second.call(q('env'), [])).value).toBe(0);
    expect(second.output()).toBe('');
  });

  it('computes in float64 on the plain backend when double precision is asked for', async () => {
    const body = text(`export const f = () => [tf.getBackend(), tf.scalar(1 / 3).dataSync()[0] === 1 / 3];`);
    const s = await open(body, { backend: 'node', precision: 'double', imports: ['@tensorflow/tfjs-node'] });
    expect((await s.call(q('f'), [])).value).toEqual({ kind: 'list', items: ['cpu', true] });
  });

  it('borrows the kernels that native TensorFlow lacks, gives back the memory of tensors that nobody disposed of, and stops a program that keeps them', async () => {
    const s = await open(program, wanted);
    expect(((await s.call(q('count'), [])).value as NdArray).data).toEqual(Float64Array.of(1, 0, 2, 0));
    const x = array(new Array<number>(2000).fill(1), [2000, 1]);
    for (let i = 0; i < 40; i++) await s.call(q('leak'), [x]);
    expect((await s.call(q('kept'), [])).value).toEqual(array([30], []));
    await expect(s.call(q('hoard'), [])).rejects.toThrow('used more memory than the limit of 400 MB');
  });

  it('tells of an operation of TensorFlow that gives its derivative beside its value, whichever library is there', async () => {
    const body = text(`
      export const f = (a: tf.Tensor, y: tf.Tensor) => {
        const b: any = tf.backend(), { binding } = b;
        const T = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
        return b.executeMultipleOutputs('SoftmaxCrossEntropyWithLogits', [T], [a, y], 2)[1];
      };
      export const g = (a: tf.Tensor) => tf.softmax(a);`);
    const given = [array([1, 2], [1, 2]), array([0, 1], [1, 2])];
    const launch = await launchOptions(wanted);
    const openWith = (library: 'whole' | 'forward') =>
      openSession({ launch, modules: compile({ 'q.ts': body }), imports, library });
    const whole = await openWith('whole');
    expect((await whole.call(q('f'), given)).differentiated).toBe('the derivative of an operation');
    await expect(whole.call(q('f'), given, { policy: 'no-autodiff' })).rejects.toMatchObject({ kind: 'refused' });
    expect(await whole.call(q('g'), [given[0]!])).not.toHaveProperty('differentiated');
    await whole.close();
    const forward = await openWith('forward');
    await expect(forward.call(q('f'), given)).rejects.toThrow('the derivative of an operation');
    await forward.close();
  });

  it('lets a program load no library, neither by name nor through Node’s own loader', async () => {
    const body = text(`
      const tries: (() => unknown)[] = [
        () => (process as any).dlopen({ exports: {} }, '/native/tfjs_binding.node'),
        () => process.getBuiltinModule('module').createRequire('/app/x.js')('/native/tfjs_binding.node'),
        () => (process.getBuiltinModule('module') as any)._extensions['.node']({ exports: {} }, '/native/tfjs_binding.node'),
        () => process.getBuiltinModule('fs').readFileSync('/native/tfjs_binding.node'),
        () => process.getBuiltinModule('fs').writeFileSync('/tmp/x.node', 'x'),
      ];
      export const f = () => tries.map((attempt) => { try { attempt(); return 'open'; } catch { return 'stopped'; } });`);
    const s = await open(body, { backend: 'node', imports: ['@tensorflow/tfjs-node'], keepProcess: true });
    expect((await s.call(q('f'), [])).value).toEqual({ kind: 'list', items: new Array(5).fill('stopped') });
  });
});
