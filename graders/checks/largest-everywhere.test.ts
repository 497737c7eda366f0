/**
 * No single step of judging is long, whatever is asked: every check of every coursework is given the largest answers that the
 * protocol lets through. Of many steps the submission's account says when it is enough (graders/judging-time.ts).
 */
import { expect, test } from 'vitest';
import { batchContext } from '../batch/options.ts';
import type { Check } from '../check.ts';
import type { BatchContext } from '../check-context.ts';
import { openContext } from '../check-context.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { cpuMsOf } from '../cpu-time.testing.ts';
import type { Value } from '../model/guest.ts';
import { atNight, isNight } from '../nightly.testing.ts';
import { runChecks } from '../runner.ts';
import { largest } from './largest-values.testing.ts';
import { oneAnswer } from './one-answer.testing.ts';

const clock = () => performance.now();
const courseworks = atNight([...(await listCourseworks([]))], 1);
const forms = atNight(Object.entries(largest), 1);
/** Of judging one check, whose probes and expected answers are known already. */
const mostMs = 4000;

async function judged(check: Check, value: Value, batch: BatchContext) {
  const none = () => Promise.resolve([]);
  const context = openContext({ id: 'large', sha256: '', files: [], notes: [] }, batch, {
    open: () => Promise.resolve(oneAnswer(value)),
    breaches: none,
    outlines: none,
    answers: () => ({}),
    essay: () => undefined,
    sidecar: () => undefined,
  });
  const [verdict] = await runChecks([{ ...check, needs: [] }], context, clock);
  await context.close();
  return verdict!;
}

for (const [slug, folder] of courseworks) {
  const coursework = await openCoursework(folder);
  const batch = batchContext({ coursework, seed: 5, full: false, clock });
  const checks = (isNight ? coursework.checks : coursework.checks.slice(0, 3)).map(
    (check) => [check.id, check] as const,
  );
  test.each(checks)(
    `${slug}, %s: the largest answers cost seconds at most and few words, and are judged like others`,
    async (_, check) => {
      // What is computed once for all is computed.
      await judged(check, undefined, batch);
      for (const [name, make] of forms) {
        const value = make();
        let verdict: Awaited<ReturnType<typeof judged>> | undefined;
        const ms = await cpuMsOf(async () => {
          verdict = await judged(check, value, batch);
        });
        const { outcome, finding, staff } = verdict!;
        expect({ name, outcome, staff }).not.toMatchObject({ outcome: 'broken' });
        expect(ms, name).toBeLessThan(mostMs);
        expect(JSON.stringify(finding ?? '').length, name).toBeLessThan(20_000);
      }
    },
  );
}
