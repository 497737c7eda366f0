import { expect, test } from 'vitest';
import { cpuMsOf } from '../graders/cpu-time.testing.ts';
import { essayText } from './essay-text.ts';

const long = 'The features lie on very different scales: TAX is in the hundreds, and';

test('a paragraph that an editor wrapped becomes whole', () => {
  expect(essayText(`${long}\nNOX is below one.\n\nMore.`)).toEqual({
    text: `${long} NOX is below one.\n\nMore.`,
    code: false,
  });
});

test('short lines, lists, tables and formulas that go on keep their lines', () => {
  for (const next of ['- two', '2. two', '| two |', '= ŷ − y', '    two']) {
    expect(essayText(`${long}\n${next}`).text).toBe(`${long}\n${next}`);
  }
  expect(essayText('L = −Σ y log ŷ\ndL/da = ŷ − y').text).toBe('L = −Σ y log ŷ\ndL/da = ŷ − y');
  expect(essayText(`| ${long} |\ntwo`).text).toBe(`| ${long} |\ntwo`);
});

test('source code is told from prose and left alone', () => {
  const source = `export function f(x) { // ${long}\n  const y = x;\n\n  return y;\n}`;
  expect(essayText(source)).toEqual({ text: source, code: true });
  expect(essayText('First;\nsecond.').code).toBe(false);
});

test('a comment on one line with the next, as old editors end lines, is read once', async () => {
  const text = `${';//'.repeat(40_000)}\r${long}`;
  expect(await cpuMsOf(() => expect(essayText(text).text).toBe(text))).toBeLessThan(1000);
});
