import { expect, test } from 'vitest';
import { jobsFor } from './jobs.ts';

test('there is a job per core while the memory lasts, and always one', () => {
  expect(jobsFor(400, 4, 100_000)).toBe(4);
  expect(jobsFor(400, 4, 3_500)).toBe(3);
  expect(jobsFor(400, 4, 200)).toBe(1);
});

test('this machine can do some', () => {
  expect(jobsFor(1)).toBeGreaterThanOrEqual(1);
});
