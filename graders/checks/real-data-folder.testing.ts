/** Where tests look for the real data sets, and how near a measured figure must be to the recorded one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { packageRoot } from '../package-root.ts';

/** Named by GRADMARK_DATA, or `data` beside the package's own folders. */
export const dataFolder = process.env['GRADMARK_DATA'] ?? join(packageRoot, 'data');

/** Whether the folder is there; says loudly that tests are skipped where it is not. */
export function dataIsHere(): boolean {
  const present = existsSync(dataFolder);
  if (!present) {
    process.stderr.write(
      `SKIPPED: the real data sets are not in ${dataFolder}; set GRADMARK_DATA, or run "gradmark data mnist digits boston --data data".\n`,
    );
  }
  return present;
}

/** Expects `figure` within `band` of the recorded figure; NaN never is. */
export function near(figure: number, recorded: number, band: number): void {
  expect(Math.abs(figure - recorded), `${figure} beside ${recorded} ± ${band}`).toBeLessThanOrEqual(band);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The share of the rows whose largest number is where the label says. */
export const shareRight = (rows: readonly (readonly number[])[], labels: ArrayLike<number>): number =>
  rows.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length / rows.length;
