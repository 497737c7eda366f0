/** Whether an answer is work of the student's own, for marks that go to any attempt. */
import type { Check, CheckContext } from '../check.ts';
import { fail } from '../check.ts';
import { evaluate, isAttempt } from '../evaluate.ts';
import type { Problem } from '../problem.ts';

/**
 * Whether the program attempts the problem and does more than to hand back one of these arguments or one and the same number:
 * an argument resembles its own sigmoid, and a constant resembles any probabilities.
 */
export async function isOwnWork<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  argumentsOf: (probe: Probe) => readonly (readonly (readonly number[])[])[],
): Promise<boolean> {
  if (!(await isAttempt(() => evaluate(context, problem)))) return false;
  for (const probe of context.probes(problem)) {
    const reading = problem.read(await context.ask(problem, probe), probe);
    const [result] = 'answer' in reading ? Object.values(reading.answer) : [];
    if (result === undefined) continue;
    const isEqualTo = (numbers: readonly number[]) => numbers.every((v, i) => Math.abs(v - result.data[i]!) < 1e-6);
    const echoes = argumentsOf(probe).some((rows) => isEqualTo(rows.flat()));
    if (!echoes && new Set(result.data).size > 1) return true;
  }
  return false;
}

/** A check that counts once something holds, e.g. 'relu resembles its function'; until then it fails and says so. */
export const countsOnce =
  (holds: (context: CheckContext) => Promise<boolean>, what: string, run: Check['run']): Check['run'] =>
  async (context) =>
    (await holds(context)) ? run(context) : fail({ says: `Counts once ${what}.` });
