/** The rule of a task that asks for a derivation: the library's tensor operations, but none of its automatic differentiation. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { evaluate } from '../evaluate.ts';
import type { GradientsProblem } from './model-gradients.ts';

const hint = 'Write the gradient with tensor operations such as matMul, sub, mul, sum and softmax.';

/** What the source holds, and what the calls that were judged used of the library. */
export async function judgeWithoutAutodiff(context: CheckContext, problem: GradientsProblem): Promise<Judgement> {
  const breaches = await context.breaches(problem.target.module, 'no-autodiff');
  if (breaches.length > 0) {
    return fail({
      says: breaches[0]!.message,
      yours: breaches.map((breach) => breach.excerpt).join('\n'),
      places: breaches.map((breach) => breach.place),
      hint,
    });
  }
  // The very calls that were judged were watched: there is no other one on which to behave.
  const { differentiated } = await evaluate(context, problem);
  if (differentiated === undefined) return pass();
  return fail({ says: `${problem.target.name} calls ${differentiated}, which this task forbids.`, hint });
}
