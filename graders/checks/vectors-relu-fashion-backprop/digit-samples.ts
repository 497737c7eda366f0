/** Images that look like digits, as rows of numbers from 0 to 1, where a training needs something to learn. */
import { digitImages } from '../../data/digit-images.ts';
import type { DigitImages } from '../../data/digit-images.ts';
import type { Random } from '../../numerics/random.ts';

const side = 28;
export const pixels = side * side;

export interface DigitSamples {
  train: { X: number[][]; Y: number[] };
  test: { X: number[][]; Y: number[] };
}

/** 28×28 images as bytes, the first `train` of them for training. */
export function digitBytes(random: Random, train: number, test: number): { train: DigitImages; test: DigitImages } {
  const all = digitImages(random, train + test, { side, levels: 255, spread: 0.9 });
  const part = (from: number, to: number): DigitImages => ({
    pixels: all.pixels.slice(from * pixels, to * pixels),
    labels: all.labels.slice(from, to),
  });
  return { train: part(0, train), test: part(train, train + test) };
}

/** The same images as numbers from 0 to 1. */
export function digitSamples(random: Random, train: number, test: number): DigitSamples {
  const bytes = digitBytes(random, train, test);
  const rows = ({ pixels: values, labels }: DigitImages) => ({
    X: Array.from(labels, (_, i) => Array.from(values.subarray(i * pixels, (i + 1) * pixels), (v) => v / 255)),
    Y: Array.from(labels),
  });
  return { train: rows(bytes.train), test: rows(bytes.test) };
}
