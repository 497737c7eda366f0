/** One-hot rows of the digits 0 to 9: entry by entry, from the digit and the place. */
import type { Variant } from '../../key.ts';
import { mistakeMaker } from '../../key.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';

const classes = 10;

type Entry = (digit: number, place: number) => number;

/** The answer is `{ rows }`, a row for each digit. */
const rowsOf = (entry: Entry): Answer => ({
  rows: makeArray(
    [classes, classes],
    Array.from({ length: classes * classes }, (_, i) => entry(Math.floor(i / classes), i % classes)),
  ),
});

export const oneHotDigits: Answer = rowsOf((digit, place) => (digit === place ? 1 : 0));

const wrong = mistakeMaker((entry: Entry) => ({ compute: () => rowsOf(entry) }));
const oneAt =
  (isThere: (digit: number, place: number) => boolean): Entry =>
  (d, i) =>
    isThere(d, i) ? 1 : 0;

const firstPlace = 'The digit 0 has the first place: its 1 stands at index 0.';

export const oneHotMistakes: readonly Variant<unknown>[] = [
  wrong(
    'value',
    'the digit stands at its place instead of 1',
    'Put a 1 at the place of the digit: a 9 becomes nine zeros and a 1.',
    (d, i) => (d === i ? d : 0),
  ),
  wrong(
    'from-one',
    'places are counted from 1',
    firstPlace,
    oneAt((d, i) => (d + 9) % 10 === i),
  ),
  wrong(
    'shifted',
    'the 1 stands one place too far',
    firstPlace,
    oneAt((d, i) => (d + 1) % 10 === i),
  ),
  wrong(
    'reversed',
    'places are counted from the end',
    'The digit 0 has the first place.',
    oneAt((d, i) => 9 - d === i),
  ),
  wrong(
    'zero-empty',
    'the digit 0 has no 1',
    'The digit 0 is a class like the others: its 1 stands at index 0.',
    oneAt((d, i) => d === i && d > 0),
  ),
  wrong(
    'nine-empty',
    'the digit 9 has no 1',
    'There are ten classes: the 1 of the digit 9 stands at index 9.',
    oneAt((d, i) => d === i && d < 9),
  ),
  wrong(
    'cold',
    'zeros and ones are exchanged',
    'One entry is 1, the others are 0.',
    oneAt((d, i) => d !== i),
  ),
  wrong(
    'cumulative',
    'all places up to the digit are 1',
    'Only the place of the digit itself is 1.',
    oneAt((d, i) => i <= d),
  ),
  wrong('signed', '−1 instead of 0', 'The other entries are 0: targets are probabilities.', (d, i) =>
    d === i ? 1 : -1,
  ),
  wrong('percent', 'all entries are the digit over 10', 'Only the place of the digit is 1.', (d) => d / 10),
];
