/**
 * Given. Data in the format of the optical digits set: 1797 lines of 65 whole numbers, 64 pixels from 0 (paper) to 16 (ink),
 * row after row, and then the digit. The images are drawn by strokes from a fixed seed, so that everybody has the same ones
 * and nothing has to be downloaded. The original digits.csv has the same format and may be used instead.
 */
import { drawDigit } from './pen-strokes.ts';
import { createRng } from './rng.ts';

const COUNT = 1797;

/** The whole data set as text, without a header; the same every time. */
export function digitsCsv(): string {
  const rng = createRng(12345);
  return Array.from({ length: COUNT }, () => {
    const { pixels, digit } = drawDigit(rng, { side: 8, full: 16 });
    return [...pixels, digit].join(',') + '\n';
  }).join('');
}
