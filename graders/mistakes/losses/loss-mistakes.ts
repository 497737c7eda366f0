/** Losses got wrong in ways that all of them share, and the squared error; which ones apply to a loss. */
import { sum } from '../../../reference/oracles/linear-algebra.ts';
import { ofBinary, ofCategorical, ofCrossEntropies } from './cross-entropy-mistakes.ts';
import type { LossCase, LossKind, LossRules } from './loss.ts';
import { term } from './loss.ts';
import type { Mistake } from '../program.ts';

const everyLoss: readonly Mistake<LossRules>[] = [
  {
    id: 'sign',
    title: 'sign reversed',
    advice: 'Reverse the sign: a loss is small where the prediction is good, and never negative here.',
    family: 'scale',
    apply: (right) => ({ ...right, term: (p, y, kind) => -right.term(p, y, kind) }),
  },
  {
    id: 'factor-two',
    title: 'twice the loss',
    advice: 'Remove the factor 2: check whether you add the loss, or one of its terms, twice.',
    family: 'scale',
    apply: (right) => ({ ...right, term: (p, y, kind) => 2 * right.term(p, y, kind) }),
  },
  {
    id: 'factor-half',
    title: 'half of the loss',
    advice: 'Remove the factor ½: this task defines the loss without it.',
    family: 'scale',
    apply: (right) => ({ ...right, term: (p, y, kind) => right.term(p, y, kind) / 2 }),
  },
  {
    id: 'absolute-error',
    title: 'absolute error',
    advice: 'Use the loss that the task asks for: yours is the absolute difference of prediction and target.',
    apply: term((p, y) => Math.abs(p - y)),
  },
  {
    id: 'plain-difference',
    title: 'plain difference',
    advice: 'Use the loss that the task asks for: plain differences of different signs cancel each other.',
    apply: term((p, y) => p - y),
  },
  {
    id: 'targets-of-next-sample',
    title: 'targets of the next sample',
    advice: 'Compare every prediction with its own target: yours are shifted by one sample.',
    apply: (right) => ({
      ...right,
      samples: (given) => {
        const rows = right.samples(given);
        return rows.map(({ p }, i) => ({ p, y: rows[(i + 1) % rows.length]!.y }));
      },
    }),
  },
];

/** Only where the loss of the batch is one number. */
const ofTheBatch: readonly Mistake<LossRules>[] = [
  {
    id: 'sum-for-mean',
    title: 'sum and mean over the samples exchanged',
    advice:
      'Check how the task combines the losses of the samples: you take the sum for the mean, or the mean for the sum.',
    family: 'scale',
    apply: (right) => ({
      ...right,
      ofBatch: (losses, reduction) => right.ofBatch(losses, reduction === 'mean' ? 'sum' : 'mean'),
    }),
  },
  {
    id: 'n-minus-one',
    title: 'divided by N − 1',
    advice: 'Divide by the number of samples N, not by N − 1.',
    family: 'scale',
    apply: (right) => ({
      ...right,
      ofBatch: (losses, reduction) =>
        right.ofBatch(losses, reduction).map((v) => (v * losses.length) / (losses.length - 1)),
    }),
  },
  {
    id: 'divided-twice',
    title: 'divided by the number of samples once more',
    advice: 'Divide by the number of samples once at most.',
    family: 'scale',
    apply: (right) => ({
      ...right,
      ofBatch: (losses, reduction) => right.ofBatch(losses, reduction).map((v) => v / losses.length),
    }),
  },
  {
    id: 'last-sample-only',
    title: 'only the last sample',
    advice: 'Add up the losses of all samples: each one overwrites the one before.',
    apply: (right) => ({ ...right, ofBatch: (losses) => losses.slice(-1) }),
  },
  {
    id: 'first-sample-only',
    title: 'only the first sample',
    advice: 'Add up the losses of all samples: a return inside the loop ends it after the first.',
    apply: (right) => ({ ...right, ofBatch: (losses) => losses.slice(0, 1) }),
  },
  {
    id: 'largest-sample',
    title: 'largest loss of a sample',
    advice: 'Combine the losses of all samples instead of taking the largest.',
    apply: (right) => ({ ...right, ofBatch: (losses) => [Math.max(...losses)] }),
  },
];

const ofSquares: readonly Mistake<LossRules>[] = [
  {
    id: 'sum-over-outputs',
    title: 'sum over the outputs',
    advice: 'Average the squares over the outputs too.',
    family: 'scale',
    apply: (right) => ({ ...right, ofSample: sum }),
  },
  {
    id: 'root',
    title: 'root of the mean square',
    advice: 'Leave the square root out: the task asks for the mean of the squares.',
    apply: (right) => ({ ...right, ofBatch: (losses, reduction) => right.ofBatch(losses, reduction).map(Math.sqrt) }),
  },
  {
    id: 'difference-of-squares',
    title: 'difference of squares',
    advice: 'Subtract first and square afterwards.',
    apply: term((p, y) => p * p - y * y),
  },
  {
    id: 'broadcast',
    title: 'every prediction compared with every target',
    advice: 'Give predictions and targets the same shape: (N, 1) minus (N) pairs every prediction with every target.',
    apply: (right) => ({
      ...right,
      samples: (given) =>
        given.predictions.map((p) => ({
          p: given.targets.flatMap(() => p),
          y: given.targets.flat(),
        })),
    }),
  },
];

/** The mistakes that can be made in this loss. */
export function lossMistakes(kind: LossKind, reduction: LossCase['reduction']): Mistake<LossRules>[] {
  const own = { bce: ofBinary, cce: ofCategorical, mse: ofSquares }[kind];
  return [
    ...everyLoss,
    ...(reduction === 'none' ? [] : ofTheBatch),
    ...(kind === 'mse' ? [] : ofCrossEntropies),
    ...own,
  ];
}
