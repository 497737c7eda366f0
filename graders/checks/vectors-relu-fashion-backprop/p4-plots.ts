/** Problem 4 (d) and (f): what stands behind the plots. 2 + 1 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { barsFault } from '../../kinds/bars-plot.ts';
import type { Curve } from '../../kinds/curves-plot.ts';
import { copyOf, curvesIn, missingLabels, named } from '../../kinds/curves-plot.ts';
import { fieldsOf } from '../../kinds/side-car.ts';

const lossFile = 'plots/p4d.json';
const sampleFile = 'plots/p4f.json';
/** Means start near ln 10 = 2.3; sums over hundreds of batches are far above this. */
const largestMean = 20;

const lossCheck = (
  id: string,
  points: number,
  title: string,
  judge: (curves: Curve[], plot: unknown) => Judgement,
): Check => ({
  id: `p4d.${id}`,
  task: 'P4d',
  title,
  asks: lossFile,
  points,
  run: async (context) => {
    const plot = context.sidecar(lossFile);
    return judge(curvesIn(plot), plot);
  },
});

function judgeSeries(curves: readonly Curve[]): Judgement {
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

function judgeMeans(curves: readonly Curve[]): Judgement {
  const values = curves.flatMap((curve) => curve.values);
  if (values.length === 0) return fail({ says: 'The plot has no numbers.' });
  const [train] = [named(curves, /train/)];
  if (values.some((v) => v < 0 || v > largestMean)) {
    return fail({
      says: 'These are no mean losses per image: such a loss starts near ln 10 = 2.3.',
      yours: `from ${Math.min(...values)} to ${Math.max(...values)}`,
      hint: 'Divide the sum over an epoch by the number of its batches, so that train and test can be compared.',
    });
  }
  if (train !== undefined && !(train.values.at(-1)! < train.values[0]!)) {
    return fail({ says: 'The training loss does not fall.', yours: train.values.join(', ') });
  }
  return pass();
}

function judgeLabels(curves: readonly Curve[], plot: unknown): Judgement {
  const missing = missingLabels(plot, curves);
  if (missing !== undefined) {
    return fail({ says: `A plot needs labels at both axes and a name for every curve: ${missing} is missing.` });
  }
  return curves.length === 0 ? fail({ says: 'The plot has no series.' }) : pass();
}

export const checks: Check[] = [
  lossCheck('series', 1, 'The plot shows the losses of training and test, epoch by epoch', judgeSeries),
  lossCheck('means', 0.5, 'The losses are means, not sums, and the training loss falls', judgeMeans),
  lossCheck('labels', 0.5, 'Both axes and both curves are named', judgeLabels),
  {
    id: 'p4f.bars',
    task: 'P4f',
    title: 'The plot shows ten probabilities for each of three samples, with label and prediction',
    asks: sampleFile,
    points: 1,
    run: async (context) => judgeBars(context),
  },
];

function judgeBars(context: CheckContext): Judgement {
  const { samples } = fieldsOf(context.sidecar(sampleFile));
  const all: unknown[] = Array.isArray(samples) ? samples : [];
  if (all.length < 3) return fail({ says: 'The plot needs three samples.', yours: `${all.length} samples` });
  for (const [i, sample] of all.entries()) {
    const says = barsFault(sample, 'ten', 10);
    if (says !== undefined)
      return fail({ says: `Sample ${i + 1}: ${says}`, yours: JSON.stringify(sample).slice(0, 200) });
  }
  const indices = all.map((sample) => fieldsOf(sample)['index']);
  if (new Set(indices).size < indices.length)
    return fail({ says: 'The samples should be different images.', yours: indices.join(', ') });
  return pass();
}
