/** Question 2.1d: an image becomes a vector, row after row. 1 mark. */
import type { Check } from '../../check.ts';
import type { NdArray } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { arrayOf, makeArray, mapArray } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import { transpose } from '../../../reference/oracles/linear-algebra.ts';
import { ink, pixels, side } from './digits.ts';
import { readOne } from '../../kinds/named-arrays.ts';

/** An image with whole grey values. Its darkest pixel is not full ink: a scale of its own then shows. */
export interface ImageProbe {
  image: Mat;
  darkest: number;
}

export const target = { module: 'data.ts', name: 'toVector' } as const;

export function drawImage(random: Random, darkest: number): ImageProbe {
  const places = random.permutation(pixels);
  const image = Array.from({ length: side }, () => Array.from({ length: side }, () => random.integer(darkest + 1)));
  for (const [at, value] of [
    [places[0]!, darkest],
    [places[1]!, 0],
  ] as const)
    image[Math.floor(at / side)]![at % side] = value;
  return { image, darkest };
}

export const vectorOf = (values: ArrayLike<number>): NdArray => makeArray([values.length], values);

/** From 0 to 1, whatever the scale was. A constant answer stays as it is. */
function spread(vector: NdArray): NdArray {
  const [low, high] = [Math.min(...vector.data), Math.max(...vector.data)];
  return high > low ? mapArray(vector, (v) => (v - low) / (high - low)) : vector;
}

export const common = {
  precision: 'single',
  describe: ({ darkest }: ImageProbe) => `an image with grey values from 0 to ${darkest}`,
  ask: async (guest: Parameters<Problem<ImageProbe>['ask']>[0], { image }: ImageProbe) => ({
    value: (await guest.call(target, [arrayOf(image)])).value,
  }),
  write: (answer: Answer) => answer['vector'],
  clues: {
    quantities: ({ darkest }: ImageProbe) => [
      { symbol: 'm', value: darkest, means: 'the largest grey value of the image' },
    ],
  },
} as const;

const order = (id: string, title: string, advice: string, arrange: (image: Mat) => number[]): Variant<ImageProbe> => ({
  id,
  title,
  advice,
  compute: ({ image }) => ({ vector: spread(vectorOf(arrange(image))) }),
});

const rowByRow = 'Write the rows one after the other: the first eight numbers are the top row.';

/** Only the order counts here, so that a wrong scale costs its marks in 2.1e alone. */
export const orderProblem: Problem<ImageProbe> = {
  ...common,
  id: '2.1d.order',
  title: 'The order of the pixels in the vector',
  probes: (random) => [13, 11].map((darkest) => drawImage(random.fork(`${darkest}`), darkest)),
  read: ({ value }) => {
    const read = readOne('vector', value, [pixels], 'toVector');
    return 'misread' in read ? read : { ...read, answer: { vector: spread(read.answer['vector']!) } };
  },
  oracle: ({ image }) => ({ vector: spread(vectorOf(image.flat())) }),
  mistakes: [
    order('columns', 'column after column', rowByRow, (image) => transpose(image).flat()),
    order('upside-down', 'the last row first', rowByRow, (image) => [...image].reverse().flat()),
    order('mirrored', 'every row from right to left', rowByRow, (image) =>
      image.map((row) => [...row].reverse()).flat(),
    ),
    order('backwards', 'all pixels in reverse order', rowByRow, (image) => image.flat().reverse()),
    order('snake', 'every second row from right to left', rowByRow, (image) =>
      image.map((row, y) => (y % 2 === 1 ? [...row].reverse() : row)).flat(),
    ),
    order('sorted', 'the pixels are sorted', rowByRow, (image) => image.flat().sort((a, b) => a - b)),
    order('inverted', 'black and white are exchanged', 'Keep 0 for paper and the largest value for ink.', (image) =>
      image.flat().map((v) => ink - v),
    ),
  ],
};

export const checks: Check[] = [
  {
    id: '2.1d.order',
    task: '2.1d',
    title: 'toVector writes the 64 pixels row after row',
    asks: 'toVector of two images; only the order of the pixels counts.',
    points: 1,
    problems: [orderProblem],
    run: async (desk) => firstWrong(await evaluate(desk, orderProblem), { vector: 'The order of the pixels' }),
  },
];
