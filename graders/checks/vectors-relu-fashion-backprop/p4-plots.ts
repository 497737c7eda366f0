/** Problem 4 (d) and (f): what stands behind the plots. 2 + 1 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { numbersFrom } from '../../kinds/hand-numbers-question.ts';

const lossFile = 'plots/p4d.json';
const sampleFile = 'plots/p4f.json';
/** Means start near ln 10 = 2.3; sums over hundreds of batches are far above this. */
const largestMean = 20;

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

interface Curve {
  name: string;
  values: number[];
}

/** `series: { train: […], test: […] }`, or a list of `{ name, values }`. */
function curvesIn(plot: unknown): Curve[] {
  const { series } = fields(plot);
  const entries = Array.isArray(series)
    ? series.map(
        (one: unknown) => [String(fields(one)['name'] ?? ''), fields(one)['values'] ?? fields(one)['y']] as const,
      )
    : Object.entries(fields(series));
  return entries.map(([name, values]) => ({ name, values: Array.isArray(values) ? (numbersFrom(values) ?? []) : [] }));
}

const named = (curves: readonly Curve[], word: RegExp) => curves.find(({ name }) => word.test(name.toLowerCase()));

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
  run: async (desk) => {
    const plot = desk.sidecar(lossFile);
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

/** How one curve was made of the other, if it was. Rounded to two digits, two epochs may well be equal; more of them are a copy. */
function copyOf(train: readonly number[], test: readonly number[]): string | undefined {
  const same = (values: readonly number[]) => values.every((v) => Math.abs(v - values[0]!) < 1e-9);
  if (train.length > 2 && train.every((v, i) => v === test[i])) return 'all their numbers are equal.';
  // Losses in thousandths fall by other amounts on other images; three times by the same one does happen with two digits.
  const gaps = test.map((v, i) => v - train[i]!);
  return train.length > 4 && same(gaps) && !same(train) ? `all its numbers are ${short(gaps[0]!)} away.` : undefined;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

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
  const missing = ['xLabel', 'yLabel'].filter((name) => !isText(fields(plot)[name]));
  if (missing.length > 0 || curves.some(({ name }) => !isText(name))) {
    return fail({
      says: `A plot needs labels at both axes and a name for every curve: ${missing.join(' and ') || 'a name'} is missing.`,
    });
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
    run: async (desk) => judgeBars(desk),
  },
];

function judgeBars(desk: Desk): Judgement {
  const { samples } = fields(desk.sidecar(sampleFile));
  const all: unknown[] = Array.isArray(samples) ? samples : [];
  if (all.length < 3) return fail({ says: 'The plot needs three samples.', yours: `${all.length} samples` });
  for (const [i, sample] of all.entries()) {
    const { index, label, pred, probs } = fields(sample);
    const bars = Array.isArray(probs) ? (numbersFrom(probs) ?? []) : [];
    const says = mistakeIn(bars, [index, label, pred]);
    if (says !== undefined)
      return fail({ says: `Sample ${i + 1}: ${says}`, yours: JSON.stringify(sample).slice(0, 200) });
  }
  const indices = all.map((sample) => fields(sample)['index']);
  if (new Set(indices).size < indices.length)
    return fail({ says: 'The samples should be different images.', yours: indices.join(', ') });
  return pass();
}

function mistakeIn(bars: readonly number[], [index, label, pred]: readonly unknown[]): string | undefined {
  if (bars.length !== 10) return `there should be ten bars, one for each class; there are ${bars.length}.`;
  const sum = bars.reduce((a, b) => a + b, 0);
  // Rounded to two or three digits, ten probabilities still sum to 1 within 0.05.
  if (bars.some((v) => v < 0 || v > 1) || Math.abs(sum - 1) > 0.05)
    return `probabilities sum to 1, these to ${Number(sum.toPrecision(4))}.`;
  if (![index, label, pred].every((v) => Number.isInteger(v) && (v as number) >= 0))
    return 'it needs index, label and pred.';
  return bars[pred as number] === Math.max(...bars) ? undefined : `pred is ${String(pred)}, but another bar is higher.`;
}
