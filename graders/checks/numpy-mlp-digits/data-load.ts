/** Question 2.1a: the lines of a file become images with targets. 1 mark. */
import type { Check } from '../../check.ts';
import type { Value } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Reading } from '../../question.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords, record } from '../../values.ts';
import type { Digits } from './digits.ts';
import { imageOf, ink, noise, side } from './digits.ts';

interface LinesProbe extends Digits {
  /** What the text ends with. */
  ending: '' | '\n';
}

const csvOf = ({ x, digits, ending }: LinesProbe) =>
  x.map((row, i) => [...row, digits[i]].join(',')).join('\n') + ending;

const loaded = (images: readonly (readonly number[])[], targets: readonly number[]): Answer => ({
  images: makeArray([images.length, side, side], images.flat()),
  targets: makeArray([targets.length], targets),
});

const transposed = (row: readonly number[]) => row.map((_, i) => row[(i % side) * side + Math.floor(i / side)]!);

const wrong = (
  id: string,
  title: string,
  advice: string,
  images: (probe: LinesProbe) => number[][],
  targets: (probe: LinesProbe) => number[] = ({ digits }) => digits,
): Variant<LinesProbe> => ({ id, title, advice, compute: (probe) => loaded(images(probe), targets(probe)) });

export const loadProblem: Problem<LinesProbe> = {
  id: '2.1a.load',
  title: 'Images and targets from the lines of a file',
  precision: 'double',
  probes: (random) => [
    { ...noise(random.fork('a'), 7), ending: '' },
    { ...noise(random.fork('b'), 12), ending: '\n' },
  ],
  describe: ({ digits, ending }) =>
    `${digits.length} lines ${ending === '' ? 'without' : 'with'} a line break at the end`,
  ask: async (guest, probe) => ({
    value: (await guest.call({ module: 'data.ts', name: 'loadDigits' }, [csvOf(probe)])).value,
  }),
  read: ({ value }) => readLoaded(value),
  write: (answer) => record({ ...answer }),
  oracle: ({ x, digits }) => loaded(x, digits),
  mistakes: [
    wrong(
      'header',
      'the first line is taken for a header',
      'The file has no header: the first line is an image.',
      ({ x }) => x.slice(1),
      ({ digits }) => digits.slice(1),
    ),
    wrong(
      'last-line',
      'the last line is lost',
      'The last line may end without a line break; it is an image like the others.',
      ({ x }) => x.slice(0, -1),
      ({ digits }) => digits.slice(0, -1),
    ),
    wrong(
      'columns',
      'rows and columns of the images are exchanged',
      'The 64 numbers come row after row: the first eight are the top row.',
      ({ x }) => x.map(transposed),
    ),
    wrong(
      'label-first',
      'the first column is taken for the digit',
      'The digit is the last of the 65 numbers; the 64 pixels come first.',
      ({ x, digits }) => x.map((row, i) => [...row.slice(1), digits[i]!]),
      ({ x }) => x.map((row) => row[0]!),
    ),
    wrong(
      'scaled',
      'the pixels are already divided by 16',
      'Return the pixels as they are in the file; toVector scales them.',
      ({ x }) => x.map((row) => row.map((v) => v / ink)),
    ),
    wrong('binary', 'the pixels are black or white', 'Keep the 17 grey levels from 0 to 16.', ({ x }) =>
      x.map((row) => row.map((v) => (v > 0 ? 1 : 0))),
    ),
    wrong('upside-down', 'the rows are in reverse order', 'The first eight numbers are the top row.', ({ x }) =>
      x.map((row) => imageOf(row).reverse().flat()),
    ),
    wrong(
      'next-target',
      'every image has the target of the next line',
      'The digit stands at the end of the line of its image.',
      ({ x }) => x,
      ({ digits }) => [...digits.slice(1), digits[0]!],
    ),
  ],
};

/** What stands in the place of the two lists of numbers, where something does. */
const partsInWords = (value: Value): string[] =>
  ['images', 'targets']
    .map((name) => ({ name, part: fieldOf(value, name) }))
    .filter(({ part }) => part !== undefined && arrayFrom(part) === undefined)
    .map(({ name, part }) => `${name}: ${inWords(part).slice(0, 80)}`);

/** The number of lines is not forced on the answer: a lost line is a mistake that has a name. */
function readLoaded(value: Value): Reading {
  const images = arrayFrom(fieldOf(value, 'images'));
  const targets = arrayFrom(fieldOf(value, 'targets'));
  if (images === undefined || targets === undefined) {
    return {
      misread: {
        says: 'loadDigits should return { images, targets } with numbers in them.',
        yours: [inWords(value), ...partsInWords(value)].join('; '),
      },
    };
  }
  if (images.shape.length !== 3) {
    const says = 'Every image should have 8 rows of 8 pixels.';
    return { misread: { says, yours: inWords(images), hint: 'toVector makes vectors out of them later.' } };
  }
  return { answer: { images, targets: makeArray([targets.data.length], targets.data) }, notes: [] };
}

export const checks: Check[] = [
  {
    id: '2.1a.load',
    task: '2.1a',
    title: 'loadDigits gives every line as an 8×8 image with its target',
    asks: 'loadDigits of 7 and of 12 lines of random pixels.',
    points: 1,
    problems: [loadProblem],
    run: async (desk) =>
      firstWrong(await evaluate(desk, loadProblem), { images: 'The list of images', targets: 'The list of targets' }),
  },
];
