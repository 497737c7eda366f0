/** Question 2.1f: one-hot targets. 2 marks. */
import type { Check } from '../../check.ts';
import type { NdArray } from '../../model.ts';
import type { Variant } from '../../key.ts';
import type { Problem } from '../../problem.ts';
import type { Answer } from '../../question.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { makeArray } from '../../numerics/arrays.ts';
import { arrayFrom, inWords } from '../../values.ts';
import { classes } from './digits.ts';

const oneHot = (f: (digit: number, place: number) => number): Answer => ({
  rows: makeArray(
    [classes, classes],
    Array.from({ length: classes * classes }, (_, i) => f(Math.floor(i / classes), i % classes)),
  ),
});

const wrongRows = (
  id: string,
  title: string,
  advice: string,
  f: (digit: number, place: number) => number,
): Variant<null> => ({ id, title, advice, compute: () => oneHot(f) });

export const oneHotProblem: Problem<null> = {
  id: '2.1f.oneHot',
  title: 'One-hot targets of all digits',
  precision: 'double',
  probes: () => [null],
  describe: () => 'the digits 0 to 9',
  ask: async (guest) => {
    const items = [];
    for (let digit = 0; digit < classes; digit++) {
      items.push((await guest.call({ module: 'data.ts', name: 'oneHot' }, [digit])).value);
    }
    return { value: { kind: 'list', items } };
  },
  read: ({ value }) => {
    const rows = (value as { items: unknown[] }).items.map((row) => arrayFrom(row as NdArray));
    const bad = rows.findIndex((row) => row?.data.length !== classes);
    if (bad >= 0) {
      const says = 'oneHot should return ten numbers for every digit.';
      const hint = 'The length is the number of classes, 10, whichever digit it is.';
      return {
        misread: { says, yours: `oneHot(${bad}) is ${inWords((value as { items: NdArray[] }).items[bad])}`, hint },
      };
    }
    return {
      answer: {
        rows: makeArray(
          [classes, classes],
          rows.flatMap((row) => [...row!.data]),
        ),
      },
      notes: [],
    };
  },
  write: ({ rows }) => ({
    kind: 'list',
    items: Array.from({ length: classes }, (_, i) =>
      makeArray([classes], rows!.data.slice(i * classes, (i + 1) * classes)),
    ),
  }),
  oracle: () => oneHot((digit, place) => (digit === place ? 1 : 0)),
  mistakes: [
    wrongRows(
      'value',
      'the digit stands at its place instead of 1',
      'Put a 1 at the place of the digit: a 9 becomes nine zeros and a 1.',
      (d, i) => (d === i ? d : 0),
    ),
    wrongRows(
      'from-one',
      'places are counted from 1',
      'The digit 0 has the first place: its 1 stands at index 0.',
      (d, i) => ((d + 9) % 10 === i ? 1 : 0),
    ),
    wrongRows(
      'shifted',
      'the 1 stands one place too far',
      'The digit 0 has the first place: its 1 stands at index 0.',
      (d, i) => ((d + 1) % 10 === i ? 1 : 0),
    ),
    wrongRows('reversed', 'places are counted from the end', 'The digit 0 has the first place.', (d, i) =>
      9 - d === i ? 1 : 0,
    ),
    wrongRows(
      'zero-empty',
      'the digit 0 has no 1',
      'The digit 0 is a class like the others: its 1 stands at index 0.',
      (d, i) => (d === i && d > 0 ? 1 : 0),
    ),
    wrongRows(
      'nine-empty',
      'the digit 9 has no 1',
      'There are ten classes: the 1 of the digit 9 stands at index 9.',
      (d, i) => (d === i && d < 9 ? 1 : 0),
    ),
    wrongRows('cold', 'zeros and ones are exchanged', 'One entry is 1, the others are 0.', (d, i) => (d === i ? 0 : 1)),
    wrongRows('cumulative', 'all places up to the digit are 1', 'Only the place of the digit itself is 1.', (d, i) =>
      i <= d ? 1 : 0,
    ),
    wrongRows('signed', '−1 instead of 0', 'The other entries are 0: targets are probabilities.', (d, i) =>
      d === i ? 1 : -1,
    ),
    wrongRows('percent', 'all entries are the digit over 10', 'Only the place of the digit is 1.', (d) => d / 10),
  ],
};

export const checks: Check[] = [
  {
    id: '2.1f.oneHot',
    task: '2.1f',
    title: 'oneHot has a single 1, at the place of the digit',
    asks: 'oneHot of the digits 0 to 9.',
    points: 2,
    problems: [oneHotProblem],
    run: async (desk) => firstWrong(await evaluate(desk, oneHotProblem), { rows: 'The table of the ten rows' }),
  },
];
