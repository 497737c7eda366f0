import { once } from 'node:events';
import { GCProfiler, getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { collectsGarbage, lettingGo } from './collect.ts';

const heldMb = () => getHeapStatistics().external_memory / 2 ** 20;

/** V8 gives numbers back beside its work, and counts that only when the next array is made: one is made for each look. */
const heldNowMb = () => (new Float64Array(2 ** 10).fill(1).length > 0 ? heldMb() : Infinity);

test('numbers that nobody wants any more are let go of long before V8 would look for them', async () => {
  const collect = collectsGarbage();
  const before = heldMb();
  const kept = Array.from({ length: 40 }, () => new Float64Array(2 ** 17));
  // Until they are old enough to be looked at with the whole heap alone.
  let small: unknown[] = [];
  for (let i = 0; i < 3_000_000; i++) small = [small.length];
  expect(heldMb()).toBeGreaterThan(before + 30);
  kept.length = 0;
  collect();
  await expect.poll(heldNowMb, { timeout: 60_000 }).toBeLessThan(before + 12);
});

test('what submissions leave behind is let go of without a look through the whole heap', async () => {
  const collect = collectsGarbage();
  const before = heldNowMb();
  const profiler = new GCProfiler();
  profiler.start();
  const most = 20;
  for (let i = 0; i < most; i++) {
    for (let answer = 0; answer < 40; answer++) expect(new Float64Array(2 ** 14).fill(i)[i]).toBe(i);
    collect();
  }
  const whole = profiler.stop()!.statistics.filter(({ gcType }) => gcType === 'MarkSweepCompact');
  expect(whole.length).toBeLessThanOrEqual(2);
  await expect.poll(heldNowMb, { timeout: 60_000 }).toBeLessThan(before + 12);
});

test('what is kept of each of a class leaves no more room for young objects than it needs', () => {
  const youngMb = () =>
    getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')!.physical_space_size / 2 ** 20;
  /** 20 MB are kept, and five times as much is let lie. */
  const held = Array.from(lettingGo(Array(2000).keys()), (i) => {
    for (let n = 0; n < 4; n++) expect(Array.from({ length: 1000 }, (_, j) => ({ i, j })).length).toBe(1000);
    return Array.from({ length: 200 }, (_, j) => ({ i, j }));
  });
  expect(held.length).toBe(2000);
  expect(youngMb()).toBeLessThan(24);
});

test('threads that begin at once do not take it from each other', async () => {
  const program = `import { collectsGarbage } from ${JSON.stringify(new URL('collect.ts', import.meta.url).href)};
    for (let i = 0; i < 100; i++) collectsGarbage()();`;
  const threads = Array.from(
    { length: 4 },
    () => new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`)),
  );
  for (const [status] of await Promise.all(threads.map((thread) => once(thread, 'exit')))) expect(status).toBe(0);
});
