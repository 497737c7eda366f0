import { expect, test } from 'vitest';
import { standIn } from './mistakes/stand-in.testing.ts';
import { arrayOf } from './numerics/arrays.ts';
import type { Random } from './numerics/random.ts';
import { createRandom } from './numerics/random.ts';
import { elementary32, float32, scaledBand } from './numerics/tolerance.ts';
import { drawProbes, faultsOf, missedVisits } from './probes.ts';
import type { Variant, Visit } from './key.ts';
import type { Problem } from './problem.ts';

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

/** A problem whose probes are these sets, one a draw and the last one ever after, with the streams that they were drawn from. */
function scripted(sets: readonly (readonly number[])[], more: Partial<Problem<number[]>> = {}) {
  const streams: Random[] = [];
  const probes = (random: Random) => {
    streams.push(random);
    const set = sets[Math.min(streams.length, sets.length) - 1]!;
    return set.map((value) => [value, value + 1, value + 5]);
  };
  return { streams, problem: { ...problem([first]), probes, once: true, ...more } };
}
const random = () => createRandom(1, 'scripted');
const holding = (value: number): Visit<number[]> => ({
  says: `a probe of ${value}`,
  holds: (probes) => probes.some(([a]) => a === value),
});
const firsts = (probes: readonly number[][]) => probes.map(([a]) => a);

test('probes are drawn until they make every visit, however many sets miss one', () => {
  const sets = [[1, 2], [2, 3], [1], [3], [1, 3], [1, 2, 3]]; // prettier-ignore
  const { streams, problem } = scripted(sets, { visits: [holding(1), holding(3)] });
  expect(firsts(drawProbes(problem, random()))).toEqual([1, 3]);
  expect(streams).toHaveLength(5);
  const late = scripted([...Array.from({ length: 399 }, () => [1]), [3]], { visits: [holding(3)] });
  expect(firsts(drawProbes(late.problem, random()))).toEqual([3]);
});

test('a visit that is never made is said in its words, and only that one', () => {
  const { streams, problem } = scripted([[1, 2]], { id: 'p', visits: [holding(1), holding(3), holding(4)] });
  expect(() => drawProbes(problem, random())).toThrow(/^No probes of p have a probe of 3; a probe of 4\.$/);
  expect(streams).toHaveLength(400);
  expect(missedVisits(problem, [[3]])).toEqual(['a probe of 1', 'a probe of 4']);
  expect(missedVisits({ ...problem, visits: undefined }, [[3]])).toEqual([]);
});

test('where no set tells all mistakes, the first of those with the fewest faults is taken after twenty tries', () => {
  // Around zero both mistakes are far from the mean, around 60 one of them, around 200 neither.
  const mistakes = [first, variant('shifted', (values) => mean(values) + 1)];
  const near = problem(mistakes);
  expect([0, 60, 200].map((value) => faultsOf(near, [[value, value + 1, value + 5]]).length)).toEqual([0, 1, 2]);
  const { streams, problem: hopeless } = scripted([[200], [60], [61], [200]], { mistakes });
  expect(firsts(drawProbes(hopeless, random()))).toEqual([60]);
  expect(streams).toHaveLength(20);
  const luck = scripted([[200], [60], [0], [1]], { mistakes });
  expect(firsts(drawProbes(luck.problem, random()))).toEqual([0]);
  expect(luck.streams).toHaveLength(3);
});

test('sets that miss a visit are no tries', () => {
  const sets = [...Array.from({ length: 30 }, () => [7]), [200], [0]];
  const mistakes = [first, variant('shifted', (values) => mean(values) + 1)];
  const { problem } = scripted(sets, { mistakes, visits: [{ says: 'no seven', holds: ([probe]) => probe![0] !== 7 }] });
  expect(firsts(drawProbes(problem, random()))).toEqual([0]);
});

test('the first draw takes the stream itself, each later one a stream of its own', () => {
  const { streams, problem } = scripted([[1], [1], [3]], { visits: [holding(3)] });
  const given = random();
  drawProbes(problem, given);
  expect(streams[0]).toBe(given);
  expect(streams.slice(1).map((stream) => stream.next())).toEqual(
    ['again 1', 'again 2'].map((name) => random().fork(name).next()),
  );
});

test('a problem without probes is a mistake of ours', () => {
  expect(() => drawProbes(scripted([[]], { id: 'p' }).problem, random())).toThrow('The problem p has no probes.');
});

test('the first probe is asked once more at the end, unless its answer may differ or is written down', () => {
  const drawn = (more: Partial<Problem<number[]>>) => drawProbes(scripted([[1, 2]], more).problem, random());
  const again = drawn({ once: undefined });
  expect(firsts(again)).toEqual([1, 2, 1]);
  expect(again[2]).toBe(again[0]);
  expect(firsts(drawn({ once: false, drawn: false }))).toEqual([1, 2, 1]);
  const handedIn = () => ({ value: undefined });
  for (const more of [{ once: true }, { once: false, drawn: true }, { once: false, handedIn }])
    expect(firsts(drawn(more))).toEqual([1, 2]);
});

test('a mistake lies far when it is ten times beyond the rejecting end, on one probe at least', () => {
  const off = (by: number) => variant('off', (values) => mean(values) * (1 + by));
  const faults = (by: number, probes = [[1, 1, 1]], more: Partial<Problem<number[]>> = {}) =>
    faultsOf({ ...problem([off(by)]), ...more }, probes);
  expect(float32.reject).toBe(2e-3);
  expect(faults(0.0199)).toEqual(['off is near the right answer']);
  expect(faults(0.0201)).toEqual([]);
  const half = variant('off', ([a, b, c]) => (a === 1 ? 1 : a! + b! + c!));
  expect(faultsOf(problem([half]), [[1, 1, 1], [2, 2, 2]])).toEqual([]); // prettier-ignore
  // A band that counts the last places knows no distance in shares of the largest entry.
  expect(faults(0.0001, [[1, 1, 1]], { band: elementary32 })).toEqual([]);
  expect(faults(0, [[1, 1, 1]], { band: elementary32 })).toEqual(['off is near the right answer']);
  expect(faults(0.0001, [[1, 1, 1]], { band: scaledBand('mine', 1e-6, 1e-5, 'a test') })).toEqual(['off is near the right answer']); // prettier-ignore
  expect(faults(0.0002, [[1, 1, 1]], { band: scaledBand('mine', 1e-6, 1e-5, 'a test') })).toEqual([]);
});

test('two mistakes are told apart by the rejecting end itself', () => {
  const by = (id: string, share: number) => variant(id, (values) => mean(values) * share);
  const pair = (gap: number) => faultsOf(problem([by('a', 2), by('b', 2 + gap)]), [[1, 1, 1]]);
  expect([pair(0.0019), pair(0.0021)]).toEqual([['a and b answer the same'], []]);
});

test('twins are those that one sentence names together; what is named with the right answer may be near it', () => {
  const probe = [[1, 1, 2]];
  const faults = (...ids: string[][]) =>
    faultsOf({ ...problem([first, second]), twins: ids.map((of) => ({ ids: of, because: 'a test' })) }, probe);
  const same = ['first and second answer the same'];
  expect(faults(['first', 'other'])).toEqual(same);
  expect(faults(['other', 'second'])).toEqual(same);
  expect(faults(['first', 'other'], ['second', 'other'])).toEqual(same);
  expect(faults(['other', 'another'], ['second', 'first'])).toEqual([]);
  const right = { ...problem([variant('right', mean)]), twins: [{ ids: ['right', 'correct'], because: 'a test' }] };
  expect(faultsOf(right, probe)).toEqual([]);
});
