import { expectTypeOf, test } from 'vitest';
import type { NamedArrays, Nested } from 'gradmark/arrays';
import { arrayOf, makeArray, rowsOf, transpose } from 'gradmark/arrays';
import type { Canonical } from 'gradmark/canonical';
import { canonicalise } from 'gradmark/canonical';
import { compareNumber, compareTensor, judge } from 'gradmark/compare';
import type { TensorGap } from 'gradmark/model/finding';
import type { NdArray } from 'gradmark/model/numbers';
import { centralDifference, gradientOf } from 'gradmark/numerics/finite-difference';
import type { Random } from 'gradmark/random';
import { createRandom } from 'gradmark/random';
import type { StatisticalTest } from 'gradmark/statistics';
import { kolmogorovTest, meanTest, twoStage } from 'gradmark/statistics';
import type { Band } from 'gradmark/tolerance';
import { bandOf, float32, scaledBand } from 'gradmark/tolerance';

test('arrays are made of nested numbers, typed rows included, and stay as they are', () => {
  expectTypeOf<number[][] | Float32Array[]>().toExtend<Nested>();
  expectTypeOf(arrayOf([[1]])).toEqualTypeOf<NdArray>();
  expectTypeOf(rowsOf).toEqualTypeOf<(a: NdArray) => number[][]>();
  expectTypeOf(transpose).toEqualTypeOf<(a: NdArray) => NdArray>();
  expectTypeOf(makeArray([2], new Float32Array(2), { dtype: 'float32' }).shape).toEqualTypeOf<readonly number[]>();
  // @ts-expect-error: no text is a number.
  arrayOf(['1']);
});

test('a gap is measured in a band, and judged by it', () => {
  expectTypeOf(compareTensor).parameter(3).toEqualTypeOf<Band>();
  expectTypeOf(compareTensor).returns.toEqualTypeOf<TensorGap>();
  expectTypeOf(compareNumber('loss', 1, 1, float32)).toEqualTypeOf<TensorGap>();
  expectTypeOf(judge).returns.toEqualTypeOf<'accept' | 'undecided' | 'reject'>();
  expectTypeOf(bandOf).toEqualTypeOf<(precision: 'single' | 'double') => Band>();
  // @ts-expect-error: a band without its reason.
  scaledBand('mine', 1, 2);
});

test('an answer comes into the expected shape, or says why it cannot', () => {
  expectTypeOf(canonicalise).returns.toEqualTypeOf<Canonical>();
  expectTypeOf<Extract<Canonical, { array: unknown }>['array']>().toEqualTypeOf<NdArray>();
});

test('streams are made of a seed and a name; tests of samples say what they found', () => {
  expectTypeOf(createRandom).returns.toEqualTypeOf<Random>();
  expectTypeOf<Random['normal']>().returns.toBeNumber();
  expectTypeOf(meanTest).returns.toEqualTypeOf<StatisticalTest>();
  expectTypeOf(kolmogorovTest).parameter(1).toEqualTypeOf<(x: number) => number>();
  expectTypeOf(twoStage).returns.resolves.toEqualTypeOf<{ rejected: boolean; tests: StatisticalTest[] }>();
});

test('derivatives come with how far they can be trusted', () => {
  expectTypeOf(centralDifference(Math.sin, 0)).toEqualTypeOf<{ value: number; error: number }>();
  expectTypeOf(gradientOf).parameter(0).toEqualTypeOf<(arrays: NamedArrays) => number>();
});
