/** Whatever a program answers, the grader does not break: wrong answers are wrong, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referenceFiles, submissionOf } from '../audit/fixtures.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import type { BatchContext } from '../check-context.ts';
import { openContext } from '../check-context.ts';
import { batchContext } from '../batch/options.ts';
import type { Random } from '../numerics/random.ts';
import { createRandom } from '../numerics/random.ts';
import { atNight, isNight } from '../nightly.testing.ts';
import { runChecks } from '../runner.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import type { GuestFactory } from '../guest-factory.ts';
import { createGuestFactory } from '../guest-factory.ts';
import type { Corruption } from './corrupted-guest.testing.ts';
import { corruptedGuest, corruptions } from './corrupted-guest.testing.ts';

/**
 * At night each way by itself: always, so that the first reader is met, and now and then, so that what comes after a good first
 * answer is met. By day every answer is spoilt by one of the ways that found most, drawn anew for each.
 */
const telling = ['NaN everywhere', 'a row too many', 'undefined in place of everything'];
const shares = atNight([1, 0.2], 1);
const everyWay = Object.entries(corruptions).map(([name, corrupt]) => [name, () => corrupt] as const);
const oneOfTheTelling = [
  `one of ${telling.join(', ')}, for each answer`,
  (random: Random): Corruption =>
    (value) =>
      corruptions[telling[random.integer(telling.length)]!]!(value),
] as const;
const ways = isNight ? everyWay : [oneOfTheTelling];
const clock = () => performance.now();
/** By day without what trains networks: its answers are read by the same readers. */
const tried = ({ checks }: Coursework) => checks.filter(({ costly }) => isNight || costly !== true);

for (const [slug, folder] of await listCourseworks([])) {
  describe(slug, () => {
    let coursework: Coursework;
    let factory: GuestFactory;
    let batch: BatchContext;
    beforeAll(async () => {
      coursework = await openCoursework(folder);
      batch = batchContext({ coursework, seed: 5, full: false, clock });
      factory = await createGuestFactory({ coursework, level: await bestLevel(), backend: 'wasm' });
    });
    afterAll(() => factory.close());

    /** The stacks of whatever broke while the model solution's answers were spoilt. */
    async function broken(
      way: (random: Random) => Corruption,
      name: string,
      share: number,
    ): Promise<(string | undefined)[]> {
      const submission = submissionOf('reference', await referenceFiles(slug));
      const sources = factory.sourcesFor(submission);
      const random = createRandom(1, `${name} ${share}`);
      const corrupt = way(random.fork('ways'));
      const context = openContext(submission, batch, {
        ...sources,
        open: async (options) => corruptedGuest(await sources.open(options), corrupt, random, share),
      });
      try {
        const verdicts = await runChecks(tried(coursework), context, clock);
        return verdicts.filter(({ outcome }) => outcome === 'broken').map(({ id, staff }) => `${id}: ${staff}`);
      } finally {
        await context.close();
      }
    }

    for (const [name, way] of ways) {
      test(`${name}: no check breaks`, async () => {
        for (const share of shares) expect(await broken(way, name, share), `share ${share}`).toEqual([]);
      });
    }
  });
}
