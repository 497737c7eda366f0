/** A process whose tensor library cannot differentiate: what is asked of it is not there, and is told. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { findNative } from '../../runtimes/node/native.ts';
import { LibraryIncomplete } from '../../stopped.ts';
import { openSession, type Session } from './session.ts';
import { array, compile, launchOptions } from './session.testing.ts';

const native = (await findNative()) !== undefined;
const x = array([1, 2, 3], [3]);
const square = '(v: any) => v.square().sum()';

/** Ways to let the library differentiate, and what each is called to the student. */
const ways: [body: string, told: RegExp][] = [
  [`return tf.grad(${square})(x);`, /^tf\.grad$/],
  [`return (tf as any)['gr' + 'ads'](${square})([x]);`, /^tf\.grads$/],
  [`const v = tf.variable(x); return tf.variableGrads(() => v.square().sum() as any).grads;`, /^tf\.variableGrads$/],
  [`return tf.customGrad((v: any) => ({ value: v, gradFunc: (dy: any) => dy }) as any)(x);`, /^tf\.customGrad$/],
  [`return (tf.engine() as any).gradients(() => x.square().sum(), [x]);`, /^engine\(\)\.gradients$/],
  [
    `const e: any = tf.engine(); const f = new e.constructor(e.ENV); f.state = e.state; return f.gradients(() => x.square().sum(), [x]);`,
    /gradients$/,
  ],
  [
    `const { state }: any = tf.engine(); state.activeTape = []; state.gradientDepth = 1; try { return x.square(); } finally { state.activeTape = null; state.gradientDepth = 0; }`,
    /addTapeNode$/,
  ],
  [
    `return (tf as any).env().global._tfGlobals.get('gradRegistry').get('Square').gradFunc(tf.ones([3]), [x]).x();`,
    /^the gradient of Square$/,
  ],
  [`const v = tf.variable(x); tf.train.sgd(0.1).minimize(() => v.square().sum() as any); return v;`, /minimize$/],
  [
    `const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
     m.compile({ optimizer: 'sgd', loss: 'meanSquaredError' }); return m.fit(x.reshape([1, 3]), tf.ones([1, 1]));`,
    /^model\.fit$/,
  ],
  [`try { return tf.grad(${square})(x); } catch { return x.mul(2); }`, /^tf\.grad$/],
];
const forward = `
  const m = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], activation: 'softmax' })] });
  m.compile({ optimizer: tf.train.adam(), loss: 'categoricalCrossentropy' });
  export const predicts = (x: tf.Tensor) => m.predict(x.reshape([1, 3]));
  export const loses = (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(tf.tensor1d([1, 0, 0]), x).add(tf.logSoftmax(x).sum());
  export const products = (x: tf.Tensor) => tf.einsum('i,j->ij', x as tf.Tensor1D, tf.logSigmoid(x) as tf.Tensor1D);
  export const numTensors = () => tf.memory().numTensors;`;
const program = `import * as tf from '@tensorflow/tfjs';
  ${ways.map(([body], i) => `export function way${i}(x: tf.Tensor): any { ${body} }`).join('\n')} ${forward}`;

const openWith = async (library: 'whole' | 'forward', text = program): Promise<Session> =>
  openSession({
    launch: await launchOptions({ backend: 'wasm' }),
    modules: compile({ 'q.ts': text }),
    imports: ['@tensorflow/tfjs'],
    library,
  });
const q = (name: string) => ({ module: 'q.ts', name });
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a library that cannot differentiate', () => {
  let [lacking, whole] = [] as unknown as [Session, Session];
  beforeAll(async () => {
    [lacking, whole] = await Promise.all([openWith('forward'), openWith('whole')]);
  });
  afterAll(() => Promise.all([lacking.close(), whole.close()]));

  it.each(ways.map(([, told], i) => [`way${i}`, told] as const))(
    'tells that it lacks what is asked: %s',
    async (name, told) => {
      const error = await failure(lacking.call(q(name), [x]));
      expect(error).toBeInstanceOf(LibraryIncomplete);
      expect(error).toMatchObject({ used: expect.stringMatching(told) as string, isOfCall: true });
      // A call that is watched ends as it does beside the whole library, to the word.
      const said = await failure(whole.call(q(name), [x], { policy: 'no-autodiff' }));
      expect(String(await failure(lacking.call(q(name), [x], { policy: 'no-autodiff' })))).toBe(String(said));
    },
  );

  it('computes forwards the same numbers, and leaves no more tensors behind', async () => {
    for (const name of ['loses', 'products']) {
      const [one, other] = [await lacking.call(q(name), [x]), await whole.call(q(name), [x])];
      expect(one.value).toEqual(other.value);
    }
    const leftBy = async (session: Session) => {
      const count = async () => Number((await session.call(q('numTensors'), [])).value);
      const before = await count();
      for (const name of ['predicts', 'loses', 'products']) await session.call(q(name), [x]);
      return (await count()) - before;
    };
    expect(await leftBy(lacking)).toBe(await leftBy(whole));
  });

  it('names no function where a module asks while it is loaded', async () => {
    const s = await openWith(
      'forward',
      `import * as tf from '@tensorflow/tfjs'; tf.grad(${square}); export const f = () => 1;`,
    );
    const error = await failure(s.call(q('f'), []));
    await s.close();
    expect(error).toMatchObject({ name: 'LibraryIncomplete', used: 'tf.grad', isOfCall: false });
  });
});

test.each(['wasm', 'cpu', ...(native ? (['node'] as const) : [])] as const)(
  'no way leads to a derivative on %s, and what differentiates is not in its text',
  async (backend) => {
    const launch = await launchOptions({ backend });
    const s = await openSession({
      launch,
      modules: compile({ 'q.ts': program }),
      imports: ['@tensorflow/tfjs'],
      library: 'forward',
    });
    for (const [i, [, told]] of ways.entries()) {
      expect(await failure(s.call(q(`way${i}`), [x]))).toMatchObject({
        name: 'LibraryIncomplete',
        used: expect.stringMatching(told) as string,
      });
    }
    expect((await s.call(q('predicts'), [x])).value).toMatchObject({ kind: 'array' });
    await s.close();
    const name = backend === 'node' ? 'tf-node-forward.cjs' : 'tf-forward.cjs';
    expect(await readFile(join(launch.runtime.dir, name), 'utf8')).not.toContain('absGradConfig={');
  },
);

test('the text of that library holds no tape, no derivative of a kernel and no training', async () => {
  const { dir } = (await launchOptions({ backend: 'wasm' })).runtime;
  const [forwardText, wholeText] = await Promise.all(
    ['tf-forward.cjs', 'tf.cjs'].map((name) => readFile(join(dir, name), 'utf8')),
  );
  const parts = [
    'absGradConfig={',
    'inputGradients',
    'another fit() call is ongoing',
    'Cannot find a connection between any variable',
  ];
  for (const part of parts)
    expect([part, wholeText!.includes(part), forwardText!.includes(part)]).toEqual([part, true, false]);
});
