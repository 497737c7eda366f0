/** A small stand-in for MNIST: digit-like images drawn on 14×14 pixels, only the core of every stroke, enlarged to 28×28. */
import type { Random } from '../numerics/random.ts';
import { digitImages } from './digit-images.ts';

const small = 14;
const side = 28;
const levels = 255;
/** Thinner strokes: about a quarter of the pixels is not 0, nearly as few as in MNIST. */
const threshold = 204;

export interface LabelledImages {
  /** One image after the other, 784 numbers from 0 (paper) to 1 (ink) each. */
  images: Float64Array;
  /** 0 … 9. */
  labels: Uint8Array;
}

/** `count` images of 28×28 pixels with random labels; equal streams give equal images. */
export function miniMnist(random: Random, count: number): LabelledImages {
  const { pixels, labels } = digitImages(random, count, { side: small, levels, spread: 0.9 });
  const images = new Float64Array(count * side * side);
  for (let p = 0; p < images.length; p++) {
    const [n, y, x] = [Math.floor(p / side ** 2), Math.floor(p / side) % side, p % side];
    const ink = pixels[(n * small + (y >> 1)) * small + (x >> 1)]!;
    images[p] = Math.max(0, ink - threshold) / (levels - threshold);
  }
  return { images, labels };
}
