/** Raw images and labels made into training tensors: pixels from 0 to 1, one-hot labels, in the order of the data. */
import type { Variant } from '../../key.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import type { Program } from '../program.ts';
import { mistake, variantsOf } from '../program.ts';
import type { Scale } from './pixels.ts';
import { scales } from './pixels.ts';

/** Row-major bytes, one label an image. */
interface RawImages {
  images: Uint8Array;
  labels: Uint8Array;
}

const side = 28;
const pixels = side * side;
const classes = 10;

interface Rules {
  scale: Scale;
  column(label: number): number;
  /** How many columns the labels get. */
  columns(labels: Uint8Array): number;
  order(n: number): number[];
  /** Of the labels, beside that of the images. */
  labelOrder(n: number): number[];
}

const kept = (n: number) => Array.from({ length: n }, (_, i) => i);
const reversed = (n: number) => Array.from({ length: n }, (_, i) => n - 1 - i);

/** The answer is `{ xTrain, yTrain }`. */
const imageTensors: Program<RawImages, Rules> = {
  right: { scale: scales.right, column: (label) => label, columns: () => classes, order: kept, labelOrder: kept },
  run({ images, labels }, rules) {
    const n = labels.length;
    const order = rules.order(n);
    const x = order.flatMap((row) => {
      const image = images.subarray(row * pixels, (row + 1) * pixels);
      return Array.from(image, rules.scale(image, images, 255));
    });
    const columns = rules.columns(labels);
    const y = new Float64Array(n * columns);
    rules.labelOrder(n).forEach((place, i) => {
      const column = rules.column(labels[order[place]!]!);
      if (column >= 0 && column < columns) y[i * columns + column] = 1;
    });
    return { xTrain: tensor([n, side, side], x), yTrain: tensor([n, columns], y) };
  },
};

const tensor = (shape: readonly number[], data: ArrayLike<number>) =>
  makeArray(shape, data, { container: 'tensor', dtype: 'float32' });

export const tensorsOf = (raw: RawImages): Answer => imageTensors.run(raw, imageTensors.right);

const by255 = 'Divide by 255, whatever the images hold.';

export const imageTensorMistakes: readonly Variant<RawImages>[] = variantsOf(imageTensors, [
  mistake<Rules>(
    'by-256',
    'divided by 256',
    'The largest pixel value is 255: divide by 255, so that white becomes exactly 1.',
    { scale: scales.oneTooMany },
  ),
  mistake<Rules>('not-scaled', 'pixels left at 0 to 255', 'Divide the pixels by 255.', { scale: scales.unscaled }),
  mistake<Rules>('by-127', 'scaled to [−1, 1]', 'The sheet asks for pixels in [0, 1]: divide by 255.', {
    scale: scales.symmetric,
  }),
  mistake<Rules>('standardised', 'every image standardised by itself', 'Divide by 255; do not subtract the mean.', {
    scale: scales.standardised,
  }),
  mistake<Rules>(
    'standardised-together',
    'standardised with the statistics of all images',
    'Divide by 255 instead of standardising: the sheet asks for pixels between 0 and 1.',
    { scale: scales.standardisedTogether },
  ),
  mistake<Rules>('own-maximum', 'every image scaled by its own maximum', 'Divide all images by the same number, 255.', {
    scale: scales.byOwnMaximum,
  }),
  mistake<Rules>('largest-pixel', 'divided by the largest pixel of the batch', by255, { scale: scales.byLargest }),
  mistake<Rules>(
    'scaled-where-above-one',
    'divided by 255 only where a pixel is above 1',
    `${by255} Dark images are bytes, too.`,
    {
      scale: scales.whereAboveOne,
    },
  ),
  mistake<Rules>('min-max', 'the range of the batch stretched to [0, 1]', by255, { scale: scales.stretched }),
  mistake<Rules>(
    'classes-present',
    'as many columns as the labels that came in need',
    'There are ten classes, also where the last ones do not occur: give oneHot the number 10.',
    { columns: (labels) => Math.max(...labels) + 1 },
  ),
  mistake<Rules>('inverted', 'black and white exchanged', 'Keep 0 as 0: divide by 255 and do not subtract from 1.', {
    scale: scales.inverted,
  }),
  mistake<Rules>('column-late', 'one-hot column shifted by one', 'Label 0 belongs to column 0.', {
    column: (label) => (label + 1) % classes,
  }),
  mistake<Rules>('columns-reversed', 'one-hot columns reversed', 'Label 0 belongs to column 0, label 9 to column 9.', {
    column: (label) => classes - 1 - label,
  }),
  mistake<Rules>('shuffled', 'rows in another order', 'Keep the order of the data: the sheet says not to shuffle.', {
    order: reversed,
  }),
  mistake<Rules>(
    'labels-shuffled',
    'labels in another order than the images',
    'Row i of yTrain belongs to row i of xTrain.',
    {
      labelOrder: reversed,
    },
  ),
]);
