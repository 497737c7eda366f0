import { expect, test } from 'vitest';
import { lateSession } from './late-session.ts';
import { openSession, type Session } from './session.ts';
import { compile, launchOptions } from './session.testing.ts';

test('one process starts, at the first of the requests, and ends with the session', async () => {
  const started: Session[] = [];
  const session = lateSession({ backend: 'cpu', precision: 'single' }, async () => {
    const modules = compile({ 'q.ts': 'console.log("loaded"); export const f = () => 1;' });
    const real = await openSession({ launch: await launchOptions(), modules, imports: [] });
    started.push(real);
    return real;
  });
  expect(started).toHaveLength(0);
  expect(session.alive).toBe(true);
  expect(session.output()).toBe('');
  const call = () => session.call({ module: 'q.ts', name: 'f' }, []);
  const [{ value }] = await Promise.all([call(), call()]);
  expect(value).toBe(1);
  expect(started).toHaveLength(1);
  await session.close();
  expect(started[0]!.alive).toBe(false);
  expect(session.alive).toBe(false);
  expect(session.output()).toContain('loaded');
});

test('one that nothing was asked of has nothing to end; one that did not start is started again', async () => {
  let starts = 0;
  const session = lateSession({ backend: 'cpu', precision: 'single' }, async () => {
    starts++;
    throw new Error('not to be started');
  });
  await session.close();
  expect(starts).toBe(0);
  for (const times of [1, 2]) {
    await expect(session.seed(1)).rejects.toThrow('not to be started');
    expect(starts).toBe(times);
  }
  await session.close();
});
