import { expect, test } from 'vitest';
import { cpuMsOf } from '../cpu-time.testing.ts';
import { createRandom } from '../numerics/random.ts';
import { byLikeness, rememberingLikeness } from './likeness.ts';

const texts = [
  { id: 'a', text: 'The chain rule gives prediction minus target because the logarithm cancels the exponential.' },
  { id: 'b', text: 'Dropout switches units off at random, so that they cannot rely on each other.' },
  { id: 'c', text: 'Because the logarithm cancels the exponential, the chain rule gives prediction minus target!' },
  { id: 'd', text: '' },
  { id: 'e', text: 'Units are switched off at random by dropout and cannot rely on others.' },
  { id: 'f', text: '   ' },
];

test('answers that say the same stand together, and so do those that say nothing', () => {
  const order = byLikeness(texts, 'salt');
  const groupOf = (id: string) => order.find((one) => one.id === id)!.group;
  expect(groupOf('a')).toBe(groupOf('c'));
  expect(groupOf('b')).toBe(groupOf('e'));
  expect(groupOf('d')).toBe(groupOf('f'));
  expect(new Set(order.map(({ group }) => group)).size).toBe(3);
  expect(order.map(({ group }) => group)).toEqual(order.map(({ group }) => group).toSorted((x, y) => x - y));
});

test('the order is by chance, and the same whenever and in whatever order it is asked', () => {
  const ids = (salt: string, from = texts) => byLikeness(from, salt).map(({ id }) => id);
  expect(ids('salt', texts.toReversed())).toEqual(ids('salt'));
  const orders = new Set(['1', '2', '3', '4', '5', '6'].map((salt) => ids(salt).join()));
  expect(orders.size).toBeGreaterThan(2);
});

test('answers that have not changed are not compared again, and those that have are', () => {
  const order = rememberingLikeness('salt');
  const first = order('Q1', texts);
  expect(order('Q1', structuredClone(texts))).toBe(first);
  expect(first).toEqual(byLikeness(texts, 'salt\nQ1'));
  const changed = texts.map((one) => (one.id === 'd' ? { ...one, text: texts[0]!.text } : one));
  expect(order('Q1', changed)).toEqual(byLikeness(changed, 'salt\nQ1'));
  expect(order('Q1', changed)).not.toEqual(first);
});

test('two thousand answers that are all different are put in order in seconds, not minutes', async () => {
  const words = Array.from({ length: 6000 }, (_, i) => `word${i}`);
  const random = createRandom(1, 'answers');
  const many = Array.from({ length: 2000 }, (_, i) => ({
    id: String(i),
    text: Array.from({ length: 200 }, () => words[Math.floor(words.length * random.next() ** 2)]).join(' '),
  }));
  expect(await cpuMsOf(() => expect(byLikeness(many, 'salt')).toHaveLength(2000))).toBeLessThan(6000);
});
