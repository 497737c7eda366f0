/** The same program with the same seed draws the same, whatever it draws with. */
import { randomNormal, truncatedNormal } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { arrayFrom, itemsOf } from '../../values.ts';
import { array, sessions } from './session.testing.ts';

const open = sessions();

const draws = {
  'a shuffle of tf.data': 'tf.data.array([...Array(30).keys()]).shuffle(30).toArray()',
  'tf.util.shuffle': '{ const a = [...Array(30).keys()]; tf.util.shuffle(a); return a; }',
  'tf.randomNormal': '[...tf.randomNormal([30]).dataSync()]',
  'Math.random': 'Array.from({ length: 30 }, () => Math.random())',
};

test.each(Object.entries(draws))('%s', async (_, body) => {
  const text = `import * as tf from '@tensorflow/tfjs';\nexport const f = async () => ${body.startsWith('{') ? `(() => ${body})()` : body};`;
  const drawn = async (seed: number) => {
    const guest = await open({ 'q.ts': text });
    await guest.seed(seed);
    return (await guest.call({ module: 'q.ts', name: 'f' }, [])).value;
  };
  const first = await drawn(1);
  expect(await drawn(1)).toEqual(first);
  expect(await drawn(2)).not.toEqual(first);
});

test('a network that a program is sent is drawn in no time, and the program draws what it would have drawn', async () => {
  const text = `import * as tf from '@tensorflow/tfjs';
export const own = () => { tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dense({ units: 1 })] }); return Math.random(); };
export const sent = (net: tf.Sequential) => Math.random();
export const settings = (net: tf.Sequential) => net.layers.map((layer) => JSON.stringify(layer.getConfig()['kernelInitializer']));
export const ofOwn = () => [JSON.stringify(tf.layers.dense({ units: 3, inputShape: [2] }).getConfig()['kernelInitializer'])];
export const weights = (net: tf.Sequential) => [...net.getWeights()[0].dataSync()];`;
  const guest = await open({ 'q.ts': text });
  const dense = (units: number, inputs: number) => {
    const entries = Array.from({ length: inputs * units }, (_, i) => i + 1);
    return { kind: 'dense', units, weights: [array(entries, [inputs, units]), array(Array(units).fill(0))] } as const;
  };
  const net = { kind: 'network', inputShape: [2], layers: [dense(3, 2), dense(1, 3)] } as const;
  const ask = async (name: string, ...args: (typeof net)[]) => {
    await guest.seed(3);
    return (await guest.call({ module: 'q.ts', name }, args)).value;
  };
  expect(await ask('sent', net)).toEqual(await ask('own'));
  const [first, second] = itemsOf(await ask('settings', net))!;
  expect(first).toEqual(second);
  expect([first]).toEqual(itemsOf(await ask('ofOwn')));
  expect(arrayFrom(await ask('weights', net))?.data).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
});

test('normal numbers are those of the package, to the last bit', async () => {
  const settings = [
    ['truncatedNormal', 0, 1, 'float32'],
    ['truncatedNormal', 5, 4, 'int32'],
    ['randomNormal', 2, 3, undefined],
    ['randomNormal', NaN, 1, 'float32'],
    ['randomNormal', 1, Infinity, 'float32'],
  ] as const;
  const sizes = [1, 2, 999];
  const ofPackage = { randomNormal, truncatedNormal };
  const text = `import * as tf from '@tensorflow/tfjs';
export const f = (name: string, n: number, mean: number, sd: number, dtype: any) => [...tf[name]([n], mean, sd, dtype ?? undefined, 7).dataSync()];`;
  const guest = await open({ 'q.ts': text });
  for (const [name, mean, sd, dtype] of settings)
    for (const size of sizes) {
      const { value } = await guest.call({ module: 'q.ts', name: 'f' }, [name, size, mean, sd, dtype ?? null]);
      expect(arrayFrom(value)?.data).toEqual(Float64Array.from(ofPackage[name]([size], mean, sd, dtype, 7).dataSync()));
    }
});
