import { describe, expect, test } from 'vitest';
import { loadMiniMnist } from '../../../assignments/mnist-sigmoid-relu-lab/starter/mnist.ts';
import { isNight } from '../../nightly.testing.ts';
import { createRandom } from '../../numerics/random.ts';
import { drawLabData, prescribed } from './lab.ts';
import { studies } from './study.ts';
import { train } from './training.ts';

const data = drawLabData();

test('the grader draws the same images as the given mnist.ts', () => {
  const given = loadMiniMnist();
  expect(given.train.images.flat()).toEqual([...data.train.images]);
  expect(given.test.images.flat()).toEqual([...data.test.images]);
  expect(given.train.labels).toEqual([...data.train.labels]);
  expect(given.test.labels).toEqual([...data.test.labels]);
});

describe('a run of the study ends where it is recorded', () => {
  // By day one with each kind of hidden layer.
  test.each(isNight ? studies : studies.filter((_, i) => i % 3 === 0))(
    '$hidden units, learning rate $eta',
    ({ hidden, eta, initSd, ends }) => {
      const accuracy = train(data, { ...prescribed, hidden, eta, initSd }, createRandom(0, 'study'));
      expect(accuracy.at(-1)).toBeCloseTo(ends[0]!, 6);
      expect(ends).toHaveLength(20);
    },
  );
});
