/** The data of section 1.6 as the grader draws it: the same images as `loadDigits` of the given digits.ts. */
import type { TrainAndTest } from '../../kinds/host-training.ts';
import { digitImages } from '../../data/digit-images.ts';
import { createRandom } from '../../numerics/random.ts';

export const pixels = 64;
const count = 1797;

/** 64 standardised pixels for each image, and 1 for the digits 0 to 4. 898 images for training, 899 for testing; standardised by mean and standard deviation of all pixels. */
export function drawDigits(): TrainAndTest {
  const { pixels: grey, labels } = digitImages(createRandom(12345), count, { side: 8, levels: 16, spread: 0.9 });
  const mean = grey.reduce((sum, v) => sum + v, 0) / grey.length;
  const sd = Math.sqrt(grey.reduce((sum, v) => sum + (v - mean) ** 2, 0) / grey.length);
  const x = Float64Array.from(grey, (v) => (v - mean) / sd);
  const y = Float64Array.from(labels, (digit) => (digit < 5 ? 1 : 0));
  const half = Math.floor(count / 2);
  return {
    train: { x: x.subarray(0, half * pixels), y: y.subarray(0, half) },
    test: { x: x.subarray(half * pixels), y: y.subarray(half) },
  };
}
