/** What a diagnosis says where no known mistake explains the answer, on a problem with a number and a vector along w. */
import { expect, test } from 'vitest';
import { arrayOf } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { diagnose } from './diagnose.ts';

interface Probe {
  w: number[];
  y: number;
}

const answer = (loss: number, gradient: readonly number[]): Answer => ({
  loss: arrayOf(loss),
  g: arrayOf([...gradient]),
});

const problem: Problem<Probe> = {
  id: 'one-layer',
  title: 'Loss and gradient of one layer',
  precision: 'double',
  names: { g: 'the gradient' },
  probes: () => [
    { w: [1, -2, 3, 0.5], y: 1 },
    { w: [2, 1.5, -1], y: 0 },
    { w: [0.3, 0.7, -2, 1, 4], y: 1 },
    { w: [-1, 3], y: 0 },
  ],
  describe: ({ w, y }) => `${w.length} inputs, target ${y}`,
  ask: () => Promise.reject(new Error('nobody is asked here')),
  read: () => ({ misread: { says: '' } }),
  write: () => null,
  oracle: ({ w, y }) => answer(w.length + y, w),
  mistakes: [],
};
const probes = problem.probes(null as never);
const ask = (compute: (probe: Probe, i: number) => Answer) => diagnose(problem, probes, probes.map(compute));

test('an answer that is right for some probes is no rescaled one: what the probes have in common is told', () => {
  const found = ask(({ w, y }, i) =>
    y === 1
      ? problem.oracle({ w, y })
      : answer(
          0.3 * (i + 1),
          w.map((v) => -v / (i + 2)),
        ),
  );
  expect(found.mistakes).toEqual([]);
  expect(found.says).toContain('Right for target 1; wrong for target 0.');
});

test('without something in common the probes are listed', () => {
  const found = ask((probe, i) =>
    i === 0
      ? problem.oracle(probe)
      : answer(
          7.7 * i,
          probe.w.map((v) => v / (i + 2)),
        ),
  );
  expect(found.says).toContain('Right for 4 inputs, target 1; wrong for 3 inputs, target 0, 5 inputs, target 1 and');
});

test('a factor that is never 1 still says that the size is wrong', () => {
  const found = ask(({ w, y }) =>
    answer(
      0.37 * (w.length + y),
      w.map((v) => 0.37 * v),
    ),
  );
  expect(found.mistakes).toEqual(['scale']);
  expect(found.says).toContain('loss and the gradient are 0.37 times');
});

test('NaN asks for a missing number, an infinity for the logarithm of 0, under the names that a reader knows', () => {
  const missing = ask(({ w, y }) =>
    answer(
      w.length + y,
      w.map((v, i) => (i === 1 ? NaN : v)),
    ),
  );
  expect(missing.says).toMatch(/^The gradient holds NaN, .*missing number/);
  expect(missing.evidence[0]).toContain('the gradient at [1]');
  const infinite = ask(({ w }) => answer(Infinity, w));
  expect(infinite.says).toMatch(/^loss is Infinity, .*logarithm of 0/);
  expect(infinite.says).not.toContain('missing');
});

test('the right numbers in another order: a problem says what that means', () => {
  const turned = (own: Problem<Probe>) =>
    diagnose(
      own,
      probes,
      probes.map(({ w, y }) => answer(w.length + y, w.length > 2 ? [...w].reverse() : w)),
    );
  expect(turned(problem).says).toMatch(/^The gradient holds the right numbers in another order: check the axes/);
  const told = { ...problem, clues: { reordered: (moved: readonly string[]) => `look at ${moved.join()}.` } };
  expect(turned(told).says).toMatch(/another order: look at g\.$/);
});
