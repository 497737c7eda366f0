/** An image of whole grey values from 0 to 16 as a vector: the order of its pixels, and their scale. */
import type { Variant } from '../../key.ts';
import { wrongly } from '../../key.ts';
import type { Arrangement } from './arrangements.ts';
import { arranged, arrangements } from './arrangements.ts';
import type { Scale } from './pixels.ts';
import { scales } from './pixels.ts';

interface GreyImage {
  image: number[][];
  /** The largest grey value of this image; others reach `ink`. */
  darkest: number;
}

const ink = 16;

/** What a mistake makes of an image, as numbers in the order of the vector. */
interface VectorMistake extends Omit<Variant<GreyImage>, 'compute'> {
  advice: string;
  values(given: GreyImage): number[];
}

/** The mistakes as those of a problem, whose answer is made of the numbers of the vector. */
export const vectorVariants = (
  mistakes: readonly VectorMistake[],
  answer: (values: number[]) => ReturnType<Variant<GreyImage>['compute']>,
): Variant<GreyImage>[] =>
  mistakes.map(({ id, title, advice, values }) => wrongly(id, title, advice, (given) => answer(values(given))));

const rowByRow = 'Write the rows one after the other: the first eight numbers are the top row.';
const ordered = (
  id: string,
  title: string,
  values: (flat: number[]) => number[],
  advice = rowByRow,
): VectorMistake => ({
  id,
  title,
  advice,
  values: ({ image }) => values(image.flat()),
});
const from = (arrangement: Arrangement) => (flat: number[]) => arranged(flat, 8, arrangement);

export const orderMistakes: readonly VectorMistake[] = [
  ordered('columns', 'column after column', from(arrangements.transposed)),
  ordered('upside-down', 'the last row first', from(arrangements.upsideDown)),
  ordered('mirrored', 'every row from right to left', from(arrangements.mirrored)),
  ordered('backwards', 'all pixels in reverse order', from(arrangements.halfTurn)),
  ordered('snake', 'every second row from right to left', from(arrangements.snake)),
  ordered('sorted', 'the pixels are sorted', (flat) => flat.sort((a, b) => a - b)),
  ordered(
    'inverted',
    'black and white are exchanged',
    (flat) => flat.map((v) => ink - v),
    'Keep 0 for paper and the largest value for ink.',
  ),
];

const by16 = 'The grey values run from 0 to 16: divide by 16 (or by 8, and subtract 1).';
const scaled = (id: string, title: string, scale: Scale, advice = by16, white = ink): VectorMistake => ({
  id,
  title,
  advice,
  values: ({ image }) => image.flat().map(scale(image.flat(), image.flat(), white)),
});

export const scaleMistakes: readonly VectorMistake[] = [
  scaled('by-255', 'divided by 255', scales.right, by16, 255),
  scaled('unscaled', 'not scaled', scales.unscaled),
  scaled('by-15', 'divided by 15', scales.oneTooFew, `${by16} 16 itself occurs.`),
  scaled('by-17', 'divided by 17', scales.oneTooMany),
  scaled('by-256', 'divided by 256', scales.oneTooMany, by16, 255),
  scaled('signed-255', 'divided by 127.5, minus 1', scales.symmetric, by16, 255),
  scaled(
    'per-image',
    'every image has a scale of its own',
    scales.byOwnMaximum,
    'Divide all images by the same number, 16, not by the largest pixel of each.',
  ),
  {
    id: 'per-image-signed',
    title: 'every image has a scale of its own, from −1 to 1',
    advice: 'Scale all images in the same way: v / 8 − 1.',
    values: ({ image, darkest }) => image.flat().map((v) => (2 * v) / darkest - 1),
  },
  scaled('binary', 'black or white', scales.binary, 'Keep the grey levels.'),
  scaled(
    'half',
    'divided by 8',
    scales.right,
    'Divided by 8 the values reach 2: subtract 1, or divide by 16.',
    ink / 2,
  ),
  scaled('inverted', 'black and white are exchanged', scales.inverted, 'Keep 0 for paper and 1 for ink.'),
];
