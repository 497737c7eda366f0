/** Bars behind a plot: the probabilities of the classes for single images, `{ index, label, pred, probs }`. */
import type { Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { numbersFrom } from './hand-numbers-question.ts';
import { fieldsOf } from './side-car.ts';

/** Three different samples, each with all its bars. */
export function judgeBars(plot: unknown, classes: string, count: number): Judgement {
  const { samples } = fieldsOf(plot);
  const all: unknown[] = Array.isArray(samples) ? samples : [];
  if (all.length < 3) return fail({ says: 'The plot needs three samples.', yours: `${all.length} samples` });
  for (const [i, sample] of all.entries()) {
    const says = barsFault(sample, classes, count);
    if (says !== undefined)
      return fail({ says: `Sample ${i + 1}: ${says}`, yours: JSON.stringify(sample).slice(0, 200) });
  }
  const indices = all.map((sample) => fieldsOf(sample)['index']);
  if (new Set(indices).size < indices.length)
    return fail({ says: 'The samples should be different images.', yours: indices.join(', ') });
  return pass();
}

/** What is wrong with a sample, in words that go on "Sample 2:"; undefined where nothing is. */
function barsFault(sample: unknown, classes: string, count: number): string | undefined {
  const { index, label, pred, probs } = fieldsOf(sample);
  const bars = Array.isArray(probs) ? (numbersFrom(probs) ?? []) : [];
  if (bars.length !== count) return `there should be ${classes} bars, one for each class; there are ${bars.length}.`;
  const sum = bars.reduce((a, b) => a + b, 0);
  // Rounded to two or three digits, ten probabilities still sum to 1 within 0.05.
  if (bars.some((v) => v < 0 || v > 1) || Math.abs(sum - 1) > 0.05)
    return `probabilities sum to 1, these to ${Number(sum.toPrecision(4))}.`;
  if (![index, label, pred].every((v) => Number.isInteger(v) && (v as number) >= 0))
    return 'it needs index, label and pred.';
  return bars[pred as number] === Math.max(...bars) ? undefined : `pred is ${String(pred)}, but another bar is higher.`;
}
