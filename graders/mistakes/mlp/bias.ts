/** The gradient of the biases: the sum of the error over the samples, and what is returned in its place. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { columnSums, mapMat } from '../../../reference/oracles/linear-algebra.ts';
import type { MlpKind, MlpMistake } from './kind.ts';
import { scaleVec, total } from './matrix.ts';
import type { MlpRules } from './backprop.ts';

const biasFrom =
  (biasGradient: (delta: Mat, input: Mat) => Vec) =>
  (right: MlpRules): MlpRules => ({ ...right, biasGradient });

/** The same where the mean is asked for, and what takes the place of the sum is not divided by the number of samples. */
const undividedBiasFrom =
  (biasGradient: (delta: Mat) => Vec) =>
  (right: MlpRules): MlpRules => ({ ...right, biasGradient, biasDivisor: () => 1 });

const isMean = (kind: MlpKind): boolean => kind.reduction !== 'sum';

const extreme = (pick: (...values: number[]) => number) => (delta: Mat) =>
  delta[0]!.map((_, j) => pick(...delta.map((row) => row[j]!)));

export const biasMistakes: readonly MlpMistake[] = [
  {
    id: 'bias-zero',
    title: 'bias gradient zero',
    advice: 'Compute the gradient of the biases: it is the error summed over the samples, not zero.',
    apply: biasFrom((delta) => delta[0]!.map(() => 0)),
  },
  {
    id: 'bias-first-sample',
    title: 'bias gradient from the first sample',
    advice: 'Sum the error over all samples for the biases: only the first one is used.',
    apply: biasFrom((delta) => delta[0]!),
  },
  {
    id: 'bias-last-sample',
    title: 'bias gradient from the last sample',
    advice: 'Add up the error of all samples for the biases: each one overwrites the one before.',
    apply: biasFrom((delta) => delta.at(-1)!),
  },
  {
    id: 'bias-first-sample-undivided',
    title: 'error of the first sample as bias gradient',
    advice: 'Average the error over all samples for the biases: only the error of the first one is returned.',
    where: isMean,
    apply: undividedBiasFrom((delta) => delta[0]!),
  },
  {
    id: 'bias-last-sample-undivided',
    title: 'error of the last sample as bias gradient',
    advice: 'Average the error over all samples for the biases: only the error of the last one is returned.',
    where: isMean,
    apply: undividedBiasFrom((delta) => delta.at(-1)!),
  },
  {
    id: 'bias-total',
    title: 'bias gradient summed over samples and units',
    advice: 'Sum the error over the samples only (axis 0), so that every unit keeps a bias gradient of its own.',
    apply: biasFrom((delta) => delta[0]!.map(() => total(delta))),
  },
  {
    id: 'bias-mean-of-units',
    title: 'bias gradient averaged over the units',
    advice: 'Sum the error over the samples only: every unit keeps a bias gradient of its own, instead of their mean.',
    apply: biasFrom((delta) => delta[0]!.map((_, __, units) => total(delta) / units.length)),
  },
  {
    id: 'bias-max',
    title: 'largest error as bias gradient',
    advice: 'Sum the error over the samples for the biases instead of taking its largest value.',
    apply: biasFrom(extreme(Math.max)),
  },
  {
    id: 'bias-absolute',
    title: 'bias gradient from absolute errors',
    advice: 'Sum the errors with their signs for the biases: positive and negative errors cancel.',
    apply: biasFrom((delta) => columnSums(mapMat(delta, Math.abs))),
  },
  {
    id: 'bias-absolute-mean',
    title: 'absolute errors averaged over samples and units as bias gradient',
    advice:
      'Keep the signs of the errors and one bias gradient per unit: you average absolute errors over samples and units alike.',
    apply: biasFrom((delta) => delta[0]!.map((_, __, units) => total(mapMat(delta, Math.abs)) / units.length)),
  },
  {
    id: 'bias-from-weights',
    title: 'bias gradient as column sums of the weight gradient',
    advice: 'Sum the error itself for the biases: their input is 1, so no layer input multiplies it.',
    apply: biasFrom((delta, input) =>
      columnSums(
        delta.map((row, i) =>
          scaleVec(
            row,
            input[i]!.reduce((sum, v) => sum + v, 0),
          ),
        ),
      ),
    ),
  },
  {
    id: 'bias-reversed',
    title: 'bias gradient in reverse order',
    advice: 'Keep the units of the bias gradient in their order.',
    family: 'permutation',
    apply: biasFrom((delta) => columnSums(delta).reverse()),
  },
  {
    id: 'bias-sign',
    title: 'bias gradient with the opposite sign',
    advice: 'Give the bias gradient the same sign as the weight gradient: both come from prediction minus target.',
    apply: biasFrom((delta) => scaleVec(columnSums(delta), -1)),
  },
];
