/** Follow-through: a later answer judged with the student's own earlier functions in place of ours. */
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { agree, leadsSomewhere } from '../follow-through.ts';
import type { Elements } from './elementwise-question.ts';
import { unlessStopped } from '../stopped.ts';

/** What the student's own function gives for these numbers; undefined when it gives none of that shape. */
export async function ownArray(
  context: CheckContext,
  problem: Problem<Elements>,
  args: readonly NdArray[],
): Promise<NdArray | undefined> {
  const reading = problem.read(await context.ask(problem, { args }), { args });
  return 'answer' in reading ? reading.answer['values'] : undefined;
}

/**
 * The judgement as it is, or full marks when it failed but every answer is what the student's own earlier functions lead
 * to. `own` gives the expected answer made with them; `says` names what was used. Where their own functions give no number,
 * nothing can be seen to follow from them; `elsewhere` is a probe like this one where they may.
 */
export async function followingOwn<Probe>(
  judgement: Judgement,
  context: CheckContext,
  problem: Problem<Probe>,
  tensor: string,
  own: (probe: Probe) => Promise<Answer | undefined>,
  says: string,
  elsewhere: (probe: Probe) => Probe = (probe) => probe,
): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const follows = await unlessStopped(async () => {
    let somewhere = false;
    for (const drawn of context.probes(problem)) {
      const there = (await own(drawn))?.[tensor];
      const probe = there === undefined || there.data.every(Number.isFinite) ? drawn : elsewhere(drawn);
      const expected = probe === drawn ? there : (await own(probe))?.[tensor];
      const reading = problem.read(await context.ask(problem, probe), probe);
      const yours = 'answer' in reading ? reading.answer : {};
      if (expected === undefined || !agree(yours[tensor], expected, problem.band)) return false;
      somewhere ||= leadsSomewhere(yours, { [tensor]: expected }, problem.band);
    }
    return somewhere;
  }, false);
  return follows ? pass({ followThrough: says }) : judgement;
}

/**
 * Whether all numbers are one, up to rounding: the slope of a straight line, which whoever returns a constant has as well.
 * Following from it shows nothing, unless the function or its derivative is right: then the other was a slip.
 */
export const isConstant = ({ data }: NdArray): boolean =>
  data.every((value) => Math.abs(value - data[0]!) <= 1e-6 * Math.max(1, Math.abs(data[0]!)));
