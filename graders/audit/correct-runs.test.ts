/** Correct programs are audited in the arrangement in which they are graded, however many gradings one process serves. */
import { expect, test } from 'vitest';
import type { Check, CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { createGuestFactory } from '../guest-factory.ts';
import type { Value } from '../model/guest.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { inWords } from '../values.ts';
import { batchesOf, gradeWithSeeds } from './correct-runs.ts';
import { submissionOf } from './fixtures.ts';

const question3 = await openCoursework((await listCourseworks([])).get('boston-init-mnist-grads')!);
const clock = () => 0;

const check = (id: string, task: string, run: (context: CheckContext) => Promise<Judgement>): Check => ({
  id,
  task,
  title: id,
  asks: id,
  points: 1,
  run,
});

async function called(context: CheckContext, module: string, name: string, n = 0): Promise<Value> {
  return (await (await context.guest()).call({ module, name }, [n])).value;
}

/** What was failed at each of the seeds. */
async function audited(checks: Check[], files: Record<string, string>, seeds: readonly number[]) {
  const coursework = { ...question3, checks };
  const submission = submissionOf(
    'ann',
    Object.entries(files).map(([path, text]) => ({ path, text })),
  );
  const batch = batchesOf(coursework, clock, 10);
  const factory = await createGuestFactory({ coursework, level: await bestLevel(), backend: 'cpu' });
  try {
    const rows = await Array.fromAsync(gradeWithSeeds(submission, 'cpu', seeds, { coursework, batch, factory, clock }));
    return rows.map(({ failed, broken }) => [...failed, ...broken]);
  } finally {
    await factory.close();
  }
}

test('what a free task leaves behind is not there for a task without autodiff', async () => {
  const leaves = check('leaves', 'Q1a', async (context) => (await called(context, 'q1a', 'standardise'), pass()));
  const finds = check('finds', 'Q3c', async (context) => {
    const found = await called(context, 'q3c', 'grads');
    return found === 'undefined' ? pass() : fail({ says: inWords(found) });
  });
  const files = {
    'q1a.ts': 'export const standardise = () => ((globalThis as any).left = 1);',
    'q3c.ts': 'export const grads = () => typeof (globalThis as any).left;',
  };
  expect(await audited([leaves, finds], files, [1, 2])).toEqual([[], []]);
});

test('every grading may bring what one submission may, though the process is the same', async () => {
  const brings = check('brings', 'Q3c', async (context) => (await called(context, 'q3c', 'grads', 2 ** 23), pass()));
  const files = { 'q3c.ts': 'export const grads = (n: number) => new Uint8Array(n);' };
  const seeds = [1, 2, 3, 4, 5, 6];
  expect(await audited([brings], files, seeds)).toEqual(seeds.map(() => []));
});
