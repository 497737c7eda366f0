import { expect, test } from 'vitest';
import { defaultLimits, sizeInWords } from './limits.ts';

test('sizes are told in the unit that a file manager shows', () => {
  expect([0, 1, 999, 1000, 1499, 1500, 999_499].map(sizeInWords)).toEqual([
    '0 bytes',
    '1 bytes',
    '999 bytes',
    '1 kB',
    '1 kB',
    '2 kB',
    '999 kB',
  ]);
  expect([1e6, 1_040_000, 1_050_001, 1_200_000, 40_000_000].map(sizeInWords)).toEqual([
    '1 MB',
    '1 MB',
    '1.1 MB',
    '1.2 MB',
    '40 MB',
  ]);
});

test('what one file may be fits into what all may be, and one submission into a class', () => {
  expect(defaultLimits.fileBytes).toBeLessThan(defaultLimits.totalBytes);
  expect(defaultLimits.archiveBytes).toBeLessThan(defaultLimits.classBytes);
  expect(defaultLimits.files).toBeLessThan(defaultLimits.entries);
  expect(defaultLimits.entries).toBeLessThan(defaultLimits.listed);
  expect(Object.values(defaultLimits).every((limit) => limit > 1)).toBe(true);
});
