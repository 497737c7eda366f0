/** `gradmark hold` and `gradmark release` as a teaching assistant runs them. */
import { afterAll, expect, test } from 'vitest';
import { smallClass } from './small-class.testing.ts';

const room = smallClass();
afterAll(() => room.remove());
const ann = () => room.results().submissions.find(({ id }) => id === 'ann')!;

test('a grade is kept back with a reason, and let go', async () => {
  const held = await room.gradmark('hold', 'out', 'ann', '--why', 'We talk first.');
  expect([held.code, held.says.split('\n')[0]]).toEqual([0, 'The grade of ann (Name of ann) is held.']);
  expect(ann()).toMatchObject({ held: true, heldBecause: 'We talk first.' });
  expect(room.read('out/grades.csv')).toMatch(/"ann","Name of ann",,,,,,"11","yes"/);
  const let_ = await room.gradmark('release', 'out', 'ann', '--why', 'We did.');
  expect([let_.code, let_.says.split('\n')[0]]).toEqual([0, 'The grade of ann (Name of ann) is held no more.']);
  expect(ann().held).toBe(false);
  const twice = await room.gradmark('release', 'out', 'ann', '--why', 'We did.');
  expect([twice.code, twice.complains]).toEqual([2, 'gradmark: Nobody holds the grade of ann (Name of ann).']);
});
