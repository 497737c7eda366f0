import { expectTypeOf, test } from 'vitest';
import type { Check, CheckContext, Judgement } from 'gradmark/check';
import type { Evaluation } from 'gradmark/evaluate';
import { evaluate, firstWrong, isAttempt, judgeTensor } from 'gradmark/evaluate';
import type { FormulaProblem } from 'gradmark/formula';
import { judgeFormula } from 'gradmark/judge-formula';
import type { ManualCheck } from 'gradmark/manual';
import { conceptHits, manualCheck } from 'gradmark/manual';
import type { Value } from 'gradmark/model/guest';
import type { NdArray } from 'gradmark/model/numbers';
import type { Problem } from 'gradmark/problem';
import { arrayFrom, fieldOf, inWords, isArray, itemsOf, numberOf } from 'gradmark/values';

test('what is evaluated is judged tensor by tensor', () => {
  expectTypeOf(evaluate<number>).parameters.toEqualTypeOf<[context: CheckContext, problem: Problem<number>]>();
  expectTypeOf(evaluate<number>).returns.resolves.toEqualTypeOf<Evaluation>();
  expectTypeOf(judgeTensor).parameters.toEqualTypeOf<[evaluation: Evaluation, name: string, what: string]>();
  expectTypeOf(judgeTensor).returns.toEqualTypeOf<Judgement>();
  expectTypeOf(firstWrong).returns.toEqualTypeOf<Judgement>();
  expectTypeOf(isAttempt).returns.resolves.toEqualTypeOf<boolean>();
});

test('formulas and what a person marks are judged by one function each', () => {
  expectTypeOf(judgeFormula).toEqualTypeOf<(context: CheckContext, problem: FormulaProblem) => Judgement>();
  expectTypeOf(manualCheck).toEqualTypeOf<(check: ManualCheck) => Check>();
  expectTypeOf(conceptHits).returns.toEqualTypeOf<string[]>();
});

test('readers of values give what they find, or undefined', () => {
  expectTypeOf(itemsOf).toEqualTypeOf<(value: Value) => Value[] | undefined>();
  expectTypeOf(fieldOf).returns.toEqualTypeOf<Value>();
  expectTypeOf(numberOf).returns.toEqualTypeOf<number | undefined>();
  expectTypeOf(arrayFrom).returns.toEqualTypeOf<NdArray | undefined>();
  expectTypeOf(isArray).guards.toEqualTypeOf<NdArray>();
  expectTypeOf(inWords).returns.toBeString();
});
