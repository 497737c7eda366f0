/** What the student's own earlier functions do wrong, as far as known mistakes tell: what is made with them follows. */
import type { Desk } from '../check.ts';
import { evaluate } from '../evaluate.ts';
import type { Variant } from '../key.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';

/** The known mistakes that were recognised in the student's answers to a problem; none where there are no answers. */
export const ownMistakes = <Probe>(desk: Desk, problem: Problem<Probe>): Promise<readonly Variant<Probe>[]> =>
  unlessStopped(async () => {
    const { diagnosis } = await evaluate(desk, problem);
    return problem.mistakes.filter(({ id }) => diagnosis?.mistakes.includes(id));
  }, []);
