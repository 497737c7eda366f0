/** The model solutions on MNIST's 10,000 test images, where they are at hand: the figures recorded for two sheets. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createBatches } from '../../reference/mnist-sigmoid-relu-lab/batches.ts';
import { createRng } from '../../reference/mnist-sigmoid-relu-lab/rng.ts';
import { runBaseline } from '../../reference/mnist-sigmoid-relu-lab/t2.ts';
import { MultiLayerPerceptronRelu } from '../../reference/mnist-sigmoid-relu-lab/t4.ts';
import { initNet } from '../../reference/vectors-relu-fashion-backprop/p5q1.ts';
import { feedForwardDataset } from '../../reference/vectors-relu-fashion-backprop/p5q2.ts';
import { trainOneEpoch } from '../../reference/vectors-relu-fashion-backprop/p5q4.ts';
import { loadImages } from '../data/real-data.ts';
import { createRandom } from '../numerics/random.ts';
import { atNight } from '../nightly.testing.ts';
import { defaultRng } from '../numerics/numpy-random.testing.ts';
import { accuracyOf } from '../kinds/host-trainer.ts';
import type { Settings } from './mnist-sigmoid-relu-lab/training.ts';
import { train } from './mnist-sigmoid-relu-lab/training.ts';
import { dataFolder, dataIsHere, mean, near } from './real-data-folder.testing.ts';

let mnist: ReturnType<typeof loadImages>;

/** The images from `from` to `to`, divided by `scale`, one row each. */
function images(from: number, to: number, scale: number) {
  const { pixels, labels } = mnist;
  const X = Array.from({ length: to - from }, (_, n) => {
    // Rows that have once held a fraction are kept as fractions: among whole numbers the engine runs these loops at half the speed.
    const row = Array.from({ length: 784 }, () => 0.5);
    row.forEach((_, i) => (row[i] = pixels[(from + n) * 784 + i]! / scale));
    return row;
  });
  return { X, Y: [...labels.subarray(from, to)] };
}

