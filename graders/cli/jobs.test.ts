import { expect, test } from 'vitest';
import { jobsFor } from './jobs.ts';
import { atLeastOne, wholeNumber } from './options.ts';

test('there is a job per core while the memory lasts, and always one', () => {
  expect(jobsFor(400, 4, 100_000)).toBe(4);
  expect(jobsFor(400, 4, 3_500)).toBe(3);
  expect(jobsFor(400, 4, 200)).toBe(1);
});

test('this machine can do some', () => {
  expect(jobsFor(1)).toBeGreaterThanOrEqual(1);
});

test('of jobs there has to be one, and what is no whole number is said', () => {
  expect(atLeastOne('2')).toBe(2);
  for (const text of ['0', '-1', '1.5', 'two']) expect(() => atLeastOne(text)).toThrow(/^Give a whole number/);
  expect(wholeNumber('0')).toBe(0);
});
