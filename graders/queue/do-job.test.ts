import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { right, tinyCoursework } from '../cli/packaged.testing.ts';
import { judgeApart } from '../judging/judge-apart.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { descendants } from '../sandbox/contain/descendants.testing.ts';
import { doJob } from './do-job.ts';
import type { Job, Lane } from './port.ts';
import { openLocalQueue } from './sqlite/queue.ts';
import { bare } from './wrapping.ts';

const lane: Lane = {
  ...{ name: 'a', urgency: 'deadline', course: 'c', sheet: '', demands: '', tries: 2, expireSeconds: 60 },
};
const job: Job = { submission: 'x', coursework: '', grader: '', round: '', runtime: '', student: 's' };
const clock = () => performance.now();

/** A queue with one job, claimed. */
async function claimed(heartbeatMs = 60_000) {
  const queue = openLocalQueue({ heartbeatMs, clock });
  await queue.enqueue(lane, [job]);
  const claim = (await queue.claim('w'))!;
  return { queue, claim, doing: { queue, worker: 'w', wrapping: bare, clock, heartbeatMs } };
}

test('while it is worked on, a job is renewed, and not lost however long it takes', async () => {
  const { queue, claim, doing } = await claimed(150);
  const work = async () => {
    for (let i = 0; i < 10; i++) await new Promise((go) => setTimeout(go, 40));
    return { body: '{}' };
  };
  expect(await doJob(claim, work, doing)).toBe('first');
  expect((await queue.outcomes([claim.name])).get(claim.name)).toMatchObject({ kind: 'found' });
});

test('what is lost meanwhile is ended, and leaves no result', async () => {
  const { queue, claim, doing } = await claimed(150);
  const stolen = { ...queue, renew: async () => false };
  const work = (_: unknown, signal: AbortSignal) =>
    new Promise<never>((__, failed) => signal.addEventListener('abort', () => failed(signal.reason as Error)));
  expect(await doJob(claim, work, { ...doing, queue: stolen })).toBe('lost');
  expect((await queue.outcomes([claim.name])).size).toBe(0);
});

test('who cannot be heard for longer than a heartbeat knows that the job is lost, without being told', async () => {
  const { queue, claim, doing } = await claimed(150);
  const cut = { ...queue, renew: () => Promise.reject(new Error('cut off')) };
  const work = (_: unknown, signal: AbortSignal) =>
    new Promise<never>((__, failed) => signal.addEventListener('abort', () => failed(signal.reason as Error)));
  expect(await doJob(claim, work, { ...doing, queue: cut })).toBe('lost');
});

test('trouble of the grader is told with its reason; who has to go gives back without one', async () => {
  const { queue, claim, doing } = await claimed();
  const left = new AbortController();
  const leaves = () => {
    left.abort();
    return Promise.reject(new Error('gone'));
  };
  expect(await doJob(claim, leaves, { ...doing, left: left.signal })).toBe('given back');
  for (let i = 0; i < 2; i++) {
    const again = (await queue.claim('w'))!;
    expect(await doJob(again, () => Promise.reject(new Error('broken')), doing)).toBe('given back');
  }
  const dead = (await queue.outcomes([claim.name])).get(claim.name);
  expect(dead).toMatchObject({ kind: 'dead', reason: expect.stringContaining('Error: broken') as string });
});

/** Whether it is a student's program that has computed for half a second: one that only starts has not begun its call. */
function isBusy(pid: number): boolean {
  try {
    const ticks = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('=/app/') && Number(ticks[11]) > 50;
  } catch {
    return false;
  }
}

test('the sandbox of a lost job is ended in the middle of a call that would take hours', async () => {
  const { folder, remove } = tinyCoursework();
  const place = join(folder, 'courses/tiny');
  const assignment = JSON.parse(readFileSync(join(place, 'assignment.json'), 'utf8')) as object;
  const limits = { callMs: 3_600_000, submissionMs: 3_600_000, memoryMb: 256 };
  writeFileSync(join(place, 'assignment.json'), JSON.stringify({ ...assignment, limits }));
  const opening = { folder: place, level: await bestLevel(), submissions: 1, full: false, carried: { seed: 1 } };
  const judge = judgeApart({ ...opening, backend: 'wasm' }, 1);
  const lost = new AbortController();
  const text = `${right.split('\n')[1]}\nexport const twice = () => { for (;;); };\n`;
  const submission = { id: 'a', sha256: '1', notes: [], files: [{ path: 'work.js', text }] };
  const grading = judge.judge(submission, new Map(), () => undefined, lost.signal);
  grading.catch(() => undefined);
  const running = () => descendants(process.pid).filter((pid) => isBusy(pid));
  while (running().length === 0) await new Promise((go) => setTimeout(go, 20));
  lost.abort();
  await expect(grading).rejects.toThrow('Nobody waits for it any more');
  while (running().length > 0) await new Promise((go) => setTimeout(go, 20));
  await judge.close();
  remove();
});
