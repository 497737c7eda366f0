import { expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { moments } from '../numerics/statistics.ts';
import { bostonColumns, bostonLike } from './boston-like.ts';

const table = bostonLike(createRandom(3, 'prices'), 2000);

/** Mean and standard deviation of the original features. */
const typical: Record<string, [number, number]> = {
  CRIM: [3.61, 8.6],
  ZN: [11.36, 23.3],
  INDUS: [11.14, 6.86],
  CHAS: [0.069, 0.254],
  NOX: [0.555, 0.116],
  RM: [6.28, 0.703],
  AGE: [68.6, 28.1],
  DIS: [3.8, 2.11],
  RAD: [9.55, 8.71],
  TAX: [408, 169],
  PTRATIO: [18.5, 2.16],
  B: [357, 91.3],
  LSTAT: [12.7, 7.14],
};

test('every feature has about the mean and the spread of the original, so that scales differ as much', () => {
  bostonColumns.forEach((name, j) => {
    const { mean, variance } = moments(table.x.map((row) => row[j]!));
    const [expectedMean, expectedSd] = typical[name]!;
    expect(Math.abs(mean - expectedMean), name).toBeLessThan(0.6 * expectedSd);
    expect(Math.sqrt(variance) / expectedSd, name).toBeGreaterThan(0.4);
    expect(Math.sqrt(variance) / expectedSd, name).toBeLessThan(1.8);
  });
});

test('prices lie between 5 and 50 around 22 and can be learnt from rooms and status', () => {
  const { mean, variance } = moments(table.y);
  expect(mean).toBeGreaterThan(20);
  expect(mean).toBeLessThan(26);
  expect(Math.sqrt(variance)).toBeGreaterThan(6);
  expect(Math.min(...table.y)).toBeGreaterThanOrEqual(5);
  expect(Math.max(...table.y)).toBeLessThanOrEqual(50);
  const correlation = (j: number) => {
    const [a, b] = [moments(table.x.map((row) => row[j]!)), moments(table.y)];
    const cross = table.x.reduce((sum, row, i) => sum + (row[j]! - a.mean) * (table.y[i]! - b.mean), 0);
    return cross / (table.y.length * Math.sqrt(a.variance * b.variance));
  };
  expect(correlation(5)).toBeGreaterThan(0.5);
  expect(correlation(12)).toBeLessThan(-0.5);
});

test('equal streams give equal tables, other streams other ones', () => {
  expect(bostonLike(createRandom(3, 'prices'), 2000)).toEqual(table);
  expect(bostonLike(createRandom(4, 'prices'), 2000).y).not.toEqual(table.y);
});
