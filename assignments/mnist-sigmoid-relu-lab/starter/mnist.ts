/**
 * Given. A small stand-in for MNIST: digit-like images drawn by strokes on 14×14 pixels from a fixed seed and enlarged to
 * 28×28. Everybody has the same ones, and nothing has to be downloaded.
 */
import type { Vec } from './arrays.ts';
import type { Data } from './batches.ts';
import { drawDigit } from './pen-strokes.ts';
import { createRng } from './rng.ts';

const TRAIN = 2000;
const TEST = 500;
const SIDE = 14;

/** 2000 images for training and 500 for testing: 28×28 pixels in rows of 784 numbers from 0 (paper) to 1 (ink). */
export function loadMiniMnist(): Data {
  const rng = createRng(28);
  const drawn = Array.from({ length: TRAIN + TEST }, () => drawDigit(rng, { side: SIDE, full: 255 }));
  const images = drawn.map(({ pixels }) => enlarge(pixels));
  const labels = drawn.map(({ digit }) => digit);
  return {
    train: { images: images.slice(0, TRAIN), labels: labels.slice(0, TRAIN) },
    test: { images: images.slice(TRAIN), labels: labels.slice(TRAIN) },
  };
}

/** 14×14 whole numbers up to 255 as 28×28 numbers up to 1; only the core of every stroke stays. */
function enlarge(small: Vec): Vec {
  return Array.from({ length: 28 * 28 }, (_, p) => {
    const ink = small[(Math.floor(p / 28) >> 1) * SIDE + ((p % 28) >> 1)]!;
    return Math.max(0, ink - 204) / 51;
  });
}
