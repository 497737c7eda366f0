/** Bars behind a plot: the probabilities of the classes for single images, `{ index, label, pred, probs }`. */
import { numbersFrom } from './hand-numbers-question.ts';
import { fieldsOf } from './side-car.ts';

/** What is wrong with a sample, in words that go on "Sample 2:"; undefined where nothing is. */
export function barsFault(sample: unknown, classes: string, count: number): string | undefined {
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
