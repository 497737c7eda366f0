import { afterEach, beforeEach, expect, test } from 'vitest';
import { warmGuest, type WarmGuest } from './session.ts';
import { launchOptions } from './session.testing.ts';
import { keepWarm } from './warm-guests.ts';

/** All that were started, in order. */
const started: WarmGuest[] = [];
const starting: typeof warmGuest = async (...wanted) => {
  const guest = await warmGuest(...wanted);
  started.push(guest);
  return guest;
};
/** However long that takes on a busy machine. */
const cameUp = (count: number) => expect.poll(() => started.length, { timeout: 120_000 }).toBe(count);
let options: Awaited<ReturnType<typeof launchOptions>>;
beforeEach(async () => {
  options = await launchOptions();
});
afterEach(() => Promise.all(started.splice(0).map(({ exchange }) => exchange.close())));

test('while one submission is judged the next process comes up, and every process goes to one session alone', async () => {
  const guests = keepWarm(3, starting);
  const taken: WarmGuest[] = [];
  for (const number of [1, 2, 3]) {
    guests.begin();
    taken.push(await guests.take(options, 'none'));
    // For the last one nothing is started that nobody would take.
    const ahead = Math.min(3, number + 1);
    await cameUp(ahead);
  }
  await guests.close();
  expect(taken).toEqual(started);
  expect(new Set(taken).size).toBe(3);
  expect(taken.every(({ exchange }) => exchange.alive)).toBe(true);
});

test('for one submission alone, and for what few have asked for, nothing is started ahead', async () => {
  const one = keepWarm(1, starting);
  one.begin();
  await one.take(options, 'none');
  const many = keepWarm(10, starting);
  for (let i = 0; i < 3; i++) many.begin();
  await many.take(options, 'none');
  await one.close();
  await many.close();
  expect(started).toHaveLength(2);
});

test('a process that came to its end before it was taken is replaced', async () => {
  const guests = keepWarm(10, starting);
  guests.begin();
  await guests.take(options, 'none');
  await cameUp(2);
  await started[1]!.exchange.close();
  const next = await guests.take(options, 'none');
  await guests.close();
  expect(next).toBe(started[2]);
  expect(next.exchange.alive).toBe(true);
});

test('those that nobody has taken end with the batch, one that is still starting as well', async () => {
  const guests = keepWarm(10, starting);
  guests.begin();
  const taken = await guests.take(options, 'none');
  await guests.close();
  expect(started.map(({ exchange }) => exchange.alive)).toEqual([true, false]);
  expect(started[0]).toBe(taken);
});

test('who watches one submission has what it took made ready when nobody waits, a fresh one each time', async () => {
  const guests = keepWarm(1, starting);
  guests.begin();
  const first = await guests.take(options, 'none');
  expect(started).toHaveLength(1);
  guests.prepare();
  guests.prepare();
  await cameUp(2);
  guests.begin();
  const second = await guests.take(options, 'none');
  expect(second).toBe(started[1]);
  expect(second).not.toBe(first);
  // What the one before took, and this one did not, is not made ready.
  guests.begin();
  guests.prepare();
  await guests.close();
  expect(started).toHaveLength(2);
});

test('a process is watched from when it is taken, and not while it waits', async () => {
  const said: string[] = [];
  const named = (name: string) => {
    const exchange = { alive: true, rest: () => said.push(`${name} rests`), wake: () => said.push(`${name} is woken`) };
    return { exchange, options, node: '', cacheRejected: false } as unknown as WarmGuest;
  };
  let made = 0;
  const guests = keepWarm(3, () => Promise.resolve(named(`${++made}`)));
  guests.begin();
  await guests.take(options, 'none');
  await expect.poll(() => said).toEqual(['1 is woken', '2 rests']);
  guests.begin();
  await guests.take(options, 'none');
  await expect.poll(() => said).toEqual(['1 is woken', '2 rests', '2 is woken', '3 rests']);
});
