/** Whether loss and softmax agree about who applies the derivative of the softmax. */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import type { Judgement } from '../check.ts';
import type { Evaluation } from '../evaluate.ts';
import { firstWrong } from '../evaluate.ts';
import type { Answer } from '../question.ts';
import { flag } from './combined-loss-question.ts';
import { matAnswer } from './named-arrays.ts';

/** A gradient of this name, of a program whose loss is combined with the softmax or, as is usual, not. */
export const gradientBeside = (name: string, rows: Mat, combined = false): Answer => ({
  ...matAnswer(name, rows),
  combined: flag(combined),
});

const saysCombined =
  'CCE says `combined = true`, but the error signal does not pass the softmax as it is: its derivative is applied twice.';
const saysNothing =
  'The error signal passes the softmax as it is, but CCE does not say `combined = true`: its derivative is applied nowhere.';

/** The first wrong tensor, `combined` among them: that is said in a sentence of its own. */
export function judgeCombined(evaluation: Evaluation, what: Readonly<Record<string, string>>): Judgement {
  const judgement = firstWrong(evaluation, { ...what, combined: '`combined`' });
  const [gap] = judgement.finding?.gaps ?? [];
  if (gap?.name !== 'combined') return judgement;
  const { gaps: _, yours: __, expected: ___, ...finding } = judgement.finding!;
  return { ...judgement, finding: { ...finding, says: gap.worst.yours === 2 ? saysCombined : saysNothing } };
}
