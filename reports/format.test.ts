import { expect, test } from 'vitest';
import {
  barWidth,
  count,
  duration,
  grouped,
  instant,
  marks,
  marksAre,
  marksWord,
  number,
  percent,
  shapeWords,
  times,
} from './format.ts';

test('marks have at most two decimals and no trailing zeros', () => {
  expect([7.5, 3, 0, 2 / 3, 1.005, 0.1 + 0.2, -0, 100].map(marks)).toEqual([
    '7.5',
    '3',
    '0',
    '0.67',
    '1.01',
    '0.3',
    '0',
    '100',
  ]);
});

test('one mark is singular, everything else plural', () => {
  expect([1, 0, 0.5, 2, 1.001].map(marksWord)).toEqual(['1 mark', '0 marks', '0.5 marks', '2 marks', '1 mark']);
  expect([1, 0.5, 29].map(marksAre)).toEqual(['1 mark is', '0.5 marks are', '29 marks are']);
});

test('measured numbers keep six significant digits', () => {
  expect([0.0187654321, 123456789, 1e-9, -2.5, 0].map(number)).toEqual(['0.0187654', '123457000', '1e-9', '-2.5', '0']);
});

test('numbers that are written cryptically are said in words', () => {
  expect([NaN, Infinity, -Infinity, -0].map(number)).toEqual([
    'NaN (not a number)',
    'infinity',
    'minus infinity',
    'minus zero',
  ]);
});

test('a percentage never rounds to nothing or to everything', () => {
  expect([0, 0.001, 0.444, 0.999, 1, NaN].map(percent)).toEqual([
    '0%',
    'under 1%',
    '44%',
    'over 99%',
    '100%',
    'unknown',
  ]);
});

test('a bar stays within its frame and is empty where there is nothing to earn', () => {
  expect([barWidth(1, 3), barWidth(5, 4), barWidth(-1, 4), barWidth(0, 0), barWidth(NaN, 4)]).toEqual([
    33.3, 100, 0, 0, 0,
  ]);
});

test('factors have two digits that matter and end in words', () => {
  expect([3.24, 41.3, 1312, 93120, 1e9, Infinity].map(times)).toEqual([
    '3.2 times',
    '41 times',
    '1300 times',
    '93\u202f000 times',
    'more than a million times',
    'more than a million times',
  ]);
});

test('large counts are grouped, small ones are not', () => {
  expect([grouped(1234), grouped(12345), count(1, 'entry', 'entries'), count(3, 'entry', 'entries')]).toEqual([
    '1234',
    '12\u202f345',
    '1 entry',
    '3 entries',
  ]);
});

test('times are said in the unit that fits', () => {
  expect([0.4, 999, 2100, 61_000, 7_300_000, NaN].map(duration)).toEqual([
    '0 ms',
    '999 ms',
    '2.1 s',
    '1 min 1 s',
    '2 h 1 min',
    'unknown',
  ]);
});

test('an instant reads the same on every machine, and nonsense is left as it is', () => {
  expect(instant('2026-03-03T14:05:12.000Z')).toBe('3 March 2026, 14:05 UTC');
  expect(instant('soon')).toBe('soon');
  // A platform's time of the place stays what its clock showed.
  expect(instant('2026-11-20T22:05:00')).toBe('20 November 2026, 22:05');
});

test('shapes are written as people write them', () => {
  expect([[], [1], [7], [5, 4]].map(shapeWords)).toEqual(['one number', '1 entry', '7 entries', '5 × 4']);
});
