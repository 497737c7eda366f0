import { expect, test } from 'vitest';
import { contextInProcess } from '../check-context.testing.ts';
import { applied, everywhere, wrongFunction } from '../mistakes/wrong-function.ts';
import type { Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { ElementwiseProblem } from './elementwise.ts';
import { elementwiseKey, judgeElementwise } from './elementwise.ts';
import { elementwiseQuestion, matrixQuestion } from './elementwise-question.ts';

/** A task of a lecturer's own: the softplus of every number. */
const softplus = (x: number) => Math.log1p(Math.exp(x));
const problem: ElementwiseProblem = {
  ...elementwiseQuestion({ id: '7a', title: 'Softplus', unit: 'q7', name: 'softplus' }),
  ...elementwiseKey({
    draw: (random) => [random.uniform(-3, 3)],
    truth: softplus,
    mistakes: [
      wrongFunction(
        'relu',
        'the rectifier',
        'Softplus is smooth.',
        everywhere((x) => Math.max(0, x)),
      ),
    ],
  }),
};

/** What is judged where the student's function is this one. */
const judged = (f: (x: NdArray) => Value) =>
  judgeElementwise(contextInProcess(), { ...problem, ask: (_, { args }) => Promise.resolve({ value: f(args[0]!) }) });

test('a known mistake is named, and costs all', async () => {
  const judgement = await judged((x) => applied([x], (v) => Math.max(0, v)));
  expect(judgement).toMatchObject({ earned: 0, diagnosis: { mistakes: ['relu'] } });
});

test('who is right for vectors only earns half', async () => {
  const judgement = await judged((x) => (x.shape.length === 1 ? applied([x], softplus) : null));
  expect(judgement.earned).toBe(0.5);
  expect(judgement.finding?.says).toContain('softplus is right for a vector, but not for single numbers and matrices');
});

test('true and false count as numbers; another shape is explained', () => {
  const read = (value: Value, shape: number[]) => problem.read({ value }, { args: [{ ...arrayOf([1, 2]), shape }] });
  expect(read(true, [])).toMatchObject({ answer: { values: { data: Float64Array.of(1) } } });
  expect(read(arrayOf([1, 2, 3]), [2])).toHaveProperty('misread');
  expect(read('no', [2])).toMatchObject({ misread: { says: 'softplus should return a vector of 2 numbers.' } });
});

test('a function of matrices is asked for its derivative by a second argument', async () => {
  const asked: unknown[] = [];
  const guest = {
    call: (target: unknown, args: unknown[]) => (asked.push(target, args.slice(1)), Promise.resolve({ value: null })),
  };
  const plan = { id: '7b', title: 'Softplus', unit: 'q7', name: 'softplus' };
  for (const derivative of [false, true]) {
    await matrixQuestion(plan, derivative).ask(guest as never, { args: [arrayOf([[1]])] });
  }
  const target = { module: 'q7', name: 'softplus' };
  expect(asked).toEqual([target, [], target, [true]]);
});
