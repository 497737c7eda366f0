/** The digits of the given digits-csv.ts, drawn here again: the same images, without asking the student's process. */
import { digitImages } from '../../data/digit-images.ts';
import { createRandom } from '../../numerics/random.ts';
import type { Random } from '../../numerics/random.ts';

export const side = 8;
export const pixels = side * side;
export const classes = 10;
/** The value of full ink. */
export const ink = 16;

export interface Digits {
  /** 64 whole numbers from 0 to 16 for each image. */
  x: number[][];
  digits: number[];
}

/** Digits drawn with pen strokes. */
export function drawnDigits(random: Random, count: number): Digits {
  const { pixels: grey, labels } = digitImages(random, count, { side, levels: ink, spread: 0.9 });
  return {
    x: Array.from(labels, (_, n) => [...grey.subarray(n * pixels, (n + 1) * pixels)]),
    digits: [...labels],
  };
}

/** All 1797 images of the given data set. */
export const givenDigits = (): Digits => drawnDigits(createRandom(12345), 1797);

/** Images of random pixels with targets in a fixed order: nothing about them can be guessed. */
export const noise = (random: Random, count: number): Digits => ({
  x: Array.from({ length: count }, () => Array.from({ length: pixels }, () => random.integer(ink + 1))),
  digits: Array.from({ length: count }, (_, i) => (i * 7 + 3) % 10),
});
