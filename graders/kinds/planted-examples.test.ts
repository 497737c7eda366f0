import { expect, test } from 'vitest';
import type { Value } from '../model/guest.ts';
import { makeArray } from '../numerics/arrays.ts';
import { classOf, examplesOf } from './planted-examples.ts';

const inputs = (ids: readonly number[], shape: readonly number[]) =>
  makeArray(
    shape,
    ids.flatMap((id) => new Array<number>(64).fill(id / 64)),
  );
const labels = (ids: readonly number[]) => makeArray([ids.length], ids.map(classOf));
const batch = (entries: Record<string, Value>): Value => ({ kind: 'record', entries });

test('planted examples are recognised with their targets, as rows of one or two axes', () => {
  const ids = [3, 0, 7];
  const expected = ids.map((id) => ({ id, label: classOf(id) }));
  for (const shape of [
    [3, 64],
    [3, 1, 64],
  ]) {
    const { examples } = examplesOf([batch({ inputs: inputs(ids, shape), targets: labels(ids) })], 10);
    expect(examples).toEqual(expected);
  }
});

test('an input that is none of the planted ones has the number −1', () => {
  const strange = makeArray(
    [1, 64],
    Array.from({ length: 64 }, (_, i) => i / 64),
  );
  const { examples } = examplesOf([batch({ inputs: strange, targets: labels([0]) })], 10);
  expect(examples[0]!.id).toBe(-1);
  const beyond = examplesOf([batch({ inputs: inputs([12], [1, 64]), targets: labels([0]) })], 10);
  expect(beyond.examples[0]!.id).toBe(-1);
});

test('a mini-batch without inputs is told in words', () => {
  expect(examplesOf([batch({ x: 1 })], 10).trouble).toContain('{ inputs, targets }');
});
