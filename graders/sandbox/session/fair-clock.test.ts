import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startClock } from './fair-clock.ts';

/** A process whose processor time grows with this share of wall time. */
function process(share: number) {
  const startedAt = performance.now();
  const killed: number[] = [];
  return {
    killed,
    cpuMs: () => 1 + share * (performance.now() - startedAt),
    kill: () => void killed.push(performance.now() - startedAt),
  };
}

test('a program that has the processor to itself is ended when its time is over', async () => {
  const busy = process(1);
  const clock = startClock(busy, 200, '');
  await delay(320);
  clock.stop();
  expect(busy.killed).toHaveLength(1);
});

test('a program that is kept waiting gets more wall time, but not for ever', async () => {
  const waiting = process(0.2);
  const clock = startClock(waiting, 100, '');
  await delay(250);
  expect(waiting.killed).toEqual([]);
  expect(clock.chargedMs()).toBeLessThan(200);
  await delay(350);
  clock.stop();
  expect(waiting.killed).toHaveLength(1);
});

test('where processor time cannot be known, wall time counts', async () => {
  const unknown = { ...process(0), cpuMs: () => 0 };
  const clock = startClock(unknown, 50, '');
  await delay(150);
  clock.stop();
  expect(unknown.killed).toHaveLength(1);
});
