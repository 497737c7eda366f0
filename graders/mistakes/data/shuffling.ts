/** Shuffling inputs and labels together, when the order is drawn from a source that the grader knows. */
import type { Vec } from '../../../reference/oracles/linear-algebra.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { Mistake, Program } from '../program.ts';

export interface ShuffleCase {
  /** One number a sample, all different. */
  inputs: Vec;
  labels: Vec;
  /** Position i of the result receives sample order[i]. */
  order: readonly number[];
}

export interface ShuffleRules {
  inputOrder(given: ShuffleCase): readonly number[];
  labelOrder(given: ShuffleCase): readonly number[];
}

/** The answer is `{ inputs, labels }` in the drawn order. */
export const shuffleProgram: Program<ShuffleCase, ShuffleRules> = {
  right: { inputOrder: ({ order }) => order, labelOrder: ({ order }) => order },
  run: (given, rules) => ({
    inputs: taken(given.inputs, rules.inputOrder(given)),
    labels: taken(given.labels, rules.labelOrder(given)),
  }),
};

const taken = (values: Vec, order: readonly number[]) =>
  makeArray(
    [order.length],
    order.map((i) => values[i]!),
  );

const inverse = (order: readonly number[]): number[] => order.map((_, i) => order.indexOf(i));
const kept = (order: readonly number[]): number[] => order.map((_, i) => i);
const twice = (order: readonly number[]): number[] => order.map((i) => order[i]!);

const both =
  (change: (order: readonly number[]) => number[]) =>
  (right: ShuffleRules): ShuffleRules => ({
    ...right,
    inputOrder: ({ order }) => change(order),
    labelOrder: ({ order }) => change(order),
  });

export const shuffleMistakes: readonly Mistake<ShuffleRules>[] = [
  {
    id: 'labels-left',
    title: 'labels not shuffled',
    advice: 'Shuffle the labels with the same permutation as the inputs: they stay where they were.',
    apply: (right) => ({ ...right, labelOrder: ({ order }) => kept(order) }),
  },
  {
    id: 'inputs-left',
    title: 'inputs not shuffled',
    advice: 'Shuffle the inputs with the same permutation as the labels: they stay where they were.',
    apply: (right) => ({ ...right, inputOrder: ({ order }) => kept(order) }),
  },
  {
    id: 'order-kept',
    title: 'nothing shuffled',
    advice: 'Use the permutation: inputs and labels come back in their old order.',
    apply: both(kept),
  },
  {
    id: 'labels-inverse',
    title: 'labels shuffled by the inverse permutation',
    advice:
      'Index the labels in the same way as the inputs: one side assigns to the permutation, the other reads from it.',
    apply: (right) => ({ ...right, labelOrder: ({ order }) => inverse(order) }),
  },
  {
    id: 'labels-twice',
    title: 'labels shuffled twice',
    advice: 'Apply the permutation to the labels once.',
    apply: (right) => ({ ...right, labelOrder: ({ order }) => twice(order) }),
  },
  {
    id: 'labels-reversed',
    title: 'labels in reverse order',
    advice: 'Keep inputs and labels together: the labels run the other way round.',
    apply: (right) => ({ ...right, labelOrder: ({ order }) => [...order].reverse() }),
  },
  {
    id: 'labels-shifted',
    title: 'labels shifted by one',
    advice: 'Keep inputs and labels together: the labels are one place off.',
    apply: (right) => ({ ...right, labelOrder: ({ order }) => order.map((_, i) => order[(i + 1) % order.length]!) }),
  },
];
