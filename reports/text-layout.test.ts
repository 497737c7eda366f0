import { expect, test } from 'vitest';
import { cut, fit, wrap } from './text-layout.ts';
import { textWidth } from './text-width.ts';

test('wide letters and emoji take two columns, combining marks none', () => {
  expect(['abc', '漢字', '👩‍💻', 'e\u0301', '∂²'].map(textWidth)).toEqual([3, 4, 2, 1, 2]);
});

test('what is cut off is shown by an ellipsis within the width', () => {
  expect([cut('abcdef', 4), cut('漢字漢字', 4), cut('abc', 3)]).toEqual(['abc…', '漢…', 'abc']);
});

test('columns are exact, to the left or to the right', () => {
  expect([fit('ab', 4), fit('ab', 4, 'right'), fit('漢', 4)]).toEqual(['ab  ', '  ab', '漢  ']);
});

test('lines break between words, and within a word only when it is longer than a line', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('x'.repeat(20), 8)).toEqual(['xxxxxxxx', 'xxxxxxxx', 'xxxx']);
});

test('line ends and indents are kept', () => {
  expect(wrap('a\n  b c d e f g\n\nh', 9)).toEqual(['a', '  b c d e', '  f g', '', 'h']);
});

test('no line is wider than asked, whatever is in it', () => {
  const text = '漢字'.repeat(30) + ' ' + '👩‍💻'.repeat(20) + ' word '.repeat(40);
  for (const width of [8, 13, 40])
    for (const line of wrap(text, width)) expect(textWidth(line)).toBeLessThanOrEqual(width);
});
