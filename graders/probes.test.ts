import { expect, test } from 'vitest';
import { standIn } from './mistakes/stand-in.testing.ts';
import { arrayOf } from './numerics/arrays.ts';
import { createRandom } from './numerics/random.ts';
import { drawProbes, faultsOf } from './probes.ts';
import type { Variant } from './problem.ts';

/** The mean of three numbers, of which two are equal at two seeds in three. */
const draw = (random: ReturnType<typeof createRandom>): number[] => {
  const [a, b] = [random.normal(1), random.normal(1)];
  return random.uniform(0, 3) < 2 ? [a, a, b] : [a, b, 5];
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variant = (id: string, f: (values: number[]) => number): Variant<number[]> => ({
  id,
  title: id,
  advice: id,
  compute: (values) => ({ mean: arrayOf([f(values)]) }),
});
const first = variant('first', ([a]) => a!);
const second = variant('second', ([, b]) => b!);
const problem = (mistakes: readonly Variant<number[]>[]) =>
  standIn<number[]>({
    id: 'mean',
    precision: 'double',
    probes: (random) => [draw(random)],
    oracle: (values) => ({ mean: arrayOf([mean(values)]) }),
    mistakes,
  });

test('probes are drawn until two mistakes that can be told apart are told apart, the same ones for a seed', () => {
  const asked = problem([first, second]);
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const drawn = seeds.map((seed) => drawProbes(asked, createRandom(seed, 'mean')));
  expect(drawn.flatMap((probes) => faultsOf(asked, probes))).toEqual([]);
  expect(seeds.map((seed) => drawProbes(asked, createRandom(seed, 'mean')))).toEqual(drawn);
  const unlucky = seeds.filter((seed) => faultsOf(asked, asked.probes(createRandom(seed, 'mean'))).length > 0);
  expect(unlucky.length).toBeGreaterThan(5);
});

test('what no probe tells is said by name, and probes are drawn all the same', () => {
  const blind = problem([first, { ...first, id: 'again' }, variant('right', mean)]);
  const probes = drawProbes(blind, createRandom(1, 'mean'));
  expect(faultsOf(blind, probes)).toEqual(['right is near the right answer', 'first and again answer the same']);
});

test('declared twins, mistakes that are faint by nature, and ties of coarse answers are no faults', () => {
  const probe = [[1, 1, 2]];
  const twins = { ...problem([first, second]), twins: [{ ids: ['first', 'second'], because: 'a test' }] };
  expect(faultsOf(twins, probe)).toEqual([]);
  expect(faultsOf({ ...problem([variant('right', mean)]), faint: { right: 'a test' } }, probe)).toEqual([]);
  expect(faultsOf({ ...problem([first, second]), coarse: true }, probe)).toEqual([]);
  expect(faultsOf(problem([first, second]), probe)).toEqual(['first and second answer the same']);
});
