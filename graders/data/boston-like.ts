/**
 * A table like the Boston housing data, from a seed: 13 features on the same scales and with similar dependence, and a price
 * between 5 and 50. It stands in for the real one where nothing may be downloaded, and holds no real district.
 */
import type { Random } from '../numerics/random.ts';

/** The features, in the order of the table. */
export const bostonColumns = [
  'CRIM',
  'ZN',
  'INDUS',
  'CHAS',
  'NOX',
  'RM',
  'AGE',
  'DIS',
  'RAD',
  'TAX',
  'PTRATIO',
  'B',
  'LSTAT',
] as const;

export interface PriceTable {
  x: number[][];
  y: number[];
}

/** `rows` districts in random order; equal streams give equal tables. */
export function bostonLike(random: Random, rows: number): PriceTable {
  const table: PriceTable = { x: [], y: [] };
  for (let i = 0; i < rows; i++) {
    const { features, price } = district(random);
    table.x.push(features.map((value) => Math.fround(value)));
    table.y.push(Math.fround(price));
  }
  return table;
}

/** Two hidden quantities, how urban and how well-off a district is, tie the features together. */
function district(random: Random) {
  const urban = random.normal();
  const wealth = 0.8 * random.normal() - 0.5 * urban;
  const noise = (sd: number) => random.normal(0, sd);
  const rooms = clamp(6.28 + 0.45 * wealth + noise(0.5), 3.5, 8.8);
  const poor = clamp(12.7 - 4.6 * wealth + 1.6 * urban + noise(3.2), 1.7, 38);
  const distance = clamp(Math.exp(1.19 - 0.42 * urban + noise(0.3)), 1.1, 12.1);
  const ring = urban + noise(0.5) > 0.9;
  const river = random.next() < 0.069;
  const pupils = clamp(18.5 - 0.7 * wealth + 0.5 * urban + noise(1.7), 12.6, 22);
  const features = [
    clamp(Math.exp(0.3 + urban - 0.2 * wealth + noise(0.5)), 0.006, 60),
    random.next() < 0.27 ? clamp(45 - 14 * urban + noise(18), 12.5, 100) : 0,
    clamp(11.1 + 4.8 * urban + noise(4.2), 0.5, 27.7),
    river ? 1 : 0,
    clamp(0.555 + 0.085 * urban + noise(0.06), 0.38, 0.87),
    rooms,
    clamp(68.6 + 17 * urban + noise(19), 2.9, 100),
    distance,
    ring ? 24 : 1 + random.integer(8),
    ring ? 666 : clamp(330 + 30 * urban + noise(60), 187, 470),
    pupils,
    clamp(391 - Math.abs(noise(35)) - (ring ? Math.abs(noise(110)) : 0), 0.3, 396.9),
    poor,
  ];
  const price =
    24 +
    4.6 * (rooms - 6.28) +
    1.4 * Math.max(0, rooms - 6.9) ** 2 -
    7.5 * Math.log(poor / 11) -
    0.9 * (pupils - 18.5) -
    2.2 * Math.log(distance / 3.3) +
    (river ? 3 : 0) +
    noise(2.3);
  return { features, price: clamp(price, 5, 50) };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
