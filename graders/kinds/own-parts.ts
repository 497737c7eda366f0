/** Follow-through: a later part judged with the student's own earlier parts in place of ours, so that one mistake costs once. */
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { Evaluation } from '../evaluate.ts';
import { evaluate } from '../evaluate.ts';
import { agree, leadsSomewhere } from '../follow-through.ts';
import { maxAbs } from '../numerics/arrays.ts';
import type { Band } from '../numerics/tolerance.ts';
import { float32, scaledBand } from '../numerics/tolerance.ts';
import { unlessStopped } from '../stopped.ts';
import { firstOnly, saysKept } from './asked-again.ts';

/** An earlier task's problem, and what it is called for a reader. */
export interface EarlierPart {
  task: string;
  // Probe types are private to each problem.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  problem: Problem<any>;
  /** Where wrong answers can keep their marks, because they follow from a part before: what decides about them. */
  judges?: readonly ((context: CheckContext) => Promise<Judgement>)[];
  /** What else is wrong with it where all of its answers are right, such as arguments that it writes into. */
  isWrongBesides?(context: CheckContext): Promise<boolean>;
}

interface OwnAnswer<Probe> {
  problem: Problem<Probe>;
  /** Tensors at stake. */
  tensors: readonly string[];
  earlier: readonly EarlierPart[];
  /** What the student's own parts lead to at this probe; undefined where they lead nowhere. */
  own(guest: Guest, probe: Probe): Promise<Answer | undefined>;
  /** What the last digits of the numbers behind the answer count for, as a share of `own`; 0 if left out. */
  digits?(probe: Probe, name: string, yours: NdArray, own: NdArray): number;
}

/**
 * The judgement as it is; or full marks where it failed, an earlier part is wrong, and every answer is what the student's
 * own parts lead to. Parts that lead to nothing but zeros and gaps lead nowhere: nothing follows from them.
 */
export async function followingOwn<Probe>(
  judgement: Judgement,
  context: CheckContext,
  { problem, tensors, earlier, own, digits }: OwnAnswer<Probe>,
): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const culprits = await wrongParts(context, earlier);
  if (culprits.length === 0) return judgement;
  // What is kept between calls has lost its marks there; our own objects are new, and so is the one that answers first.
  const kept = await keepsSomething(context, earlier);
  const asked = kept ? firstOnly(problem) : problem;
  const followsIn = async (fresh: boolean): Promise<boolean> => {
    for (const probe of context.probes(problem)) {
      const reading = asked.read(await context.ask(problem, probe, { fresh }), probe);
      const expected = await own(await context.guest({ fresh }), probe);
      if (!('answer' in reading) || expected === undefined) return false;
      const isFollowed = (name: string) => {
        const [yours, theirs] = [reading.answer[name], expected[name]];
        if (yours === undefined || theirs === undefined) return goneInBoth(yours, theirs);
        const seen = digits?.(probe, name, yours, theirs) ?? 0;
        return agree(yours, theirs, besideNoise(theirs, expected, seen));
      };
      if (!tensors.every(isFollowed) || !leadsSomewhere(reading.answer, expected)) return false;
    }
    return true;
  };
  // What is kept in the globals of a process, new objects find as well: then it takes new processes.
  const follows = await unlessStopped(async () => (await followsIn(false)) || (kept && (await followsIn(true))), false);
  return follows
    ? pass({
        followThrough: `Judged with your own answer to ${culprits.join(' and ')}, which is wrong but lost its marks there.`,
      })
    : judgement;
}

/** Whether objects keep something between calls, by what the evaluation says of their answers. */
const keeps = ({ tensors }: Evaluation): boolean =>
  Object.values(tensors).some(({ misread }) => misread !== undefined && saysKept(misread));

/** Whether objects keep something between calls in one of these problems. */
export const keepsSomething = async (
  context: CheckContext,
  asked: readonly Pick<EarlierPart, 'problem'>[],
): Promise<boolean> => {
  for (const { problem } of asked) {
    if (await unlessStopped(async () => keeps(await evaluate(context, problem)), false)) return true;
  }
  return false;
};

/** Tasks whose problems this program gets wrong although it answers them: those of them that have lost marks for it. */
export async function wrongParts(context: CheckContext, earlier: readonly EarlierPart[]): Promise<string[]> {
  const wrong: EarlierPart[] = [];
  const paid: EarlierPart[] = [];
  for (const part of earlier) {
    const isWrong = await unlessStopped(
      async () =>
        Object.values((await evaluate(context, part.problem)).tensors).some((tensor) => !tensor.accepted) ||
        ((await part.isWrongBesides?.(context)) ?? false),
      false,
    );
    if (!isWrong) continue;
    wrong.push(part);
    if (await hasPaid(context, part)) paid.push(part);
  }
  return [...new Set((paid.length > 0 ? paid : wrong).map(({ task }) => task))];
}

const hasPaid = async (context: CheckContext, { problem, judges }: EarlierPart): Promise<boolean> =>
  judges === undefined ||
  context.oncePerSubmission(`paid/${problem.id}`, () =>
    unlessStopped(async () => {
      for (const judge of judges) if ((await judge(context)).earned < 1) return true;
      return false;
    }, true),
  );

/** What an earlier part does not give, a later one cannot have either, or has zeros there. */
export const goneInBoth = (yours: NdArray | undefined, expected: NdArray | undefined): boolean =>
  expected === undefined && (yours === undefined || yours.data.every((value) => value === 0));

/** Rounding in single precision, of sums that cancel. */
const noise = 1e-6;

/** float32's band, with room for sums that cancel: beside the largest numbers of the answer they are noise, in any order. */
function besideNoise(own: NdArray, all: Answer, seen: number): Band {
  const more = seen + (noise * largestOf(all)) / (maxAbs(own) || 1);
  if (!Number.isFinite(more)) return float32;
  return scaledBand('own parts', float32.accept + more, float32.reject + more, float32.says);
}

/** The largest number of an answer, by size. */
export const largestOf = (answer: Answer): number => Math.max(...Object.values(answer).map(maxAbs));

/** Whether these numbers are the rest of sums that cancel, beside the largest ones of an answer. */
export const isNoise = (array: NdArray, largest: number): boolean => maxAbs(array) <= noise * largest;
