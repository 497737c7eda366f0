/** Images that look like digits, as rows of numbers from 0 to 1, where a training needs something to learn. */
import { digitImages } from '../data/digit-images.ts';
import type { DigitImages } from '../data/digit-images.ts';
import type { Random } from '../numerics/random.ts';

export interface DigitSamples {
  train: { X: number[][]; Y: number[] };
  test: { X: number[][]; Y: number[] };
}

/** Images as bytes, the first `train` of them for training. */
export function digitBytes(
  random: Random,
  train: number,
  test: number,
  side = 28,
): { train: DigitImages; test: DigitImages } {
  const all = digitImages(random, train + test, { side, levels: 255, spread: 0.9 });
  const part = (from: number, to: number): DigitImages => ({
    pixels: all.pixels.slice(from * side * side, to * side * side),
    labels: all.labels.slice(from, to),
  });
  return { train: part(0, train), test: part(train, train + test) };
}

/** Images of side × side numbers from 0 to 1. */
export function digitSamples(random: Random, train: number, test: number, side: number): DigitSamples {
  const bytes = digitBytes(random, train, test, side);
  const rows = ({ pixels, labels }: DigitImages) => ({
    X: Array.from(labels, (_, i) =>
      Array.from(pixels.subarray(i * side * side, (i + 1) * side * side), (v) => v / 255),
    ),
    Y: Array.from(labels),
  });
  return { train: rows(bytes.train), test: rows(bytes.test) };
}
