import { describe, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { bandOf } from '../numerics/tolerance.ts';
import type { AnyProblem } from '../problem.ts';
import { diagnose } from './diagnose.ts';
import { examine, noisy } from './exam.testing.ts';
import { pairs } from './program.ts';
import { count, problemOf, topics } from './stand-in-topics.testing.ts';
import { initialMistakes, initialProgram } from './training/initialisation.ts';

describe.each(topics)('%s', (_, problem, atLeast) => {
  const probes = problem.probes(createRandom(2, 'topics'));
  const exam = examine(problem, probes, 1e-12, createRandom(1));

  test(`knows at least ${atLeast} mistakes, each far from the right answer`, () => {
    expect(exam.planted).toBeGreaterThanOrEqual(atLeast);
    expect(exam.nearest.distance, exam.nearest.id).toBeGreaterThan(10 * bandOf(problem.precision).reject);
  });

  test('every mistake is named, nearly all for certain', () => {
    expect(exam.misnamed).toEqual([]);
    expect(exam.unnamed).toEqual([]);
    expect(exam.certain / exam.planted).toBeGreaterThan(0.85);
  });

  test('the right answer and every family member are not called one of the mistakes', () => {
    const right = probes.map((probe: unknown) => noisy(problem.oracle(probe), 1e-12, createRandom(3)));
    expect(diagnose(problem, probes, right).mistakes).toEqual([]);
    for (const family of problem.clues?.families ?? []) {
      const value = family.values.at(-2)!;
      const answers = probes.map((probe: unknown) => family.compute(probe, value));
      expect(diagnose(problem, probes, answers).mistakes, family.id).toContain(family.id);
    }
  });

  test('two mistakes at once never get a certain label that is neither theirs nor an identity', () => {
    for (const pair of pairs(problem.mistakes)) {
      const answers = probes.map((probe: unknown) => pair.compute(probe));
      const { certainty, mistakes } = diagnose(problem, probes, answers);
      if (certainty !== 'certain' || pair.id.split('+').includes(mistakes[0]!)) continue;
      const label = problem.mistakes.find(({ id }: { id: string }) => id === mistakes[0]);
      const same = label !== undefined && examineEqual(problem, probes, label, pair);
      expect(same, `${pair.id} was called ${mistakes[0]}`).toBe(true);
    }
  });
});

function examineEqual(
  problem: AnyProblem,
  probes: unknown[],
  a: { compute(p: unknown): object },
  b: { compute(p: unknown): object },
): boolean {
  return probes.every((probe) => {
    const [x, y] = [a.compute(probe), b.compute(probe)] as Record<string, { data: Float64Array }>[];
    return Object.keys(problem.oracle(probe)).every((name) =>
      x![name]!.data.every((v, i) => Math.abs(v - y![name]!.data[i]!) < 1e-9),
    );
  });
}

test.each([
  ['glorot', 'normal'],
  ['glorot', 'uniform'],
  ['he', 'normal'],
] as const)('%s %s initialisation: misread rules are told apart by what large samples show', (rule, law) => {
  const problem = problemOf(
    'initialisation',
    initialProgram,
    initialMistakes({ rule, law }),
    () => [
      { fanIn: 300, fanOut: 50, rule, law },
      { fanIn: 50, fanOut: 300, rule, law },
    ],
    { quantities: ({ fanIn, fanOut }) => [...count(fanIn, 'i'), ...count(fanOut, 'o')] },
  );
  const probes = problem.probes(createRandom(1));
  const random = createRandom(4);
  let named = 0;
  for (const mistake of problem.mistakes) {
    const answers = probes.map((probe) => noisy(mistake.compute(probe), 0.008, random));
    const { mistakes } = diagnose(problem, probes, answers, { tolerance: 0.02 });
    if (mistakes.includes(mistake.id)) named++;
    else expect(mistakes, mistake.id).toEqual([]);
  }
  expect(problem.mistakes.length).toBeGreaterThan(12);
  expect(named).toBe(problem.mistakes.length);
  const right = probes.map((probe) => noisy(problem.oracle(probe), 0.008, random));
  expect(diagnose(problem, probes, right, { tolerance: 0.02 }).mistakes).toEqual([]);
});
