/** The real data sets, where they are at hand: what they hold, and the training on Boston that rests on them. */
import { describe, expect, test } from 'vitest';
import { makePipeline } from '../../reference/boston-init-mnist-grads/q1a.ts';
import { buildModel, train } from '../../reference/boston-init-mnist-grads/q1b.ts';
import { loadBoston, loadDigits, loadImages } from '../data/real-data.ts';
import { oldPermutation } from '../numerics/mersenne-twister.testing.ts';
import { isNight } from '../nightly.testing.ts';
import { dataFolder, dataIsHere, mean } from './real-data-folder.testing.ts';

const counts = (labels: ArrayLike<number>) =>
  Array.from({ length: 10 }, (_, digit) => Array.from(labels).filter((label) => label === digit).length);

describe.skipIf(!dataIsHere())(`the real files in ${dataFolder}`, () => {
  test('MNIST: 10,000 test images with the published class counts', () => {
    const { count, side, pixels, labels } = loadImages(dataFolder, 'mnist', 'test');
    expect([count, side]).toEqual([10_000, 28]);
    expect(counts(labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect([...labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(Math.max(...pixels.subarray(0, 784))).toBe(255);
  });

  test('digits: 1797 images, mean 4.884165, standard deviation 6.016788', () => {
    const { x, digits } = loadDigits(dataFolder);
    expect(counts(digits)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    const all = x.flat();
    const average = mean(all);
    expect(average).toBeCloseTo(4.884165, 6);
    expect(Math.sqrt(mean(all.map((v) => (v - average) ** 2)))).toBeCloseTo(6.016788, 6);
  });

  test('Boston: 506 districts, mean price 22.53, the features on their known scales', () => {
    const { x, y } = loadBoston(dataFolder);
    expect(y).toHaveLength(506);
    expect(mean(y)).toBeCloseTo(22.53, 2);
    const expected = [3.61, 11.36, 11.14, 0.069, 0.555, 6.28, 68.6, 3.8, 9.55, 408, 18.5, 357, 12.7];
    expected.forEach((value, j) => expect(mean(x.map((row) => row[j]!)) / value).toBeCloseTo(1, 1));
  });

  // A minute where two starts are needed.
  test.runIf(isNight)(
    'Boston: with patience 30 training stops early, with a validation MAE of at most 3 and an MSE of at most 20',
    async () => {
      const { x, y } = loadBoston(dataFolder);
      const order = oldPermutation(113, y.length).slice(0, 404);
      const prices = order.map((i) => y[i]!);
      // As Keras hands them out.
      expect(prices.slice(0, 3)).toEqual([15.2, 42.3, 50]);
      const options = { batchSize: 32, valFraction: 0.25, seed: 1 };
      const rows = order.map((i) => x[i]!);
      const { train: forTraining, val, nTrain, nVal } = makePipeline(rows, prices, options);
      expect([nTrain, nVal]).toEqual([303, 101]);
      const attempt = () => train(buildModel(13), forTraining, val, { epochs: 300, patience: 30 });

      let run = await attempt();
      // First weights are drawn without a seed: one start in many may be a poor one.
      for (let more = 0; more < 2 && !(run.best.mae <= 3 && run.best.mse <= 20); more++) run = await attempt();
      const { history, bestEpoch, stoppedEpoch, best } = run;
      expect(best.mae).toBeLessThanOrEqual(3);
      expect(best.mse).toBeLessThanOrEqual(20);
      expect(best).toEqual({ mae: Math.min(...history.valMae), mse: history.valLoss[bestEpoch] });
      expect(history.valMae.indexOf(best.mae)).toBe(bestEpoch);
      expect(stoppedEpoch).toBeLessThan(299);
      expect(stoppedEpoch).toBe(bestEpoch + 30);
    },
  );
});
