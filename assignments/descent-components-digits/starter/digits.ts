/**
 * Given. The data of section 1.6: images of 8×8 pixels that look like handwritten digits, drawn by strokes from a fixed
 * seed, so that everybody has the same ones and nothing has to be downloaded.
 */
import type { Examples } from './fit.ts';
import { drawDigit } from './pen-strokes.ts';
import { createRng } from './rng.ts';
import type { Rng } from './rng.ts';

const COUNT = 1797;

/**
 * 898 images for training and 899 for testing. Pixels are standardised by the mean and the standard deviation of all of
 * them; the label is 1 for the digits 0 to 4, and 0 for 5 to 9.
 */
export function loadDigits(): { train: Examples; test: Examples } {
  const { x, digits } = drawDigits(createRng(12345));
  const pixels = x.flat();
  const mean = pixels.reduce((sum, v) => sum + v, 0) / pixels.length;
  const sd = Math.sqrt(pixels.reduce((sum, v) => sum + (v - mean) ** 2, 0) / pixels.length);
  const standardised = x.map((image) => image.map((v) => (v - mean) / sd));
  const y = digits.map((digit) => (digit < 5 ? 1 : 0));
  const half = Math.floor(COUNT / 2);
  return {
    train: { x: standardised.slice(0, half), y: y.slice(0, half) },
    test: { x: standardised.slice(half), y: y.slice(half) },
  };
}

/** Images as whole numbers from 0 (paper) to 16 (ink), row after row, and the digits that they show. */
export function drawDigits(rng: Rng): { x: number[][]; digits: number[] } {
  const drawn = Array.from({ length: COUNT }, () => drawDigit(rng, { side: 8, full: 16 }));
  return { x: drawn.map(({ pixels }) => pixels), digits: drawn.map(({ digit }) => digit) };
}
