/** A coursework written to a folder, whose checks do what an answer says: some never end, some fill the memory. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { atNight } from '../nightly.testing.ts';
import type { Submission } from '../model/submission.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { judgeApart, type Judge } from './judge-apart.ts';

const assignment = {
  ...{ schema: 'gradmark/assignment/v1', slug: 'steps', title: 'Steps', summary: 'Steps of judging.', imports: [] },
  limits: { callMs: 2000, submissionMs: 20_000, memoryMb: 500 },
  tasks: [{ id: 'T1', title: 'Words', marks: 3, kinds: ['derivation'], answers: ['does'] }],
};
const checks = `
  const step = {
    ends: () => undefined,
    'never ends': () => { for (;;); },
    'fills the memory': () => { for (const all = [];;) all.push(Array.from({ length: 1000 }, (_, i) => ({ i }))); },
    throws: () => { setTimeout(() => { throw new Error('nobody catches this'); }); return new Promise(() => undefined); },
  };
  const check = (id, does) => ({ id, task: 'T1', title: id, asks: '', points: 1, run: does });
  const pass = async () => ({ earned: 1 });
  export const checks = [
    check('t1.before', pass),
    check('t1.step', async (context) => { await step[context.answers().does](); return { earned: 1 }; }),
    check('t1.after', pass),
  ];`;

let home: string;
let judge: Judge | undefined;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gradmark-steps-'));
  await mkdir(join(home, 'steps'));
  await writeFile(join(home, 'steps', 'assignment.json'), JSON.stringify(assignment));
  await writeFile(join(home, 'steps', 'checks.js'), checks);
});
afterEach(() => judge?.close());
afterAll(() => rm(home, { recursive: true }));

const whoDoes = (does: string): Submission => ({
  ...{ id: 'ann', sha256: does, notes: [] },
  files: [{ path: 'answers.json', text: JSON.stringify({ does }) }],
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
    expect(await outcomes(does)).toEqual(['pass', says, says]);
    expect(await outcomes('ends')).toEqual(['pass', 'pass', 'pass']);
  },
);

test('what fails in the thread by itself is ours, and the next submission gets another one', async () => {
  await expect(outcomes('throws')).rejects.toThrow('nobody catches this');
  expect(await outcomes('ends')).toEqual(['pass', 'pass', 'pass']);
});
