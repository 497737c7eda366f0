/** Targets that do not belong to the samples, or are not what the task says. */
import type { Mat } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpRules } from './backprop.ts';
import type { MlpMistake } from './kind.ts';
import { argmax, oneHot } from './matrix.ts';

const labelsBy =
  (change: (Y: Mat) => Mat) =>
  (right: MlpRules): MlpRules => ({ ...right, batch: ({ X, Y }) => ({ X, Y: change(Y) }) });

const rotated = <T>(list: readonly T[], by: number): T[] => list.map((_, i) => list.at((i + by) % list.length)!);

const manyClasses: MlpMistake['where'] = (kind) => kind.outputs === 'many' && kind.output !== 'linear-mse';

export const labelMistakes: readonly MlpMistake[] = [
  {
    id: 'labels-plus-one',
    title: 'labels shifted up by one class',
    advice: 'Check the one-hot labels: every one of them is one class too high.',
    where: manyClasses,
    apply: labelsBy((Y) => Y.map((row) => rotated(row, -1))),
  },
  {
    id: 'labels-minus-one',
    title: 'labels shifted down by one class',
    advice: 'Check the one-hot labels: every one of them is one class too low.',
    where: manyClasses,
    apply: labelsBy((Y) => Y.map((row) => rotated(row, 1))),
  },
  {
    id: 'labels-reversed',
    title: 'classes in reverse order',
    advice: 'Check the one-hot labels: the classes run in reverse order.',
    where: manyClasses,
    apply: labelsBy((Y) => Y.map((row) => [...row].reverse())),
  },
  {
    id: 'labels-inverted',
    title: 'zeros and ones of the labels exchanged',
    advice: 'Exchange zeros and ones of the labels: the true class is 1, all others are 0.',
    where: (kind) => kind.output !== 'linear-mse',
    apply: labelsBy((Y) => Y.map((row) => row.map((y) => 1 - y))),
  },
  {
    id: 'labels-next-sample',
    title: 'labels of the next sample',
    advice: 'Keep samples and labels together: every sample is compared with the label of the next one.',
    apply: labelsBy((Y) => rotated(Y, 1)),
  },
  {
    id: 'labels-previous-sample',
    title: 'labels of the previous sample',
    advice: 'Keep samples and labels together: every sample is compared with the label of the one before.',
    apply: labelsBy((Y) => rotated(Y, -1)),
  },
  {
    id: 'labels-reverse-order',
    title: 'labels in reverse sample order',
    advice: 'Keep samples and labels together: the labels run through the batch in reverse.',
    apply: labelsBy((Y) => [...Y].reverse()),
  },
  {
    id: 'labels-hardened',
    title: 'soft labels replaced by the largest class',
    advice: 'Use the labels as they are: they may be distributions, not only one-hot rows.',
    where: (kind) => kind.softLabels === true,
    apply: labelsBy((Y) => Y.map((row) => oneHot(argmax(row), row.length))),
  },
  {
    id: 'labels-first-sample',
    title: 'label of the first sample used for all',
    advice: 'Compare every sample with its own label: the label of the first one is used for all.',
    where: (kind) => kind.output !== 'sigmoid-bce',
    apply: labelsBy((Y) => Y.map(() => Y[0]!)),
  },
  {
    id: 'labels-signed',
    title: 'labels −1 and 1 instead of 0 and 1',
    advice: 'Use labels 0 and 1: labels −1 and 1 belong to another loss.',
    where: (kind) => kind.output === 'sigmoid-bce',
    apply: labelsBy((Y) => Y.map((row) => row.map((y) => 2 * y - 1))),
  },
];
