import { expect, test } from 'vitest';
import { makeArray } from '../numerics/arrays.ts';
import type { Program } from './program.ts';
import { adapt, pairs, variantsOf } from './program.ts';

interface Rules {
  first(x: number): number;
  second(x: number): number;
}

const program: Program<number, Rules> = {
  right: { first: (x) => x + 1, second: (x) => x * 2 },
  run: (x, rules) => ({ y: makeArray([], [rules.second(rules.first(x))]) }),
};
const [plusTwo, timesThree, plusNine] = variantsOf(program, [
  {
    id: 'plus-two',
    title: 'adds two',
    advice: 'Add one.',
    apply: (right: Rules) => ({ ...right, first: (x) => x + 2 }),
  },
  { id: 'times-three', title: 'triples', advice: 'Double.', apply: (right) => ({ ...right, second: (x) => x * 3 }) },
  { id: 'plus-nine', title: 'adds nine', advice: 'Add one.', apply: (right) => ({ ...right, first: (x) => x + 9 }) },
]);
const mistakes = [plusTwo!, timesThree!, plusNine!];
test('a mistake replaces its own step and leaves the others', () => {
  expect(plusTwo!.compute(5)['y']!.data[0]).toBe(14);
  expect(timesThree!.compute(5)['y']!.data[0]).toBe(18);
});

test('two mistakes of different steps go together; two of the same step do not', () => {
  expect(pairs(mistakes).map(({ id }) => id)).toEqual(['plus-two+times-three', 'times-three+plus-nine']);
  expect(plusTwo!.together(timesThree!)!.compute(5)['y']!.data[0]).toBe(21);
  expect(plusTwo!.together(plusNine!)).toBeUndefined();
});

test('a mistake does not combine with one of another program', () => {
  const [other] = variantsOf({ ...program }, [
    { id: 'other', title: 'other', advice: 'Other.', apply: (right: Rules) => ({ ...right, second: (x) => x }) },
  ]);
  expect(plusTwo!.together(other!)).toBeUndefined();
});

test('adapt asks a program by other probes and answers under other names', () => {
  const other = adapt<number, Rules, { x: number }>(
    program,
    ({ x }) => x,
    ({ y }) => ({ total: y! }),
  );
  const [tripled] = variantsOf(other, [
    { id: 'times-three', title: 'triples', advice: 'Double.', apply: (right) => ({ ...right, second: (x) => x * 3 }) },
  ]);
  expect(other.run({ x: 5 }, other.right)['total']!.data[0]).toBe(12);
  expect(tripled!.compute({ x: 5 })['total']!.data[0]).toBe(18);
});
