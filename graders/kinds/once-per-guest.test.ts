import { expect, test } from 'vitest';
import type { Guest } from '../model/guest.ts';
import { oncePerGuest } from './once-per-guest.ts';

const processes = () => [{}, {}] as unknown as [Guest, Guest];

test('a process is asked once for an object, and another process again', async () => {
  let asked = 0;
  const answer = oncePerGuest(async () => ++asked);
  const [first, second] = processes();
  const [model, other] = [{}, {}];
  expect(await Promise.all([answer(first, model), answer(first, model)])).toEqual([1, 1]);
  expect([await answer(first, other), await answer(second, model), await answer(first, model)]).toEqual([2, 3, 1]);
});

test('what failed is asked again', async () => {
  let asked = 0;
  const answer = oncePerGuest(async () => {
    if (++asked === 1) throw new Error('it was stopped');
    return asked;
  });
  const [guest] = processes();
  const model = {};
  await expect(answer(guest, model)).rejects.toThrow('it was stopped');
  expect(await answer(guest, model)).toBe(2);
});
