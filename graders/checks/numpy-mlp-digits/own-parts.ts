/** Follow-through: a later part judged with the student's own earlier parts in place of ours, so that one mistake costs once. */
import type { Desk, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { Guest, NdArray } from '../../model.ts';
import type { Answer, Problem } from '../../problem.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { mapArray, sameShape } from '../../numerics/arrays.ts';
import { compareTensor, judge } from '../../numerics/compare.ts';
import { float32 } from '../../numerics/tolerance.ts';
import { unlessStopped } from '../../stopped.ts';

/** An earlier task's problem, and what it is called for a reader. */
export interface EarlierPart {
  task: string;
  // Probe types are private to each problem.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  problem: Problem<any>;
  /** Where wrong answers can keep their marks, because they follow from a part before: what decides about them. */
  judges?: readonly ((desk: Desk) => Promise<Judgement>)[];
}

/** The first tensor of the evaluation that is wrong, judged; or the judgement of a right one. */
export function judgeWorst(evaluation: Evaluation, what: Readonly<Record<string, string>>): Judgement {
  const judgements = Object.entries(what).map(([name, words]) => judgeTensor(evaluation, name, words));
  return judgements.find((judgement) => judgement.earned < 1) ?? judgements[0]!;
}

const saysCombined =
  'CCE says `combined = true`, but the error signal does not pass the softmax as it is: its derivative is applied twice.';
const saysNothing =
  'The error signal passes the softmax as it is, but CCE does not say `combined = true`: its derivative is applied nowhere.';

/** `judgeWorst`, and whether loss and softmax agree about who applies the derivative of the softmax. */
export function judgeCombined(evaluation: Evaluation, what: Readonly<Record<string, string>>): Judgement {
  const judgement = judgeWorst(evaluation, { ...what, combined: '`combined`' });
  const [gap] = judgement.finding?.gaps ?? [];
  if (gap?.name !== 'combined') return judgement;
  const { gaps: _, yours: __, expected: ___, ...finding } = judgement.finding!;
  return { ...judgement, finding: { ...finding, says: gap.worst.yours === 2 ? saysCombined : saysNothing } };
}

export interface OwnAnswer<Probe> {
  problem: Problem<Probe>;
  /** Tensors at stake. */
  tensors: readonly string[];
  earlier: readonly EarlierPart[];
  /** What the student's own parts lead to at this probe; undefined where they lead nowhere. */
  own(guest: Guest, probe: Probe): Promise<Answer | undefined>;
}

/**
 * The judgement as it is; or full marks where it failed, an earlier part is wrong, and every answer is what the student's
 * own parts lead to. Parts that lead to nothing but zeros and gaps lead nowhere: nothing follows from them.
 */
export async function followingOwn<Probe>(
  judgement: Judgement,
  desk: Desk,
  { problem, tensors, earlier, own }: OwnAnswer<Probe>,
): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const culprits = await wrongParts(desk, earlier);
  if (culprits.length === 0) return judgement;
  const follows = await unlessStopped(async () => {
    for (const probe of desk.probes(problem)) {
      const reading = problem.read(await desk.ask(problem, probe), probe);
      const expected = await own(await desk.guest(), probe);
      if (!('answer' in reading) || expected === undefined) return false;
      const agrees = (name: string) =>
        goneInBoth(reading.answer[name], expected[name]) || agree(reading.answer[name], expected[name]);
      if (!tensors.every(agrees) || !leadsSomewhere(reading.answer, expected)) return false;
    }
    return true;
  }, false);
  return follows
    ? pass({
        followThrough: `Judged with your own answer to ${culprits.join(' and ')}, which is wrong but lost its marks there.`,
      })
    : judgement;
}

/** Tasks whose problems this program gets wrong although it answers them: those of them that have lost marks for it. */
export async function wrongParts(desk: Desk, earlier: readonly EarlierPart[]): Promise<string[]> {
  const wrong: EarlierPart[] = [];
  const paid: EarlierPart[] = [];
  for (const part of earlier) {
    const isWrong = await unlessStopped(
      async () => Object.values((await evaluate(desk, part.problem)).tensors).some((tensor) => !tensor.accepted),
      false,
    );
    if (!isWrong) continue;
    wrong.push(part);
    if (await hasPaid(desk, part)) paid.push(part);
  }
  return [...new Set((paid.length > 0 ? paid : wrong).map(({ task }) => task))];
}

const hasPaid = async (desk: Desk, { problem, judges }: EarlierPart): Promise<boolean> =>
  judges === undefined ||
  desk.share(`paid/${problem.id}`, () =>
    unlessStopped(async () => {
      for (const judge of judges) if ((await judge(desk)).earned < 1) return true;
      return false;
    }, true),
  );

/**
 * What an earlier part does not give, a later one cannot have either, or has zeros there; and what is no number there is
 * none here, in the same places, while all others agree.
 */
export function goneInBoth(yours: NdArray | undefined, expected: NdArray | undefined): boolean {
  const isGone = (value: number) => !Number.isFinite(value);
  if (expected === undefined || expected.data.every(isGone)) {
    return yours === undefined || yours.data.every((value) => value === 0) || yours.data.every(isGone);
  }
  if (yours === undefined || !sameShape(yours.shape, expected.shape) || !expected.data.some(isGone)) return false;
  if (yours.data.some((value, i) => isGone(value) !== isGone(expected.data[i]!))) return false;
  const numbers = (array: NdArray) => mapArray(array, (value) => (isGone(value) ? 0 : value));
  return agree(numbers(yours), numbers(expected));
}

/** Something of the expected answer, at stake or not, is more than zeros and is the student's answer as well. */
export const leadsSomewhere = (yours: Answer, expected: Answer): boolean =>
  Object.entries(expected).some(([name, array]) => array.data.some((v) => v !== 0) && agree(yours[name], array));

/** Equal up to rounding, finite, and not empty. */
export const agree = (yours: NdArray | undefined, expected: NdArray | undefined): boolean =>
  yours !== undefined &&
  expected !== undefined &&
  expected.data.length > 0 &&
  expected.data.every(Number.isFinite) &&
  judge(compareTensor('', yours, expected, float32), float32) === 'accept';
