import { expect, test } from 'vitest';
import type { Desk, Judgement } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { mlpForward } from './mlp-forward.ts';
import type { EarlierPart } from './own-parts.ts';
import { agree, goneInBoth, leadsSomewhere, wrongParts } from './own-parts.ts';
import { sigmoidBackward } from './sigmoid-backward.ts';
import { sigmoidCall } from './sigmoid-call.ts';

test('answers agree up to rounding in single precision, and not beyond', () => {
  expect(agree(arrayOf([1, 2.00001]), arrayOf([1, 2]))).toBe(true);
  expect(agree(arrayOf([1, 2.01]), arrayOf([1, 2]))).toBe(false);
});

test('nothing agrees with a value that is not finite, with an empty array, or with what is not there', () => {
  expect(agree(arrayOf([NaN]), arrayOf([NaN]))).toBe(false);
  expect(agree(arrayOf([]), arrayOf([]))).toBe(false);
  expect(agree(arrayOf([1, 2]), arrayOf([]))).toBe(false);
  expect(agree(undefined, arrayOf([1]))).toBe(false);
  expect(agree(arrayOf([1]), undefined)).toBe(false);
});

test('parts that give nothing, or zeros alone, lead nowhere, although an answer of nothing agrees with them', () => {
  expect(leadsSomewhere({}, {})).toBe(false);
  expect(leadsSomewhere({ dW: arrayOf([0, 0]) }, { dW: arrayOf([0, 0]) })).toBe(false);
  expect(leadsSomewhere({ dW: arrayOf([2, 1]) }, { dW: arrayOf([1, 1]) })).toBe(false);
});

test('one part that gives no bias gradient still leads somewhere by its weights', () => {
  expect(leadsSomewhere({ dW: arrayOf([1, 2]) }, { dW: arrayOf([1, 2]), dB: arrayOf([0]) })).toBe(true);
});

test('what is no number in the same places is gone in both, and hides no other difference', () => {
  expect(goneInBoth(arrayOf([NaN, NaN]), arrayOf([NaN, NaN]))).toBe(true);
  expect(goneInBoth(arrayOf([NaN, 2]), arrayOf([NaN, 2]))).toBe(true);
  expect(goneInBoth(arrayOf([NaN, 2]), arrayOf([NaN, 3]))).toBe(false);
  expect(goneInBoth(arrayOf([NaN, 2]), arrayOf([1, 2]))).toBe(false);
  expect(goneInBoth(arrayOf([1, 2]), arrayOf([1, 2]))).toBe(false);
  expect(goneInBoth(arrayOf([NaN]), undefined)).toBe(true);
  expect(goneInBoth(arrayOf([1]), undefined)).toBe(false);
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
