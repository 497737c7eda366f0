/** How far an answer in plain numbers may be off. */
import { scaledBand } from '../../numerics/tolerance.ts';

export const labBand = scaledBand(
  'plain numbers',
  2e-6,
  2e-5,
  'accepted up to 0.000002 of the largest expected value, rejected from 0.00002: programs may keep rows in single precision, which rounds by less than 0.000001 here',
);
