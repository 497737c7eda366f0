import { expectTypeOf, test } from 'vitest';
import type { FormulaKey, FormulaMistake, FormulaProblem } from 'gradmark/formula';
import { wrongFormula } from 'gradmark/formula';
import { simplex, twoIndices, uniforms } from 'gradmark/formula-domains';
import type { Random } from 'gradmark/random';

test('a formula has what is right, where it is compared, and the known wrong ones', () => {
  expectTypeOf<FormulaProblem>().toExtend<FormulaKey>();
  expectTypeOf(wrongFormula('id', 'title', 'advice', '2 x')).toExtend<FormulaMistake>();
  expectTypeOf<FormulaKey['domain']>().parameter(0).toEqualTypeOf<Random>();
  // @ts-expect-error: the wrong formula itself is missing.
  wrongFormula('id', 'title', 'advice');
});

test('values for names are drawn from a stream', () => {
  expectTypeOf(simplex).toEqualTypeOf<(random: Random, count: number) => number[]>();
  expectTypeOf(uniforms).parameter(0).toEqualTypeOf<Random>();
  expectTypeOf(twoIndices).returns.toEqualTypeOf<[number, number]>();
});
