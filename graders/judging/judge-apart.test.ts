/** Steps of judging that never end or fill the memory are ended from outside. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { atNight } from '../nightly.testing.ts';
import type { Submission } from '../model/submission.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { judgeApart, type Judge } from './judge-apart.ts';
import { answersThat, writeSteps } from './steps.testing.ts';

let home: string;
let judge: Judge | undefined;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gradmark-steps-'));
  writeSteps(home);
});
afterEach(() => judge?.close());
afterAll(() => rm(home, { recursive: true }));

const whoDoes = (does: string): Submission => ({
  ...{ id: 'ann', sha256: does, notes: [] },
  files: [{ path: 'answers.json', text: answersThat(does) }],
});
async function outcomes(does: string): Promise<(string | undefined)[]> {
  judge ??= judgeApart(
    {
      ...{
        folder: join(home, 'steps'),
        level: await bestLevel(),
        backend: 'wasm',
        submissions: 2,
        full: false,
        carried: { seed: 1 },
      },
    },
    1,
    { cpuMs: 1500, memoryMb: 200 },
  );
  const grade = await judge.judge(whoDoes(does), new Map(), () => undefined);
  return grade.tasks.flatMap((task) => task.checks.map((check) => check.because ?? check.outcome));
}

test.each(
  atNight(
    [
      ['never ends', '1.5 s'],
      ['fills the memory', '200 MB'],
    ],
    1,
  ),
)(
  'a step of judging that %s is ended from outside, and costs who brought it about, nobody else',
  async (does, limit) => {
    const says = `Judging the answers took more than the ${limit} for a whole submission: answer with what is asked for, and no more.`;
    expect(await outcomes(does)).toEqual(['pass', says, says, says]);
    expect(await outcomes('ends')).toEqual(['pass', 'pass', 'pass', 'pass']);
  },
);

test('what fails in the thread by itself is ours, and the next submission gets another one', async () => {
  await expect(outcomes('throws')).rejects.toThrow('nobody catches this');
  expect(await outcomes('ends')).toEqual(['pass', 'pass', 'pass', 'pass']);
});

test('a thread that ended while nobody asked it anything is not asked, and nobody is charged for it', async () => {
  expect(await outcomes('ends when told')).toEqual(['pass', 'pass', 'pass', 'pass']);
  const threads = () => readdirSync('/proc/self/task').length;
  const before = threads();
  await writeFile(join(home, 'steps', 'end'), '');
  await expect.poll(threads, { timeout: 60_000 }).toBeLessThan(before);
  expect(await outcomes('ends')).toEqual(['pass', 'pass', 'pass', 'pass']);
});
