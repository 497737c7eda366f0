import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { countJudging, forAll } from './judging-time.ts';
import type { Guest } from './model/guest.ts';

/** Whatever is called, the answer comes after everything else that can be done at once. */
const guest = { get: async () => setImmediate(1) } as unknown as Guest;
const ask = (of: Guest) => of.get(1, 'weights');

/** A submission that has 100 ms, with a clock that the judging of any moves, as that of the grader's thread. */
let ms = 0;
const submission = () => ({
  of: countJudging(100, () => ms).counting(guest),
  judging: (cost: number) => (ms += cost),
});

test('who costs more than there is for one submission is asked no more, and neighbours are', async () => {
  const [costly, neighbour] = [submission(), submission()];
  for (const cost of [60, 40]) {
    await ask(costly.of);
    costly.judging(cost);
  }
  // That was all of it, and no more.
  await ask(costly.of);
  costly.judging(1);
  await expect(ask(costly.of)).rejects.toMatchObject({
    kind: 'refused',
    message:
      'Judging the answers took more than the 0.1 s for a whole submission: answer with what is asked for, and no more.',
  });
  await ask(neighbour.of);
});

test('answers that arrive together are each judged on the account of their own submission', async () => {
  const all = [submission(), submission(), submission()];
  const judged = all.map(async ({ of, judging }) => {
    await ask(of);
    judging(50);
    await Promise.resolve();
    judging(40);
  });
  await Promise.all(judged);
  for (const { of } of all) await ask(of);
});

test('what the grader does while nobody has answered is on no account', async () => {
  const { of, judging } = submission();
  judging(500);
  await ask(of);
  // It waits for something else meanwhile.
  await setImmediate();
  await setImmediate();
  judging(500);
  await ask(of);
  await ask(of);
});

test('what is computed once for all is on no account, however often it is begun inside', async () => {
  const counted = countJudging(100).counting(guest);
  const burn = (ms: number) => {
    for (const until = cpu() + ms; cpu() < until;);
  };
  const cpu = () => process.threadCpuUsage().user / 1000;
  await ask(counted);
  forAll(() => forAll(() => burn(150)));
  await ask(counted);
  burn(150);
  await expect(ask(counted)).rejects.toMatchObject({ kind: 'refused' });
});
