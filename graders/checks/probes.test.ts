/** A probe is drawn anew for every batch: whatever the seed, the right answer to it has to be a number. */
import { expect, test } from 'vitest';
import { problemsOf } from '../audit/known-mistakes.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { createRandom } from '../numerics/random.ts';

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

for (const [slug, folder] of await listCourseworks([])) {
  test(`${slug}: the right answers to the probes of ${seeds.length} seeds are finite, and so are the accepted ones`, async () => {
    const wrong = new Set<string>();
    for (const problem of problemsOf((await openCoursework(folder)).checks)) {
      for (const seed of seeds) {
        for (const probe of problem.probes(createRandom(seed, problem.id)) as readonly unknown[]) {
          const right = [problem.oracle(probe), ...(problem.accepts ?? []).map((variant) => variant.compute(probe))];
          for (const [name, { data }] of right.flatMap((answer) => Object.entries(answer))) {
            if (!data.every(Number.isFinite)) wrong.add(`${problem.id}: ${name} of seed ${seed}`);
          }
        }
      }
    }
    expect([...wrong]).toEqual([]);
  }, 120_000);
}
