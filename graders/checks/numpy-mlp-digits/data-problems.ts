/** Questions 2.1a, b, d, e and f: what is right of the functions of data.ts, and what is wrong. */
import { scaleMistakes, orderMistakes, vectorVariants } from '../../mistakes/data/image-vectors.ts';
import { labelledImages, lineMistakes, pairMistakes } from '../../mistakes/data/labelled-images.ts';
import { oneHotDigits, oneHotMistakes } from '../../mistakes/data/one-hot.ts';
import { adapt, variantsOf } from '../../mistakes/program.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';
import type { ImageProbe, LinesProbe } from './data-question.ts';
import {
  loadQuestion,
  oneHotQuestion,
  orderQuestion,
  pairsQuestion,
  rangeQuestion,
  sorted,
  spread,
} from './data-question.ts';
import type { Digits } from './digits.ts';
import { ink, noise, pixels, side } from './digits.ts';

export const loadProblem: Problem<LinesProbe> = {
  ...loadQuestion,
  probes: (random) => [
    { ...noise(random.fork('a'), 7), ending: '' },
    { ...noise(random.fork('b'), 12), ending: '\n' },
  ],
  oracle: (probe) => labelledImages.run(probe, labelledImages.right),
  mistakes: variantsOf<LinesProbe, typeof labelledImages.right>(labelledImages, lineMistakes),
};

const pairs = adapt(
  labelledImages,
  (probe: Digits) => probe,
  ({ images, targets }) => ({ inputs: images!, targets: targets! }),
);

export const pairsProblem: Problem<Digits> = {
  ...pairsQuestion,
  probes: (random) => [5, 9].map((count) => noise(random.fork(`${count}`), count)),
  oracle: (probe) => pairs.run(probe, pairs.right),
  mistakes: variantsOf(pairs, pairMistakes),
};

function drawImage(random: Random, darkest: number): ImageProbe {
  const places = random.permutation(pixels);
  const image = Array.from({ length: side }, () => Array.from({ length: side }, () => random.integer(darkest + 1)));
  for (const [at, value] of [
    [places[0]!, darkest],
    [places[1]!, 0],
  ] as const)
    image[Math.floor(at / side)]![at % side] = value;
  return { image, darkest };
}

const images = {
  probes: (random: Random) => [13, 11].map((darkest) => drawImage(random.fork(`${darkest}`), darkest)),
  clues: {
    quantities: ({ darkest }: ImageProbe) => [
      { symbol: 'm', value: darkest, means: 'the largest grey value of the image' },
    ],
  },
};

export const orderProblem: Problem<ImageProbe> = {
  ...orderQuestion,
  ...images,
  harmless: {
    kept: 'Only the order counts: a larger scale is paid for in 2.1e.',
    'one probe': 'Only the order counts: a larger scale is paid for in 2.1e.',
  },
  oracle: ({ image }) => spread(arrayOf(image.flat())),
  mistakes: vectorVariants(orderMistakes, (values) => spread(arrayOf(values))),
};

export const rangeProblem: Problem<ImageProbe> = {
  ...rangeQuestion,
  ...images,
  harmless: { reordered: 'Only the values count: their order is paid for in 2.1d.' },
  oracle: ({ image }) => sorted(arrayOf(image.flat().map((v) => v / ink))),
  accepts: [
    {
      id: 'signed',
      title: 'The inputs lie between −1 and 1.',
      compute: ({ image }) => sorted(arrayOf(image.flat().map((v) => v / 8 - 1))),
    },
  ],
  twins: [{ ids: ['by-255', 'by-256'], because: 'The values differ by 0.0003, less than the tolerance is wide.' }],
  mistakes: vectorVariants(scaleMistakes, (values) => sorted(arrayOf(values))),
};

export const oneHotProblem: Problem<null> = {
  ...oneHotQuestion,
  probes: () => [null],
  oracle: () => oneHotDigits,
  mistakes: oneHotMistakes,
};
