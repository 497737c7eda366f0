/** An image of whole grey values from 0 to 16 as a vector: the order of its pixels, and their scale. */
import type { Named, Variant } from '../../key.ts';
import { mistakeMaker, wrongly } from '../../key.ts';
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
interface VectorMistake extends Named {
  values(given: GreyImage): number[];
}

/** The mistakes as those of a problem, whose answer is made of the numbers of the vector. */
export const vectorVariants = (
  mistakes: readonly VectorMistake[],
  answer: (values: number[]) => ReturnType<Variant<GreyImage>['compute']>,
): Variant<GreyImage>[] =>
  mistakes.map(({ id, title, advice, values }) => wrongly(id, title, advice, (given) => answer(values(given))));

const rowByRow = 'Write the rows one after the other: the first eight numbers are the top row.';
const ordered = mistakeMaker((values: (flat: number[]) => number[]) => ({
  values: ({ image }: GreyImage) => values(image.flat()),
}));
const from = (arrangement: Arrangement) => (flat: number[]) => arranged(flat, 8, arrangement);

export const orderMistakes: readonly VectorMistake[] = [
  ordered('columns', 'column after column', rowByRow, from(arrangements.transposed)),
  ordered('upside-down', 'the last row first', rowByRow, from(arrangements.upsideDown)),
  ordered('mirrored', 'every row from right to left', rowByRow, from(arrangements.mirrored)),
  ordered('backwards', 'all pixels in reverse order', rowByRow, from(arrangements.halfTurn)),
  ordered('snake', 'every second row from right to left', rowByRow, from(arrangements.snake)),
  ordered('sorted', 'the pixels are sorted', rowByRow, (flat) => flat.sort((a, b) => a - b)),
  ordered('inverted', 'black and white are exchanged', 'Keep 0 for paper and the largest value for ink.', (flat) =>
    flat.map((v) => ink - v),
  ),
];

const by16 = 'The grey values run from 0 to 16: divide by 16 (or by 8, and subtract 1).';
const scaled = mistakeMaker((scale: Scale, white: number = ink) => ({
  values: ({ image }: GreyImage) => image.flat().map(scale(image.flat(), image.flat(), white)),
}));

export const scaleMistakes: readonly VectorMistake[] = [
  scaled('by-255', 'divided by 255', by16, scales.right, 255),
  scaled('unscaled', 'not scaled', by16, scales.unscaled),
  scaled('by-15', 'divided by 15', `${by16} 16 itself occurs.`, scales.oneTooFew),
  scaled('by-17', 'divided by 17', by16, scales.oneTooMany),
  scaled('by-256', 'divided by 256', by16, scales.oneTooMany, 255),
  scaled('signed-255', 'divided by 127.5, minus 1', by16, scales.symmetric, 255),
  scaled(
    'per-image',
    'every image has a scale of its own',
    'Divide all images by the same number, 16, not by the largest pixel of each.',
    scales.byOwnMaximum,
  ),
  {
    id: 'per-image-signed',
    title: 'every image has a scale of its own, from −1 to 1',
    advice: 'Scale all images in the same way: v / 8 − 1.',
    values: ({ image, darkest }) => image.flat().map((v) => (2 * v) / darkest - 1),
  },
  scaled('binary', 'black or white', 'Keep the grey levels.', scales.binary),
  scaled(
    'half',
    'divided by 8',
    'Divided by 8 the values reach 2: subtract 1, or divide by 16.',
    scales.right,
    ink / 2,
  ),
  scaled('inverted', 'black and white are exchanged', 'Keep 0 for paper and 1 for ink.', scales.inverted),
];
