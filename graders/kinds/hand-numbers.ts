/** Marks for numbers worked out by hand, entry by entry. */
import type { CheckContext, Judgement } from '../check.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { evaluate, judgeTensor } from '../evaluate.ts';

/** What the student handed in for a problem with one probe, tensor by tensor; undefined where it cannot be read. */
export async function ownNumbers<Probe>(context: CheckContext, problem: Problem<Probe>): Promise<Answer> {
  const [probe] = context.probes(problem);
  const reading = problem.read(await context.ask(problem, probe!), probe!);
  return 'answer' in reading ? reading.answer : {};
}

/**
 * Marks entry by entry. Where the answer is wrong, `own` gives what the student's own earlier numbers lead to, in one
 * sentence with the entries; an entry that agrees with it counts as right.
 */
export async function judgeNumbers<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  name: string,
  own?: (handedIn: Answer) => Promise<{ entries: readonly number[]; says: string } | undefined>,
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, problem), name, name);
  if (judgement.earned === 1) return judgement;
  const handedIn = await ownNumbers(context, problem);
  const yours = handedIn[name];
  if (yours === undefined) return judgement;
  const right = problem.oracle(context.probes(problem)[0]!)[name]!.data;
  const share = (wanted: ArrayLike<number>) =>
    yours.data.filter((v, i) => near(v, wanted[i])).length / yours.data.length;
  const followed = await own?.(handedIn);
  const followedShare = followed === undefined ? 0 : share(followed.entries);
  if (followedShare === 1) return { earned: 1, followThrough: followed!.says };
  const count = yours.data.length;
  const finding = {
    ...judgement.finding!,
    says: `${count - Math.round(share(right) * count)} of the ${count} entries of ${name} are wrong.`,
    yours: `(${Array.from(yours.data).join(', ')})`,
    expected: `(${Array.from(right).join(', ')})`,
  };
  const earned = Math.max(share(right), followedShare);
  return { ...judgement, earned, finding: count === 1 ? judgement.finding! : finding };
}

/** Integers and halves by hand: nothing is rounded. */
const near = (a: number, b: number | undefined): boolean => b !== undefined && Math.abs(a - b) <= 1e-9;
