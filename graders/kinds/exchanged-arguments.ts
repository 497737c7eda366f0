/** Whether a wrong binary cross-entropy, or its derivative, takes its two arguments in the other order. */
import type { CheckContext, Judgement } from '../check.ts';
import { applied } from '../mistakes/wrong-function.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';
import { agree } from '../follow-through.ts';
import type { Elements } from './elementwise-question.ts';
import { ownArray } from './own-functions.ts';
import { plainNumbers } from '../numerics/tolerance.ts';

/** Both arguments strictly between 0 and 1, where exchanged ones give numbers. */
const between = [arrayOf([0.2, 0.7, 0.35, 0.9]), arrayOf([0.6, 0.15, 0.8, 0.3])] as const;

/**
 * A wrong answer's diagnosis, where y and ŷ are exchanged. With targets of 0 and 1 that is infinite at every place, and looks
 * like any other logarithm of 0; targets between them, which no mark depends on, tell.
 */
export async function unlessExchanged(
  context: CheckContext,
  judgement: Judgement,
  problem: Problem<Elements>,
  f: (y: number, p: number) => number,
): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const yours = await unlessStopped(() => ownArray(context, problem, between), undefined);
  const exchanged = applied(between, (y, p) => f(p, y));
  if (yours === undefined || !agree(yours, exchanged, plainNumbers)) return judgement;
  return {
    ...judgement,
    diagnosis: {
      mistakes: ['arguments-exchanged'],
      certainty: 'consistent',
      says: 'y and ŷ are exchanged: the first argument is the target y, the second the prediction ŷ.',
      evidence: ['With targets between 0 and 1 the numbers are those of exchanged arguments.'],
    },
  };
}
