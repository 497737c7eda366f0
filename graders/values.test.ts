import { cpuMsOf } from './cpu-time.testing.ts';
import { expect, test } from 'vitest';
import type { Value } from './model/guest.ts';
import { inWords } from './values.ts';

const list = (...items: Value[]): Value => ({ kind: 'list', items });

test('a list is told by its first items', () => {
  expect(inWords(list('a', list(true, null), undefined, 4))).toBe(
    'a list of 4: the string a, a list of 2: the boolean true, null, undefined, …',
  );
});

test('a list that holds the same list many times over is told in few words', async () => {
  let value: Value = list(1, 'x');
  for (let i = 0; i < 24; i++) value = list(value, value);
  expect(await cpuMsOf(() => expect(inWords(value).length).toBeLessThan(400))).toBeLessThan(1000);
});
