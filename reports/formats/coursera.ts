/** Coursera's feedback.json: a share of the marks, and text. */
import { failed, worstFirst, type RunView } from './run-view.ts';

const MOST_FEEDBACK = 20_000;

/** The run as Coursera takes it. */
export function coursera(run: RunView): string {
  const fractionalScore = run.max > 0 ? Math.min(1, Math.max(0, run.score / run.max)) : 0;
  const wrong = worstFirst(run.tests.filter(failed)).map(({ body }) => body);
  const feedback = [`${run.score} of ${run.max} marks.`, ...run.notes, ...wrong].join('\n\n');
  return `${JSON.stringify({ fractionalScore, feedback: feedback.slice(0, MOST_FEEDBACK).toWellFormed() }, null, 2)}\n`;
}
