/** Questions 2.1a, b, d, e and f: digits read, paired and encoded by the functions of data.ts. */
import type { Guest, Value } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { readOne } from '../../kinds/named-arrays.ts';
import { arrayOf, makeArray, mapArray } from '../../numerics/arrays.ts';
import type { Answer, Question, Reading } from '../../question.ts';
import { arrayFrom, fieldOf, inWords, isHeld, itemsOf, numberOf, record } from '../../values.ts';
import type { Digits } from './digits.ts';
import { classes, pixels, side } from './digits.ts';

const unit = 'data';

export interface LinesProbe extends Digits {
  /** What the text ends with. */
  ending: '' | '\n';
}

const csvOf = ({ x, digits, ending }: LinesProbe) =>
  x.map((row, i) => [...row, digits[i]].join(',')).join('\n') + ending;

export const loadQuestion: Question<LinesProbe> = {
  id: '2.1a.load',
  title: 'Images and targets from the lines of a file',
  precision: 'double',
  describe: ({ digits, ending }) =>
    `${digits.length} lines ${ending === '' ? 'without' : 'with'} a line break at the end`,
  ask: async (guest, probe) => ({
    value: (await guest.call({ module: unit, name: 'loadDigits' }, [csvOf(probe)])).value,
  }),
  read: ({ value }) => readLoaded(value),
  write: (answer) => record({ ...answer }),
};

/** What stands in the place of the two lists of numbers, where something does. */
const partsInWords = (value: Value): string[] =>
  ['images', 'targets']
    .map((name) => ({ name, part: fieldOf(value, name) }))
    .filter(({ part }) => part !== undefined && arrayFrom(part) === undefined)
    .map(({ name, part }) => `${name}: ${inWords(part).slice(0, 80)}`);

/** What a library's loader gives a script as rows of 64 pixels, as it may choose, as squares. */
const squares = (value: Value, images: NdArray | undefined): NdArray | undefined =>
  isHeld(value) && images?.shape.length === 2 && images.shape[1] === pixels
    ? makeArray([images.shape[0]!, side, side], images.data)
    : images;

/** The number of lines is not forced on the answer: a lost line is a mistake that has a name. */
function readLoaded(value: Value): Reading {
  const images = squares(value, arrayFrom(fieldOf(value, 'images')));
  const targets = arrayFrom(fieldOf(value, 'targets'));
  if (images === undefined || targets === undefined) {
    const says = 'loadDigits should return { images, targets } with numbers in them.';
    return { misread: { says, yours: [inWords(value), ...partsInWords(value)].join('; ') } };
  }
  if (images.shape.length !== 3) {
    const says = 'Every image should have 8 rows of 8 pixels.';
    return { misread: { says, yours: inWords(images), hint: 'toVector makes vectors out of them later.' } };
  }
  return { answer: { images, targets: makeArray([targets.data.length], targets.data) }, notes: [] };
}

export const pairsQuestion: Question<Digits> = {
  id: '2.1b.pairs',
  title: 'Pairs of input and target',
  precision: 'double',
  describe: ({ digits }) => `${digits.length} images with their targets`,
  ask: async (guest, { x, digits }) => {
    const sent = [makeArray([x.length, side, side], x.flat()), arrayOf(digits)];
    return { value: (await guest.call({ module: unit, name: 'toPairs' }, sent)).value };
  },
  read: ({ value }) => readPairs(value),
  write: ({ inputs, targets }) => ({
    kind: 'list',
    items: [...targets!.data].map((target, i): Value => ({
      kind: 'list',
      items: [makeArray([side, side], inputs!.data.slice(i * pixels, (i + 1) * pixels)), target],
    })),
  }),
};

function readPairs(value: Value): Reading {
  const says = 'toPairs should return a list with one pair [input, target] for each example.';
  const items = itemsOf(value);
  if (items === undefined) return { misread: { says, yours: inWords(value) } };
  const inputs: number[] = [];
  const targets: number[] = [];
  for (const item of items) {
    const [first, second, ...rest] = itemsOf(item) ?? [];
    const input = arrayFrom(first);
    const target = numberOf(second);
    if (input?.data.length !== pixels || target === undefined || rest.length > 0) {
      return { misread: { says, yours: `an entry that is ${inWords(item)}` } };
    }
    inputs.push(...input.data);
    targets.push(target);
  }
  const answer = {
    inputs: makeArray([items.length, side, side], inputs),
    targets: makeArray([targets.length], targets),
  };
  return { answer, notes: [] };
}

/** An image with whole grey values. Its darkest pixel is not full ink: a scale of its own then shows. */
export interface ImageProbe {
  image: number[][];
  darkest: number;
}

/** `toVector` of an image, kept inside where more than its numbers is looked at. */
export const callToVector = async (guest: Guest, { image }: ImageProbe, options: { keep?: 'handle' } = {}) =>
  (await guest.call({ module: unit, name: 'toVector' }, [arrayOf(image)], options)).value;

const vectorQuestion = (id: string, title: string, seen: (values: NdArray) => Answer): Question<ImageProbe> => ({
  id,
  title,
  precision: 'single',
  describe: ({ darkest }) => `an image with grey values from 0 to ${darkest}`,
  ask: async (guest, probe) => ({ value: await callToVector(guest, probe) }),
  read({ value }) {
    const read = readOne('vector', value, [pixels], 'toVector');
    return 'misread' in read ? read : { ...read, answer: seen(read.answer['vector']!) };
  },
  write: (answer) => answer['vector'],
});

/** From 0 to 1, whatever the scale was. A constant answer stays as it is. */
export function spread(vector: NdArray): Answer {
  const [low, high] = [Math.min(...vector.data), Math.max(...vector.data)];
  return { vector: high > low ? mapArray(vector, (v) => (v - low) / (high - low)) : vector };
}

export const sorted = (vector: NdArray): Answer => ({
  vector: makeArray(
    [vector.data.length],
    [...vector.data].sort((a, b) => a - b),
  ),
});

/** Only the order counts here, so that a wrong scale costs its marks in 2.1e alone. */
export const orderQuestion = vectorQuestion('2.1d.order', 'The order of the pixels in the vector', spread);

/** Only the values count here, sorted: their order has its mark in 2.1d. */
export const rangeQuestion = vectorQuestion('2.1e.range', 'The range of the values', sorted);

export const oneHotQuestion: Question<null> = {
  id: '2.1f.oneHot',
  title: 'One-hot targets of all digits',
  precision: 'double',
  describe: () => 'the digits 0 to 9',
  async ask(guest) {
    const items = [];
    for (let digit = 0; digit < classes; digit++) {
      items.push((await guest.call({ module: unit, name: 'oneHot' }, [digit])).value);
    }
    return { value: { kind: 'list', items } };
  },
  read({ value }) {
    const items = itemsOf(value) ?? [];
    const rows = items.map((row) => arrayFrom(row));
    const bad = rows.findIndex((row) => row?.data.length !== classes);
    if (bad >= 0) {
      const says = 'oneHot should return ten numbers for every digit.';
      const hint = 'The length is the number of classes, 10, whichever digit it is.';
      return { misread: { says, yours: `oneHot(${bad}) is ${inWords(items[bad])}`, hint } };
    }
    const entries = rows.flatMap((row) => [...row!.data]);
    return { answer: { rows: makeArray([classes, classes], entries) }, notes: [] };
  },
  write: ({ rows }) => ({
    kind: 'list',
    items: Array.from({ length: classes }, (_, i) =>
      makeArray([classes], rows!.data.slice(i * classes, (i + 1) * classes)),
    ),
  }),
};
