/** The losses of a training, epoch by epoch, behind a plot: one curve for training and one for testing. */
import type { Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Curve } from './curves-plot.ts';
import { copyOf, missingLabels, named } from './curves-plot.ts';

/** Whether there is one number for every epoch on both sets, and the test curve is one of its own. */
export function judgeSeries(curves: readonly Curve[]): Judgement {
  const [train, test] = [named(curves, /train/), named(curves, /test|val/)];
  const yours = curves.map(({ name, values }) => `${name}: ${values.length} numbers`).join(', ') || 'no series';
  if (train === undefined || test === undefined) {
    return fail({ says: 'The plot needs two series, one called train and one called test.', yours });
  }
  if (train.values.length < 2 || train.values.length !== test.values.length) {
    return fail({ says: 'Both curves need one number for every epoch, two epochs or more.', yours });
  }
  const copied = copyOf(train.values, test.values);
  if (copied !== undefined) {
    return fail({
      says: `The test curve is a copy of the training curve: ${copied}`,
      yours: train.values.join(', '),
      hint: 'Plot the loss on the test batches as the second curve.',
    });
  }
  return pass();
}

/** Whether these can be mean losses of a classifier that learns: sums over hundreds of batches are far above its first one. */
export function judgeMeans(
  curves: readonly Curve[],
  { classes, largest }: { classes: number; largest: number },
): Judgement {
  const values = curves.flatMap((curve) => curve.values);
  if (values.length === 0) return fail({ says: 'The plot has no numbers.' });
  const [train] = [named(curves, /train/)];
  if (values.some((v) => v < 0 || v > largest)) {
    return fail({
      says: `These are no mean losses per image: such a loss starts near ln ${classes} = ${Math.log(classes).toFixed(1)}.`,
      yours: `from ${Math.min(...values)} to ${Math.max(...values)}`,
      hint: 'Divide the sum over an epoch by the number of its batches, so that train and test can be compared.',
    });
  }
  if (train !== undefined && !(train.values.at(-1)! < train.values[0]!)) {
    return fail({ says: 'The training loss does not fall.', yours: train.values.join(', ') });
  }
  return pass();
}

/** Whether both axes and every curve are named. */
export function judgeLabels(curves: readonly Curve[], plot: unknown): Judgement {
  const missing = missingLabels(plot, curves);
  if (missing !== undefined) {
    return fail({ says: `A plot needs labels at both axes and a name for every curve: ${missing} is missing.` });
  }
  return curves.length === 0 ? fail({ says: 'The plot has no series.' }) : pass();
}
