/**
 * Are the validation rows drawn at random? Neither a block of the table, nor every fourth row, nor the rows that some column sorts first.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { splitTest } from 'gradmark/numerics/random-split';
 * import { createRandom } from 'gradmark/random';
 *
 * const random = createRandom(6);
 * const rows = Array.from({ length: 200 }, () => [random.normal()]);
 * const fair = new Set(random.permutation(200).slice(0, 50));
 * const block = new Set(Array.from({ length: 50 }, (_, i) => i));
 * assert.equal(splitTest(rows, fair, 1e-6).rejected, false);
 * assert.equal(splitTest(rows, block, 1e-6).rejected, true);
 * ```
 */
import { concluded, normalTwoSided } from './statistics.ts';
import type { StatisticalTest } from './statistics.ts';

/**
 * The clearest departure from a random choice of these rows, judged at α in all: how many of them follow each other, and their
 * ranks in the table and in every column. Columns in which one value is the commonest by far have no ranks to speak of.
 */
export function splitTest(x: readonly (readonly number[])[], chosen: ReadonlySet<number>, alpha: number) {
  const columns = x[0]!.map((_, j) => x.map((row) => row[j]!)).filter(hasRanks);
  const tests = [
    (share: number) => runsTest(x.length, chosen, share),
    (share: number) =>
      rankTest(
        x.map((_, i) => i),
        chosen,
        share,
      ),
    ...columns.map((column) => (share: number) => rankTest(column, chosen, share)),
  ];
  const results = tests.map((test) => test(alpha / tests.length));
  return results.find(({ rejected }) => rejected) ?? results[0]!;
}

const hasRanks = (values: readonly number[]): boolean =>
  [...Map.groupBy(values, (value) => value).values()].every((equal) => equal.length <= values.length / 3);

/** Runs of chosen and of other rows: mean 1 + 2ab/n, variance 2ab(2ab − n) / (n²(n−1)) (Wald and Wolfowitz 1940). */
function runsTest(n: number, chosen: ReadonlySet<number>, alpha: number): StatisticalTest {
  let runs = 1;
  for (let i = 1; i < n; i++) if (chosen.has(i) !== chosen.has(i - 1)) runs++;
  const pairs = 2 * chosen.size * (n - chosen.size);
  const z = (runs - 1 - pairs / n) / Math.sqrt((pairs * (pairs - n)) / (n * n * (n - 1)));
  const few = runs < 1 + pairs / n;
  return concluded(z, normalTwoSided(z), alpha, few ? 'they are blocks of the table' : 'they lie at equal distances');
}

/** Sum of the ranks of the chosen rows (Wilcoxon 1945); equal values share their ranks, which only makes the sum vary less. */
function rankTest(values: readonly number[], chosen: ReadonlySet<number>, alpha: number): StatisticalTest {
  const n = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  const rankOf = new Map<number, number>();
  for (const [value, places] of Map.groupBy(sorted.keys(), (i) => sorted[i]!)) {
    rankOf.set(value, places.reduce((sum, place) => sum + place, 0) / places.length);
  }
  const sum = [...chosen].reduce((total, i) => total + rankOf.get(values[i]!)!, 0);
  const [mean, variance] = [(chosen.size * (n - 1)) / 2, (chosen.size * (n - chosen.size) * (n + 1)) / 12];
  const z = (sum - mean) / Math.sqrt(variance);
  return concluded(z, normalTwoSided(z), alpha, 'they come from one end of the table, or of one of its columns');
}
