import { viewClass } from './class-view.ts';
import { expect, test } from 'vitest';
import { everyString } from './every-string.testing.ts';
import { results } from './sample-results.testing.ts';
import { classOf } from './sample-class.testing.ts';
import { showcase } from './sample-showcase.testing.ts';
import { classText, studentText } from './terminal.ts';
import { textWidth } from './text-width.ts';

const full = results([...classOf(12), showcase()]);
const plainLook = { colour: false, width: 80 };
// eslint-disable-next-line no-control-regex -- their presence is what is tested
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

test('one submission reads as agreed', async () => {
  await expect(`${studentText(full, 's0042', { ...plainLook, all: true })}\n`).toMatchFileSnapshot('golden/check.txt');
});

test('a class reads as agreed', async () => {
  await expect(`${classText(viewClass(full), plainLook)}\n`).toMatchFileSnapshot('golden/grade.txt');
});

test('without colour there is not one control character, with colour only colour codes', () => {
  expect(studentText(full, 's0042', plainLook)).not.toMatch(CONTROL);
  const coloured = studentText(full, 's0042', { colour: true, width: 80 });
  expect(coloured).toContain('\u001b[31m');
  // eslint-disable-next-line no-control-regex -- the colours that were put there
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(studentText(full, 's0042', plainLook));
});

test('no field of a submission can command the terminal or turn its text around', () => {
  const hostile = everyString(full, (path, text) =>
    path === 'submissions.id' ? text : '\u001b[2J\u001b]0;owned\u0007\r\u0008x\u202ey\u009b31m',
  );
  expect(studentText(hostile, 's0042', plainLook)).not.toMatch(CONTROL);
  const ids = everyString(full, (path, text) => (path === 'submissions.id' ? `${text}\u001b[2J\n\u202e` : text));
  expect(classText(viewClass(ids), plainLook)).not.toMatch(CONTROL);
});

test('no line is wider than the terminal', () => {
  for (const width of [40, 61, 80, 200]) {
    const look = { colour: false, width, all: true };
    for (const line of `${studentText(full, 's0042', look)}\n${classText(viewClass(full), look)}`.split('\n')) {
      expect(textWidth(line), line).toBeLessThanOrEqual(width);
    }
  }
});

test('the terminal shows no more than the feedback level discloses', () => {
  expect(studentText({ ...full, feedback: 'hint' }, 's0042', plainLook)).not.toContain('0.0187654');
  expect(studentText({ ...full, feedback: 'score' }, 's0042', plainLook)).not.toContain('TypeError');
});
