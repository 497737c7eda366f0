/**
 * A function that keeps the shape of its arguments: activations, their derivatives, the loss of every prediction.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { elementwiseQuestion } from 'gradmark/kinds/elementwise-question';
 *
 * const relu = elementwiseQuestion({ id: 'relu', title: 'ReLU', unit: 'q1', name: 'relu' });
 * const probe = { args: [arrayOf([-1, 2])] };
 * assert.ok('answer' in relu.read({ value: arrayOf([0, 2]) }, probe));
 * assert.ok('misread' in relu.read({ value: arrayOf([0, 2, 3]) }, probe));
 * ```
 */
import type { Arg, Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { shapeText } from '../numerics/arrays.ts';
import { readArray } from './named-arrays.ts';

/** The arguments, all of one shape. */
export interface Elements {
  args: readonly NdArray[];
}

export interface ElementwiseQuestion {
  id: string;
  title: string;
  unit: string;
  name: string;
}

/** A question to one function of the student's: the unit of the sheet that holds it, and its name there. */
export type OfFunction<Probe> = Question<Probe> & { target: { module: string; name: string } };

/** A function of single numbers, vectors and matrices alike. */
export const elementwiseQuestion = traced('kinds/elementwise-question#elementwiseQuestion')(
  ({ unit, name, ...question }: ElementwiseQuestion): OfFunction<Elements> => ({
    ...question,
    target: { module: unit, name },
    names: { values: `the result of ${name}` },
    precision: 'double',
    describe: ({ args }) => `${name} of ${inShape(args[0]!.shape)}`,
    ask: async (guest, { args }) => ({ value: (await guest.call({ module: unit, name }, args)).value }),
    read: ({ value }, { args }) => readElements(name, value, args[0]!.shape),
    write: (answer) => answer['values'],
  }),
);

/** A function of one matrix, which gives its derivative when `derivative` is set: `f(X, true)`. */
export const matrixQuestion = traced('kinds/elementwise-question#matrixQuestion')(
  ({ unit, name, ...question }: ElementwiseQuestion, derivative = false): OfFunction<Elements> => ({
    ...question,
    target: { module: unit, name },
    precision: 'double',
    describe: ({ args }) => `${name} of ${args[0]!.shape.join('×')} numbers${derivative ? ', deriv = true' : ''}`,
    ask: async (guest, { args }) => {
      const sent: Arg[] = derivative ? [...args, true] : [...args];
      return { value: (await guest.call({ module: unit, name }, sent)).value };
    },
    read: ({ value }, { args }) =>
      readArray('values', value, args[0]!.shape, {
        label: `the result of ${name}`,
        says: `${name} should return a matrix of the same shape.`,
      }),
    write: (answer) => answer['values'],
  }),
);

const inShape = (shape: readonly number[]) =>
  shape.length === 0
    ? 'one number'
    : shape.length === 1
      ? `a vector of ${shape[0]} numbers`
      : `a matrix of ${shapeText(shape)} numbers`;

/** Numbers (true and false count as 1 and 0) in the shape of the arguments. */
export const readElements = (name: string, value: Value, shape: readonly number[]): Reading =>
  readArray('values', typeof value === 'boolean' ? Number(value) : value, shape, {
    label: `The result of ${name}`,
    says: `${name} should return ${inShape(shape)}.`,
    hint: 'Apply the formula to every number and return the same shape; `each` of arrays.ts does that.',
  });