describe.skipIf(!dataIsHere())(`the MNIST test images in ${dataFolder}`, () => {
  beforeAll(() => {
    mnist = loadImages(dataFolder, 'mnist', 'test');
  });

  describe('784-32-32-10, one image at a time, learning rate 0.003, the weights of seed 80085', () => {
    beforeAll(() => {
      // The model solution prints every result.
      vi.spyOn(console, 'log').mockImplementation(() => {});
    });

    const start = () => initNet([784, 32, 32, 10], defaultRng(80085));

    /** 60,000 steps an epoch over the first 7500 images, in eight rounds; after each the share of the next 1368 that is right. */
    function learn(scale: number, epochs: number, rounds = 8): number[] {
      const net = start();
      const { X, Y } = images(0, 7500, scale);
      const { X: testX, Y: testY } = images(7500, 8868, scale);
      return Array.from({ length: epochs }, () => {
        for (let round = 0; round < rounds; round++) trainOneEpoch(net, X, Y);
        const { correct, total } = feedForwardDataset(net, testX, testY);
        return correct / total;
      });
    }

    test('untrained, pixels up to 1: loss 2.3612 and 899 of the first 8868', () => {
      const { X, Y } = images(0, 8868, 255);
      const { averageLoss, correct } = feedForwardDataset(start(), X, Y);
      expect([averageLoss.toFixed(4), correct]).toEqual(['2.3612', 899]);
    });

    const recorded = atNight([0.897, 0.938, 0.943], 1);
    test(`epochs with pixels up to 1: ${recorded.join(', ')}`, () => {
      // Two images of 1368: exponentials may round otherwise elsewhere.
      learn(255, recorded.length).forEach((share, epoch) => near(share, recorded[epoch]!, 0.002));
    });

    test('untrained, raw pixels: loss 2.37 and 880 of 10,000, as in the sheet; 2.3746 and 768 of the first 8868', () => {
      const all = images(0, 10_000, 1);
      const whole = feedForwardDataset(start(), all.X, all.Y);
      expect([whole.averageLoss.toFixed(2), whole.correct]).toEqual(['2.37', 880]);
      const part = feedForwardDataset(start(), all.X.slice(0, 8868), all.Y.slice(0, 8868));
      expect([part.averageLoss.toFixed(4), part.correct]).toEqual(['2.3746', 768]);
    });

    // Raw pixels drive the units into saturation, and what follows hangs on the last digit: the same formulas with sums in
    // another order ended between 0.49 and 0.70 after three epochs, where 0.757 was recorded. Only the first epoch is steady
    // enough for a band (0.67 to 0.71, recorded 0.691), and two more would take a minute. By day an eighth of it is told; its
    // 0.666 is no recorded figure, but what these formulas gave.
    test.each(
      atNight(
        [
          { rounds: 1, share: 0.666 },
          { rounds: 8, share: 0.691 },
        ],
        1,
      ),
    )('$rounds times 7500 steps with raw pixels: $share, give or take 0.05', ({ rounds, share }) => {
      near(learn(1, 1, rounds)[0]!, share, 0.05);
    });
  });

  describe('784-100-100-10, batches of 100 out of 8000 images', () => {
    const sizes = [784, 100, 100, 10];

    const part = (from: number, to: number) => ({
      images: Float64Array.from(mnist.pixels.subarray(from * 784, to * 784), (v) => v / 255),
      labels: mnist.labels.subarray(from, to),
    });
    let data: Parameters<typeof train>[0];
    beforeAll(() => {
      data = { train: part(0, 8000), test: part(8000, 10_000) };
    });

    /** Test accuracy after every 80 steps; recorded figures stand after every 600 of them, which is 7½ entries. */
    function run(change: Partial<Settings>, watch?: Parameters<typeof train>[3]): number[] {
      const settings = { sizes, batchSize: 100, hidden: 'sigmoid', eta: 0.05, initSd: 1e-4, epochs: 8, ...change };
      return train(data, settings as Settings, createRandom(1), watch);
    }

    test.each(['sigmoid', 'relu'] as const)('the given class learns just as the quick training below: %s', (hidden) => {
      const { X, Y } = images(0, 1500, 255);
      const eta = 0.005;
      const [first, last] = [{ images: X.slice(0, 1000), labels: Y.slice(0, 1000) }, { images: X.slice(1000), labels: Y.slice(1000) }]; // prettier-ignore
      const options = { layerConfig: sizes, batchSize: 100, epochs: 2, eta, initSd: 0.05 };
      const [batches, testBatches] = [first, last].map((set) => createBatches(set.images, set.labels, 100));
      const slow =
        hidden === 'sigmoid'
          ? runBaseline({ train: first, test: last }, options, createRng(1))
          : new MultiLayerPerceptronRelu(sizes, 100, createRng(1)).evaluate(batches!, testBatches!, options);
      const packed = (set: typeof first) => ({ images: Float64Array.from(set.images.flat()), labels: Uint8Array.from(set.labels) }); // prettier-ignore
      const settings: Settings = { sizes, hidden, batchSize: 100, epochs: 2, eta, initSd: 0.05 };
      const [seen, unseen] = [packed(first), packed(last)];
      const onSeen: number[] = [];
      const onUnseen = train({ train: seen, test: unseen }, settings, createRandom(1), (_, net) =>
        onSeen.push(accuracyOf(net, { x: seen.images, y: Float64Array.from(seen.labels) }, 100)),
      );
      expect(onSeen).toHaveLength(2);
      slow.trainAcc.forEach((share, epoch) => expect(onSeen[epoch]).toBeCloseTo(share, 12));
      slow.testAcc.forEach((share, epoch) => expect(onUnseen[epoch]).toBeCloseTo(share, 12));
    });

    // Not in the time of a test: the ends of these runs (0.956 to 0.976 after 12,000 steps, three minutes each) and the
    // escape of rectified units from weights of 1e−4 after 6000 steps.
    test('learning rate 0.05: 0.887 after 600 steps', () => {
      near(mean(run({}).slice(-2)), 0.887, 0.03);
    });

    const later = atNight([0.38], 0);
    test(`learning rate 0.005: 0.296 after 600 steps${later.map((share) => ` and ${share} after 1200`).join('')}`, () => {
      const shares = run({ eta: 0.005, epochs: 8 + 7 * later.length });
      near(mean(shares.slice(6, 8)), 0.296, 0.03);
      for (const share of later) near(shares[14]!, share, 0.03);
    });

    test('learning rate 0.5: between 0.08 and 0.12', () => {
      run({ eta: 0.5, epochs: 2 }).forEach((share) => near(share, 0.1, 0.02));
    });

    test('rectified units from weights of 0.05: 0.955 after 600 steps with learning rate 0.005', () => {
      near(mean(run({ hidden: 'relu', eta: 0.005, initSd: 0.05 }).slice(-2)), 0.955, 0.015);
    });

    // Recorded as NaN: there the softmax did not subtract the largest number, as the given one does.
    test('rectified units from weights of 0.05 stay at chance with learning rate 0.05', () => {
      run({ hidden: 'relu', initSd: 0.05, epochs: 2 }).forEach((share) => near(share, 0.1, 0.02));
    });

    test('rectified units from weights of 1e−4 die with learning rate 0.05, and never learn', () => {
      const below: string[] = [];
      const shares = run({ hidden: 'relu', epochs: 2 }, (_, { linears }) => {
        const [first, second] = linears.filter((layer) => layer !== undefined);
        below.push([first!.W, first!.b, second!.W, second!.b].join(' '));
      });
      shares.forEach((share) => near(share, 0.1, 0.02));
      // Not one bit has moved in 80 steps: nothing ever will.
      expect(below[1] === below[0]).toBe(true);
    });
  });
});
