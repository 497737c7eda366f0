/** Bringing grey values, 0 to `white`, to the range a task asks for, and the scales that are taken instead. */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';

export interface PixelCase {
  /** Rows of grey values from 0 to `white`; no row reaches both ends. */
  images: Mat;
  white: number;
}

export interface PixelRules {
  scaled(value: number, image: readonly number[], given: PixelCase): number;
}

/** The answer is `{ images }` in 0…1. */
export const pixelProgram: Program<PixelCase, PixelRules> = {
  right: { scaled: (value, _, { white }) => value / white },
  run: (given, rules) => ({
    images: arrayOf(given.images.map((image) => image.map((value) => rules.scaled(value, image, given)))),
  }),
};

/** What becomes of the grey values of an image, one of all these. */
export type Scale = (image: ArrayLike<number>, images: ArrayLike<number>, white: number) => (value: number) => number;

const list = (values: ArrayLike<number>) => Array.from(values);
const extreme = (values: ArrayLike<number>, pick: (a: number, b: number) => number) =>
  list(values).reduce((a, b) => pick(a, b));
const spreadOf = (values: ArrayLike<number>) => {
  const mean = list(values).reduce((sum, v) => sum + v, 0) / values.length;
  const variance = list(values).reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return { mean, sd: Math.sqrt(variance) };
};
const standardisedBy = (values: ArrayLike<number>) => {
  const { mean, sd } = spreadOf(values);
  return (value: number) => (value - mean) / sd;
};
const dividedBy = (divisor: number) => (value: number) => value / divisor;

/** Scales by what they do; every coursework has its own words for them. */
export const scales = {
  right: (_image, _images, white) => dividedBy(white),
  unscaled: () => (v) => v,
  oneTooMany: (_image, _images, white) => dividedBy(white + 1),
  oneTooFew: (_image, _images, white) => dividedBy(white - 1),
  symmetric: (_image, _images, white) => (v) => v / (white / 2) - 1,
  inverted: (_image, _images, white) => (v) => 1 - v / white,
  byOwnMaximum: (image) => dividedBy(extreme(image, Math.max)),
  byLargest: (_image, images) => dividedBy(extreme(images, Math.max)),
  stretched: (_image, images) => {
    const [least, most] = [extreme(images, Math.min), extreme(images, Math.max)];
    return (v) => (v - least) / (most - least);
  },
  standardised: (image) => standardisedBy(image),
  standardisedTogether: (_image, images) => standardisedBy(images),
  binary: () => (v) => (v > 0 ? 1 : 0),
} satisfies Record<string, Scale>;

const scaledBy =
  (scaled: PixelRules['scaled']) =>
  (right: PixelRules): PixelRules => ({ ...right, scaled });

export const pixelMistakes: readonly Mistake<PixelRules>[] = [
  {
    id: 'unscaled',
    title: 'not scaled',
    advice: 'Divide by the largest possible grey value: yours are unchanged.',
    family: 'scale',
    apply: scaledBy((v) => v),
  },
  {
    id: 'one-too-many',
    title: 'divided by one more than the largest grey value',
    advice: 'Divide by the largest grey value, not by the number of grey values: white has to become exactly 1.',
    family: 'scale',
    apply: scaledBy((v, _, { white }) => v / (white + 1)),
  },
  {
    id: 'twice',
    title: 'divided twice',
    advice: 'Divide by the largest grey value once.',
    family: 'scale',
    apply: scaledBy((v, _, { white }) => v / white / white),
  },
  {
    id: 'percent',
    title: 'scaled to 0…100',
    advice: 'Scale to values between 0 and 1.',
    family: 'scale',
    apply: scaledBy((v, _, { white }) => (100 * v) / white),
  },
  {
    id: 'symmetric',
    title: 'scaled to −1…1',
    advice: 'Scale to values between 0 and 1: yours lie between −1 and 1.',
    apply: scaledBy((v, _, { white }) => (2 * v) / white - 1),
  },
  {
    id: 'inverted',
    title: 'black and white exchanged',
    advice: 'Keep black 0 and white 1: yours are exchanged.',
    apply: scaledBy((v, _, { white }) => 1 - v / white),
  },
  {
    id: 'by-own-maximum',
    title: 'every image divided by its own maximum',
    advice: 'Divide all images by the same number: an image without white loses its brightness otherwise.',
    apply: scaledBy((v, image) => v / Math.max(...image)),
  },
  {
    id: 'by-own-range',
    title: 'every image stretched to its own range',
    advice: 'Divide all images by the same number, without subtracting the minimum of each.',
    apply: scaledBy((v, image) => (v - Math.min(...image)) / (Math.max(...image) - Math.min(...image))),
  },
  {
    id: 'rounded',
    title: 'rounded to 0 and 1',
    advice: 'Keep the fractions: integer division or rounding leaves black and white only.',
    apply: scaledBy((v, _, { white }) => Math.round(v / white)),
  },
  {
    id: 'floored',
    title: 'integer division',
    advice: 'Convert to floating point before you divide: integer division leaves almost only zeros.',
    apply: scaledBy((v, _, { white }) => Math.floor(v / white)),
  },
  {
    id: 'standardised',
    title: 'every image standardised',
    advice: 'Divide by the largest grey value: mean and standard deviation play no role here.',
    apply: scaledBy((v, image) => scales.standardised(image)(v)),
  },
  {
    id: 'overflowed',
    title: 'wrapped around at 128',
    advice: 'Read the grey values as unsigned bytes: those above 127 have become negative.',
    apply: scaledBy((v, _, { white }) => (v > 127 ? v - 256 : v) / white),
  },
];
