/** Probes are drawn anew for every batch: whatever the seed, they have to tell. */
import { expect, test } from 'vitest';
import { problemsOf } from '../audit/known-mistakes.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { atNight } from '../nightly.testing.ts';
import { createRandom } from '../numerics/random.ts';
import type { AnyProblem } from '../problem.ts';
import type { rememberedFaults } from '../probes.ts';
import { drawProbes, faultsOf, missedVisits } from '../probes.ts';

const seeds = atNight(
  Array.from({ length: 40 }, (_, seed) => seed),
  1,
);

/** Whole sets of images: what they tell hangs on thousands of pixels and hardly on the seed. */
const large = ['q3a.prepare', 'P4a.loaders', 'P4b.model', 'P4c.training', 'q3c.grads'];

/** Right answers have no gaps, and wrong ones show. */
function faultsAt(problem: AnyProblem, seed: number): string[] {
  // What the drawing has found is not computed a second time: it is nearly all of the work.
  let faults: string[] | undefined;
  const count: typeof rememberedFaults = (of, tried) => {
    const found = faultsOf(of, tried);
    if (faults === undefined || found.length < faults.length) faults = found;
    return found.length;
  };
  const probes = drawProbes(problem, createRandom(seed, problem.id), count) as readonly unknown[];
  const right = probes.flatMap((probe) => [
    problem.oracle(probe),
    ...(problem.accepts ?? []).map((variant) => variant.compute(probe)),
  ]);
  const gaps = right
    .flatMap((answer) => Object.entries(answer))
    .filter(([, { data }]) => !data.every(Number.isFinite))
    .map(([name]) => `${name} is not finite`);
  return [...gaps, ...missedVisits(problem, probes), ...(faults ?? ['its mistakes were not looked at'])].map(
    (fault) => `${problem.id}, seed ${seed}: ${fault}`,
  );
}

for (const [slug, folder] of await listCourseworks([])) {
  test(`${slug}: at ${seeds.length} of forty seeds right answers are finite, known mistakes far from them and apart from each other`, async () => {
    const problems = problemsOf((await openCoursework(folder)).checks);
    const wrong = problems.flatMap((problem) =>
      (large.includes(problem.id) ? seeds.slice(0, 2) : seeds).flatMap((seed) => faultsAt(problem, seed)),
    );
    expect(wrong).toEqual([]);
  });
}
