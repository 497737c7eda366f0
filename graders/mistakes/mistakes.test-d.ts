import { expectTypeOf, test } from 'vitest';
import { arrayOf } from 'gradmark/arrays';
import type { Mistake, Program, SwitchedVariant } from 'gradmark/mistakes/program';
import { mistake, variantsOf } from 'gradmark/mistakes/program';
import type { WrongFunction } from 'gradmark/mistakes/wrong-function';
import { everywhere, wrongFunction } from 'gradmark/mistakes/wrong-function';

interface Rules {
  activate(z: number): number;
}
declare const program: Program<number, Rules>;

test('a mistake replaces rules of its program and no others', () => {
  const wrong = mistake<Rules>('id', 'title', 'advice', { activate: (z) => z });
  expectTypeOf(wrong).toExtend<Mistake<Rules>>();
  expectTypeOf(variantsOf(program, [wrong])).toEqualTypeOf<SwitchedVariant<number>[]>();
  // @ts-expect-error: the program has no such rule.
  mistake<Rules>('id', 'title', 'advice', { reduce: () => 0 });
});

test('a wrong function is made of numbers at one place', () => {
  const wrong = wrongFunction(
    'id',
    'title',
    'advice',
    everywhere((x) => x!),
  );
  expectTypeOf(wrong).toExtend<WrongFunction>();
  expectTypeOf(wrong.compute(arrayOf([1])).shape).toEqualTypeOf<readonly number[]>();
});
