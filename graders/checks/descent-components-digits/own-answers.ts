/** Follow-through: a later answer judged with the student's own earlier functions in place of ours. */
import type { Desk, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { Arg, Guest, NdArray } from '../../model.ts';
import { ProgramStopped } from '../../model.ts';
import type { Answer, Problem } from '../../problem.ts';
import type { Evaluation } from '../../evaluate.ts';
import { compareTensor, judge } from '../../numerics/compare.ts';
import { float64 } from '../../numerics/tolerance.ts';
import { arrayFrom } from '../../values.ts';

/** What the student's own function gives for these numbers; undefined when it gives no finite numbers of that size. */
export async function ownArray(
  guest: Guest,
  target: { module: string; name: string },
  args: readonly Arg[],
  shape: readonly number[],
): Promise<NdArray | undefined> {
  const array = arrayFrom((await guest.call(target, args)).value);
  const size = shape.reduce((product, n) => product * n, 1);
  if (array?.data.length !== size || !array.data.every(Number.isFinite)) return undefined;
  return { ...array, shape: [...shape] };
}

/**
 * The judgement as it is, or full marks when it failed but every answer is what the student's own earlier functions lead
 * to. `own` gives the expected answer made with them; `says` names what was used.
 */
export async function followingOwn<Probe>(
  judgement: Judgement,
  desk: Desk,
  problem: Problem<Probe>,
  tensor: string,
  own: (guest: Guest, probe: Probe) => Promise<Answer | undefined>,
  says: string,
): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const follows = await unlessStopped(async () => {
    for (const probe of desk.probes(problem)) {
      const reading = problem.read(await desk.ask(problem, probe), probe);
      const yours = 'answer' in reading ? reading.answer[tensor] : undefined;
      const expected = (await own(await desk.guest(), probe))?.[tensor];
      if (yours === undefined || expected === undefined || !agree(yours, expected)) return false;
    }
    return true;
  });
  return follows ? pass({ followThrough: says }) : judgement;
}

/** Equal up to the rounding of double precision. */
export const agree = (yours: NdArray, expected: NdArray): boolean =>
  expected.data.every(Number.isFinite) && judge(compareTensor('', yours, expected, float64), float64) === 'accept';

/** Whether every tensor is right; a program that stops is not. */
export const isRight = (evaluation: () => Promise<Evaluation>): Promise<boolean> =>
  unlessStopped(async () => Object.values((await evaluation()).tensors).every((tensor) => tensor.accepted));

/** False when the student's program stops on the way. */
export async function unlessStopped(answer: () => Promise<boolean>): Promise<boolean> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ProgramStopped) return false;
    throw error;
  }
}
