/** The same program with the same seed draws the same, whatever it draws with. */
import { expect, test } from 'vitest';
import { sessions } from './session.testing.ts';

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
