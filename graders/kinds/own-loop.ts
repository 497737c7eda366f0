/** Follow-through of loops: right is also what a loop of the grader's around the student's own, wrong steps leads to. */
import type { CheckContext } from '../check.ts';
import { agree, leadsSomewhere } from '../follow-through.ts';
import type { Guest } from '../model/guest.ts';
import type { Band } from '../numerics/tolerance.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { unlessStopped } from '../stopped.ts';

/** What the student's loop and the grader's lead to at one probe; undefined where one of them gives no answer. */
type Both = readonly [theirs: Answer | undefined, ours: Answer | undefined];

/** Whether both loops agree at every probe of the problem, and something moves; false where the program stops. */
export const loopsAgree = <Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  band: Band,
  both: (probe: Probe) => Promise<Both>,
): Promise<boolean> =>
  unlessStopped(async () => {
    let somewhere = false;
    for (const probe of new Set(context.probes(problem))) {
      const [theirs, ours] = await both(probe);
      if (theirs === undefined || ours === undefined) return false;
      const names = Object.keys(ours);
      if (names.length === 0 || !names.every((name) => agree(theirs[name], ours[name], band))) return false;
      somewhere ||= leadsSomewhere(theirs, ours, band);
    }
    return somewhere;
  }, false);

/** A process that has done nothing else, with its random numbers from the start: what a program keeps is then the same twice. */
export async function anew(context: CheckContext): Promise<Guest> {
  const guest = await context.guest({ fresh: true });
  await guest.seed(1);
  return guest;
}
