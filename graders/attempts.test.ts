/** Somebody hands in several times: what may count is graded, all of it is kept, and the rule of the course says what counts. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Check } from './check.ts';
import { fail, pass } from './check.ts';
import type { Counts } from './course/course-file.ts';
import { gradeBatch } from './grade.ts';
import { openGradebook } from './gradebook/store.ts';
import type { Results } from './model/grade.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradmark-attempts-'));
});
afterEach(() => rm(folder, { recursive: true }));

let runs = 0;
const check: Check = {
  ...{ id: 'one', task: 'T1', title: 'one', points: 4, asks: 'nothing' },
  run: ({ submission }) => {
    runs++;
    const earned = submission.files[0]!.text.length / 4;
    return Promise.resolve(earned === 1 ? pass() : fail({ says: 'Less.' }, { earned }));
  },
};

/** Attempts of one person as Brightspace exports them: a folder for each, with the time in its name. */
async function handIn(where: string, ...attempts: readonly [day: number, text: string][]): Promise<string> {
  for (const [day, text] of attempts) {
    const path = join(folder, where, `7-8 - Ann Lee - Nov ${day}, 2026 1000 AM`);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 't.ts'), text);
  }
  return join(folder, where);
}

async function graded(path: string, counts?: Counts): Promise<Results['submissions'][number]> {
  runs = 0;
  const late = counts && {
    ...{ due: Date.parse('2026-11-05T12:00:00Z') / 1000, grace: '0 minutes', counts, extensions: [], zone: 'UTC' },
    penalty: { marks: 1, per: 'day' },
  };
  const assignment = {
    ...{ schema: 'gradmark/assignment/v1' as const, slug: 'tiny', title: 'Tiny', summary: '', imports: [] },
    limits: { callMs: 2000, submissionMs: 20_000, memoryMb: 500 },
    tasks: [{ id: 'T1', title: 'T1', marks: 4, kinds: ['code' as const], unit: 't', exports: ['f'] }],
  };
  const { submissions } = await gradeBatch({
    coursework: { assignment, folder: '', checks: [check], given: [], hash: 'h' },
    ...{ paths: [path], outDir: join(folder, 'out'), seed: 1, backend: 'cpu', level: await bestLevel(), late },
    ...{ feedback: 'full', graderVersion: '1', jobs: 1, full: false },
    ...{ now: () => new Date(), clock: () => performance.now() },
  });
  expect(submissions).toHaveLength(1);
  return submissions[0]!;
}
const shown = ({ score, attempts, others }: Results['submissions'][number]) => ({
  ...{ score, attempts, others: (others ?? []).map((other) => other.score) },
});

test('the best after what lateness costs, with all of them graded and the others beside it', async () => {
  const path = await handIn('class', [4, 'xx'], [5, 'xxx'], [6, 'xxxx']);
  // The third is a day late: 4 − 1.
  expect(shown(await graded(path, 'best'))).toEqual({ score: 3, attempts: 3, others: [2, 3] });
  expect(runs).toBe(3);
  expect(shown(await graded(path, 'best'))).toEqual({ score: 3, attempts: 3, others: [2, 3] });
  expect(runs).toBe(0);
});

test('the latest and the first alone are graded, and the others are kept', async () => {
  const path = await handIn('class', [4, 'xx'], [5, 'xxx']);
  expect(shown(await graded(path))).toEqual({ score: 3, attempts: 2, others: [] });
  expect(runs).toBe(1);
  const book = openGradebook(join(folder, 'out'));
  expect(book.events({ kind: 'handed-in' })).toMatchObject([
    { origin: { at: '2026-11-04T10:00:00' } },
    { origin: { at: '2026-11-05T10:00:00' } },
  ]);
  book.close();
  // The rule changed: what was graded stays beside it.
  expect(shown(await graded(path, 'first'))).toEqual({ score: 2, attempts: 2, others: [3] });
  expect(runs).toBe(1);
  expect(shown(await graded(path, 'best'))).toEqual({ score: 3, attempts: 2, others: [2] });
  expect(runs).toBe(0);
});

test('one that comes with a later batch counts against those before, and the same again changes nothing', async () => {
  await graded(await handIn('class', [4, 'xxx']), 'best');
  expect(shown(await graded(await handIn('more', [5, 'xx']), 'best'))).toEqual({ score: 3, attempts: 2, others: [2] });
  const said = () => {
    const book = openGradebook(join(folder, 'out'));
    const { length } = book.events({ kind: 'handed-in' });
    book.close();
    return length;
  };
  expect(said()).toBe(2);
  await graded(join(folder, 'more'), 'best');
  expect(said()).toBe(2);
});

test('the same work once more, later, costs nothing where the best counts, and is the latest where that does', async () => {
  const path = await handIn('class', [4, 'xxxx'], [5, 'xx'], [7, 'xxxx']);
  const time = ({ origin, score }: Results['submissions'][number]) => [origin?.at, score];
  expect(time(await graded(path, 'best'))).toEqual(['2026-11-04T10:00:00', 4]);
  expect(runs).toBe(2);
  expect(time(await graded(path, 'best'))).toEqual(['2026-11-04T10:00:00', 4]);
  expect(runs).toBe(0);
  expect(time(await graded(path, 'latest'))).toEqual(['2026-11-07T10:00:00', 2]);
});
