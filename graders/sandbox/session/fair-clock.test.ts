import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clocksOf, type StartClock } from './fair-clock.ts';

/** Time goes on when a test says so: on a busy machine real timers would be late. */
let graderBusyMs = 0;
let graderStoppedMs = 0;
const now = () => Date.now() + graderBusyMs + graderStoppedMs;
const delay = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Keeps the grader busy, as judging another submission does: no timer fires meanwhile. */
const busyFor = (ms: number) => (graderBusyMs += ms);
/** Stops the grader, as a terminal's Ctrl-Z does, while programs go on. */
const stoppedFor = (ms: number) => (graderStoppedMs += ms);

beforeEach(() => {
  graderBusyMs = 0;
  graderStoppedMs = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date'] });
  vi.spyOn(performance, 'now').mockImplementation(now);
  vi.spyOn(performance, 'eventLoopUtilization').mockImplementation((before) => ({
    idle: 0,
    utilization: 0,
    active: graderBusyMs - (before?.active ?? 0),
  }));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const startClock = (of: Parameters<typeof clocksOf>[0], ...limit: Parameters<StartClock>) => clocksOf(of)(...limit);

/** A process that computes for one share of wall time, waits for a processor for another, and sleeps for the rest. */
function process(computes: number, waits: number | undefined) {
  const startedAt = now();
  const elapsed = () => now() - startedAt;
  const killed: number[] = [];
  return {
    killed,
    cpuMs: () => 1 + computes * elapsed(),
    waits: () => (waits === undefined ? undefined : new Map([['1', waits * elapsed()]])),
    kill: () => void killed.push(elapsed()),
  };
}

test('a program that has the processor to itself is ended when its time is over', async () => {
  const busy = process(1, 0);
  const clock = startClock(busy, 200, '');
  await delay(320);
  clock.stop();
  expect(busy.killed).toHaveLength(1);
});

test('a program that sleeps is ended when its time is over, too: sleeping counts', async () => {
  const asleep = process(0, 0);
  const clock = startClock(asleep, 200, '');
  await delay(320);
  clock.stop();
  expect(asleep.killed).toHaveLength(1);
});

test('what is charged is what was used when the time was over, of a process that is gone as well, of which the kernel tells nothing', async () => {
  const waiting = process(0.1, 0.9);
  let gone = false;
  const clock = startClock(
    { ...waiting, waits: () => (gone ? undefined : waiting.waits()), kill: () => (gone = true) },
    200,
    '',
  );
  await delay(3000);
  clock.stop();
  expect(gone).toBe(true);
  expect(clock.chargedMs()).toBeLessThan(300);
});

test('a program that ends by itself before its time is over is charged no more than that, however long it was kept waiting', async () => {
  const waiting = process(0.1, 0.9);
  let gone = false;
  const clock = startClock({ ...waiting, waits: () => (gone ? undefined : waiting.waits()) }, 200, '');
  await delay(1200);
  gone = true;
  clock.stop();
  expect(waiting.killed).toEqual([]);
  expect(clock.chargedMs()).toBeLessThanOrEqual(200);
});

test('a program that gets no processor at all is waited for long, but not for ever', async () => {
  const starving = process(0, 1);
  const clock = startClock(starving, 50, '');
  await delay(400);
  expect(starving.killed).toEqual([]);
  await delay(900);
  clock.stop();
  expect(starving.killed).toHaveLength(1);
});

test('a program that is kept waiting gets more wall time', async () => {
  const waiting = process(0.2, 0.8);
  const clock = startClock(waiting, 200, '');
  await delay(400);
  expect(waiting.killed).toEqual([]);
  // A fifth of it, and what nobody has looked at yet.
  expect(clock.chargedMs()).toBeLessThan(150);
  await delay(1000);
  clock.stop();
  expect(waiting.killed).toHaveLength(1);
});

test('a program that is asked for much in small pieces pays for waiting neither', async () => {
  const start = clocksOf(process(0.1, 0.9));
  let charged = 0;
  for (let call = 0; call < 100; call++) {
    const clock = start(200, '');
    await delay(20);
    clock.stop();
    charged += clock.chargedMs();
  }
  // A tenth of 2000 ms, and what nobody has looked at yet.
  expect(charged).toBeGreaterThanOrEqual(200);
  expect(charged).toBeLessThan(300);
});

test('what a program has waited is not saved up: whoever sleeps after it is ended when that time is over', async () => {
  const startedAt = now();
  const computing = () => Math.min(300, now() - startedAt);
  const killed: number[] = [];
  const many = {
    cpuMs: () => 1 + computing(),
    waits: () => new Map(Array.from({ length: 40 }, (_, i) => [String(i), computing() * 0.9])),
    kill: () => void killed.push(now() - startedAt),
  };
  const clock = startClock(many, 5000, '');
  await delay(11_000);
  clock.stop();
  expect(killed[0]).toBeLessThanOrEqual(6000);
});

test('threads of a program that keep each other waiting are no busy machine', async () => {
  const crowd = process(0.1, 0.1);
  const of = {
    ...crowd,
    waits: () => new Map(Array.from({ length: 40 }, (_, i) => [String(i), crowd.waits()!.get('1')!])),
  };
  const clock = startClock(of, 200, '');
  await delay(400);
  clock.stop();
  expect(crowd.killed).toHaveLength(1);
});

test('a program that waits for a busy grader is charged no more than half of that', async () => {
  const quick = process(0, 0);
  const clock = startClock(quick, 400, '');
  await delay(60);
  busyFor(400);
  await delay(1);
  expect(quick.killed).toEqual([]);
  expect(clock.chargedMs()).toBeLessThan(400);
  clock.stop();
});

test('a program that waits for a grader that was stopped is charged none of it', async () => {
  const quick = process(0, 0);
  const clock = startClock(quick, 5000, '');
  await delay(1500);
  stoppedFor(3_600_000);
  expect(clock.chargedMs()).toBeLessThan(2500);
  await delay(2000);
  expect(quick.killed).toEqual([]);
  expect(clock.chargedMs()).toBeLessThan(4500);
  await delay(3000);
  clock.stop();
  expect(quick.killed).toHaveLength(1);
});

test('where nobody can say what was waiting, half of wall time counts at least, and all of it without a clock', async () => {
  const half = process(0.2, undefined);
  const clock = startClock(half, 100, '');
  await delay(150);
  expect(half.killed).toEqual([]);
  await delay(150);
  clock.stop();
  expect(half.killed).toHaveLength(1);

  const unknown = { ...process(0, undefined), cpuMs: () => 0 };
  const other = startClock(unknown, 50, '');
  await delay(150);
  other.stop();
  expect(unknown.killed).toHaveLength(1);
});
