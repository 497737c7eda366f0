/** Functions and classes of the library inside have the names of the published package. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { sessions } from './session.testing.ts';

const open = sessions();
const published = createRequire(import.meta.url)('@tensorflow/tfjs') as Record<string, Record<string, unknown>>;
const parts = ['metrics', 'losses', 'layers', 'initializers', 'regularizers', 'constraints'];

test('a metric that is given as a function is called by its name in the history', async () => {
  const s = await open(`import * as tf from '@tensorflow/tfjs';
    export async function f() {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: 'sgd', loss: tf.metrics.meanSquaredError, metrics: [tf.metrics.meanAbsoluteError] });
      const { history } = await model.fit(tf.ones([2, 1]), tf.ones([2, 1]), { epochs: 1, verbose: 0 });
      return Object.keys(history).join();
    }`);
  expect((await s.call({ module: 'q.ts', name: 'f' }, [])).value).toBe('loss,meanAbsoluteError');
});

test('every function of the parts from which models are built is called what it is called everywhere', async () => {
  const s = await open(`import * as tf from '@tensorflow/tfjs';
    const names = (part: any) => Object.keys(part).filter((key) => typeof part[key] === 'function').map((key) => key + '=' + part[key].name);
    export const f = () => ${JSON.stringify(parts)}.map((part) => names((tf as any)[part]).join());
    export const classes = () => [tf.sequential(), tf.layers.add(), tf.layers.dense({ units: 1 }), tf.layers.dropout({ rate: 0.5 }),
      tf.layers.flatten(), tf.regularizers.l2(), tf.initializers.zeros(), tf.train.adam(), tf.scalar(1)].map((x) => x.constructor.name).join();`);
  const told = (await s.call({ module: 'q.ts', name: 'f' }, [])).value as { items: string[] };
  const expected = parts.map((part) =>
    Object.entries(published[part]!).flatMap(([key, f]) =>
      typeof f === 'function' ? [`${key}=${f.name.replace(/\$\d+$/, '')}`] : [],
    ),
  );
  expect(told.items.map((names) => names.split(',').sort())).toEqual(expected.map((names) => names.sort()));
  expect((await s.call({ module: 'q.ts', name: 'classes' }, [])).value).toBe(
    'Sequential,Add,Dense,Dropout,Flatten,L1L2,Zeros,AdamOptimizer,Tensor',
  );
});
