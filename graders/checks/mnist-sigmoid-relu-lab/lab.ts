/** The data and the settings of the lab, as the grader repeats them. */
import type { LabelledImages } from '../../data/mini-mnist.ts';
import { miniMnist } from '../../data/mini-mnist.ts';
import type { CheckContext } from '../../check.ts';
import { createRandom } from '../../numerics/random.ts';

export const trainCount = 2000;
export const testCount = 500;
export const pixels = 784;

interface Data {
  train: LabelledImages;
  test: LabelledImages;
}

/** What the handout prescribes for all trainings on the small images. */
export const prescribed = { sizes: [pixels, 30, 30, 10], batchSize: 100, epochs: 15 } as const;

/** The same images as `loadMiniMnist` of the given mnist.ts. */
export function drawLabData(): Data {
  const all = miniMnist(createRandom(28), trainCount + testCount);
  return { train: part(all, 0, trainCount), test: part(all, trainCount, trainCount + testCount) };
}

/** These images, drawn once for all students. */
export const labData = (context: CheckContext): Data => context.oncePerBatch('mini-mnist', drawLabData);

const part = ({ images, labels }: LabelledImages, from: number, to: number): LabelledImages => ({
  images: images.subarray(from * pixels, to * pixels),
  labels: labels.subarray(from, to),
});
