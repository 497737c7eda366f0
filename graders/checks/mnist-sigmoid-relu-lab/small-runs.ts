/** Small trainings that the student's own run functions are asked for, on images that nobody has seen. */
import type { CheckContext } from '../../check.ts';
import type { Arg } from '../../model/guest.ts';
import { miniMnist } from '../../data/mini-mnist.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { pixels } from '../../kinds/pixel-net.ts';

const side = 7;
const smallPixels = side * side;
/** 240 images in batches of 20, one hidden layer: 10 epochs are 120 steps. */
export const small = { layerConfig: [smallPixels, 16, 10], batchSize: 20, epochs: 10, initSd: 0.1 } as const;
const counts = { train: 240, test: 110 } as const;
const wholeBatches = counts.train / small.batchSize;
/**
 * Of so many images accuracies are shares: 110 test images are five whole batches, the last ten may be left out. Who trains on
 * fewer batches is right about shares of those, and pays for what is left out where the steps are judged.
 */
export const sharesOf = {
  train: Array.from({ length: wholeBatches }, (_, left) => counts.train - left * small.batchSize),
  test: [counts.test, 100],
};

interface SmallImages {
  rows: Float64Array;
  labels: number[];
}

/** Of every 4×4 pixels the darkest. Test labels are one too high: a network that has learned is wrong about all of them. */
function smallData(context: CheckContext): { train: SmallImages; test: SmallImages } {
  return context.oncePerBatch('small-data', () => {
    const { images, labels } = miniMnist(context.random('small-data'), counts.train + counts.test);
    const part = (from: number, to: number, shift: number): SmallImages => ({
      rows: Float64Array.from({ length: (to - from) * smallPixels }, (_, k) =>
        darkest(images, from + Math.floor(k / smallPixels), k % smallPixels),
      ),
      labels: [...labels.subarray(from, to)].map((label) => (label + shift) % 10),
    });
    return { train: part(0, counts.train, 0), test: part(counts.train, counts.train + counts.test, 1) };
  });
}

/** Images are enlarged twice, so that every second pixel of them is enough. */
function darkest(images: Float64Array, n: number, p: number): number {
  const corner = n * pixels + 4 * Math.floor(p / side) * 28 + 4 * (p % side);
  return Math.max(...[0, 2, 2 * 28, 2 * 28 + 2].map((step) => images[corner + step]!));
}

const sentImages = ({ rows, labels }: SmallImages): Arg => ({
  kind: 'record',
  entries: {
    images: makeArray([labels.length, smallPixels], rows),
    labels: makeArray([labels.length], labels),
  },
});

/** With `blank` every training image is the same one: nobody can tell their labels. */
export function sentData(context: CheckContext, blank = false): Arg {
  const { train, test } = smallData(context);
  const rows = train.rows.map((value, k) => (blank ? train.rows[k % smallPixels]! : value));
  return { kind: 'record', entries: { train: sentImages({ ...train, rows }), test: sentImages(test) } };
}

export const sentOptions = (options: Readonly<Record<string, number>> = {}): Arg => ({
  kind: 'record',
  entries: {
    layerConfig: makeArray([small.layerConfig.length], small.layerConfig),
    batchSize: small.batchSize,
    epochs: small.epochs,
    initSd: small.initSd,
    ...options,
  },
});
