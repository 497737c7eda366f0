import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAssignment } from './assignment/load-assignment.ts';
import { wordsIn } from './own-words.ts';
import { packageRoot } from './package-root.ts';

const assignment = await loadAssignment(join(packageRoot, 'assignments/numpy-mlp-digits'));

test('Python is told of no sum with what is absent: there it raises, and gives no NaN', () => {
  const says =
    'loss holds NaN, which is not a finite number: look for a missing number before it (an index past the end of an array gives undefined, and every sum with undefined is NaN), then for 0 / 0, or the logarithm of a negative number.';
  expect(wordsIn(assignment, 'python')!(says)).toBe(
    'loss holds NaN, which is not a finite number: look for 0 / 0, or the logarithm of a negative number.',
  );
});

test('the sheet’s own language needs no other words', () => {
  expect(wordsIn(assignment, undefined)).toBeUndefined();
  expect(wordsIn({ ...assignment, python: undefined }, 'python')).toBeUndefined();
});
