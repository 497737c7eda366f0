import { expect, test } from 'vitest';
import type { Desk, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { mlpForward } from './mlp-forward.ts';
import type { EarlierPart } from './own-parts.ts';
import { goneInBoth, wrongParts } from './own-parts.ts';
import { sigmoidBackward } from './sigmoid-backward.ts';
import { sigmoidCall } from './sigmoid-call.ts';

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
  // A desk at which every problem has been asked and is wrong.
  const desk = {
    share: (key: string, make: () => Promise<unknown>) =>
      key.startsWith('evaluate/') ? Promise.resolve(wrong) : make(),
  } as Desk;
  const ends = (earned: number) => [(): Promise<Judgement> => Promise.resolve({ earned, finding: { says: '' } })];
  const at = (task: string, problem: EarlierPart['problem'], earned?: number): EarlierPart =>
    earned === undefined ? { task, problem } : { task, problem, judges: ends(earned) };
  const [first, followed, lost] = [at('2.2', sigmoidCall), at('2.5', mlpForward, 1), at('3.2', sigmoidBackward, 0.5)];
  expect(await wrongParts(desk, [first, followed, lost])).toEqual(['2.2', '3.2']);
  expect(await wrongParts(desk, [followed])).toEqual(['2.5']);
});
