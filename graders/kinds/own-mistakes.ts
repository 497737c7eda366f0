/** What the student's own earlier functions do wrong, as far as known mistakes tell: what is made with them follows. */
import type { CheckContext } from '../check.ts';
import { evaluate } from '../evaluate.ts';
import type { Variant } from '../key.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';

/** The known mistakes that were recognised in the student's answers to a problem; none where there are no answers. */
export const ownMistakes = <Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
): Promise<readonly Variant<Probe>[]> =>
  unlessStopped(async () => {
    const { diagnosis } = await evaluate(context, problem);
    return problem.mistakes.filter(({ id }) => diagnosis?.mistakes.includes(id));
  }, []);
