import { expect, test } from 'vitest';
import type { CheckContext, Judgement } from '../check.ts';
import type { Evaluation } from '../evaluate.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { standIn } from '../mistakes/stand-in.testing.ts';
import type { EarlierPart } from './own-parts.ts';
import { goneInBoth, wrongParts } from './own-parts.ts';

test('what is not there is gone in both where the answer has nothing or zeros; what is no number is not gone', () => {
  expect(goneInBoth(undefined, undefined)).toBe(true);
  expect(goneInBoth(arrayOf([0, 0]), undefined)).toBe(true);
  expect(goneInBoth(arrayOf([1]), undefined)).toBe(false);
  expect(goneInBoth(arrayOf([NaN, NaN]), undefined)).toBe(false);
  expect(goneInBoth(arrayOf([NaN, NaN]), arrayOf([NaN, NaN]))).toBe(false);
  expect(goneInBoth(arrayOf([1, 2]), arrayOf([1, 2]))).toBe(false);
});

test('of wrong parts those are named that lost marks themselves, and all where none did', async () => {
  const wrong: Evaluation = { tensors: { a: { accepted: false, margin: -1, asked: '' } }, notes: [], likeness: 1 };
  // A check context at which every problem has been asked and is wrong.
  const context = {
    oncePerSubmission: (key: string, make: () => Promise<unknown>) =>
      key.startsWith('evaluate/') ? Promise.resolve(wrong) : make(),
  } as CheckContext;
  const ends = (earned: number) => [(): Promise<Judgement> => Promise.resolve({ earned, finding: { says: '' } })];
  const at = (task: string, id: string, earned?: number): EarlierPart => {
    const problem = standIn({ id, precision: 'double', probes: () => [0], oracle: () => ({}), mistakes: [] });
    return earned === undefined ? { task, problem } : { task, problem, judges: ends(earned) };
  };
  const [first, followed, lost] = [at('2.2', 'call'), at('2.5', 'forward', 1), at('3.2', 'backward', 0.5)];
  expect(await wrongParts(context, [first, followed, lost])).toEqual(['2.2', '3.2']);
  expect(await wrongParts(context, [followed])).toEqual(['2.5']);
});
