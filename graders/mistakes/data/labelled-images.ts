/** Lists of images with their targets: read from the lines of a file, or put side by side. */
import { makeArray } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';
import { arranged, arrangements } from './arrangements.ts';
import { scales } from './pixels.ts';

interface LabelledImages {
  /** One row of pixels, row after row of the image, for each. */
  x: number[][];
  digits: number[];
}

interface Rules {
  images(given: LabelledImages): number[][];
  targets(given: LabelledImages): number[];
}

/** The answer is `{ images, targets }`, in the order in which they come in. */
export const labelledImages: Program<LabelledImages, Rules> = {
  right: { images: ({ x }) => x, targets: ({ digits }) => digits },
  run(given, rules) {
    const [images, targets] = [rules.images(given), rules.targets(given)];
    const side = Math.sqrt(given.x[0]!.length);
    return {
      images: makeArray([images.length, side, side], images.flat()),
      targets: makeArray([targets.length], targets),
    };
  },
};

/** Largest grey value of a file. */
const ink = 16;
const each = (change: (row: number[]) => number[]): Partial<Rules> => ({ images: ({ x }) => x.map(change) });
const shifted: Partial<Rules> = { targets: ({ digits }) => [...digits.slice(1), digits[0]!] };
const wrong = mistake<Rules>;

/** In lines of 64 pixels and a digit. */
export const lineMistakes: readonly Mistake<Rules>[] = [
  wrong('header', 'the first line is taken for a header', 'The file has no header: the first line is an image.', {
    images: ({ x }) => x.slice(1),
    targets: ({ digits }) => digits.slice(1),
  }),
  wrong(
    'last-line',
    'the last line is lost',
    'The last line may end without a line break; it is an image like the others.',
    { images: ({ x }) => x.slice(0, -1), targets: ({ digits }) => digits.slice(0, -1) },
  ),
  wrong(
    'columns',
    'rows and columns of the images are exchanged',
    'The 64 numbers come row after row: the first eight are the top row.',
    each((row) => arranged(row, 8, arrangements.transposed)),
  ),
  wrong(
    'label-first',
    'the first column is taken for the digit',
    'The digit is the last of the 65 numbers; the 64 pixels come first.',
    {
      images: ({ x, digits }) => x.map((row, i) => [...row.slice(1), digits[i]!]),
      targets: ({ x }) => x.map((row) => row[0]!),
    },
  ),
  wrong(
    'scaled',
    'the pixels are already divided by 16',
    'Return the pixels as they are in the file; toVector scales them.',
    each((row) => row.map((v) => v / ink)),
  ),
  wrong(
    'binary',
    'the pixels are black or white',
    'Keep the 17 grey levels from 0 to 16.',
    each((row) => row.map(scales.binary())),
  ),
  wrong(
    'upside-down',
    'the rows are in reverse order',
    'The first eight numbers are the top row.',
    each((row) => arranged(row, 8, arrangements.upsideDown)),
  ),
  wrong(
    'next-target',
    'every image has the target of the next line',
    'The digit stands at the end of the line of its image.',
    shifted,
  ),
];

const besideIts = 'Input i belongs to target i.';

/** In pairs of an input and its target. */
export const pairMistakes: readonly Mistake<Rules>[] = [
  wrong('reversed', 'targets in reverse order', besideIts, { targets: ({ digits }) => [...digits].reverse() }),
  wrong('shifted', 'every input has the target of the next one', besideIts, shifted),
  wrong(
    'sorted',
    'only the targets are sorted',
    'Keep every input beside its own target; there is nothing to sort here.',
    { targets: ({ digits }) => [...digits].sort((a, b) => a - b) },
  ),
  wrong('one-target', 'all pairs have the first target', 'Take target i for input i.', {
    targets: ({ digits }) => digits.map(() => digits[0]!),
  }),
  wrong('last-lost', 'the last pair is missing', 'Run through all examples, the last one too.', {
    images: ({ x }) => x.slice(0, -1),
    targets: ({ digits }) => digits.slice(0, -1),
  }),
  wrong('one-input', 'all pairs have the last input', 'Put a new input into every pair.', {
    images: ({ x }) => x.map(() => x.at(-1)!),
  }),
];
