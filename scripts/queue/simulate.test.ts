import { expect, test } from 'vitest';
import { arrivals, simulate } from './simulate.ts';

const costs = { gradeMs: 1000, workerMs: 0, databaseMs: 5, pollMs: 0, submissionKb: 10, resultKb: 10 };

test('all that comes in a day is all there is, half of it in its last three hours', () => {
  const coming = arrivals(1000);
  expect(coming.reduce((sum, jobs) => sum + jobs, 0)).toBeCloseTo(1000);
  expect(coming.slice(-180).reduce((sum, jobs) => sum + jobs, 0)).toBeCloseTo(500);
});

test('where the cores are enough nobody waits; where they are not, the last waits as long as what is too much takes', () => {
  // Half of 10,800 in 180 minutes are 30 a minute: half a core.
  expect(simulate(10_800, 1, costs).waits).toEqual({ median: 0, most: 0, last: 0 });
  // 60 a minute are done, and 120 come for 180 minutes: 10,800 are left, for 180 minutes more.
  const { waits, longestBacklog } = simulate(43_200, 1, costs);
  expect(Math.abs(waits.last - 180)).toBeLessThanOrEqual(2);
  expect(Math.abs(longestBacklog - 10_800)).toBeLessThan(200);
});

test('the database works for each job that goes in and comes out', () => {
  // 60 a minute in and out at the peak, 5 ms each.
  expect(simulate(21_600, 2, costs).databaseCores).toBeCloseTo((60 * 5) / 60_000, 3);
});
