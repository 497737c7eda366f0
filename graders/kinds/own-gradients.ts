/** Follow-through: gradients on some rows of a batch, which the student's own gradient function computes, right or wrong. */
import type { CheckContext } from '../check.ts';
import { agree, leadsSomewhere } from '../follow-through.ts';
import type { Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { arrayFrom, itemsOf } from '../values.ts';
import type { GradientsProblem } from './model-gradients.ts';
import type { NamedGradients } from './model-gradients-question.ts';
import { isReversed, readPair } from './model-gradients-question.ts';
import type { NetProbe } from './pixel-net.ts';

interface Taken {
  /** The rows that are asked for. */
  asked(net: NetProbe): NetProbe;
  /** Rows that somebody may have taken instead. */
  others: readonly ((net: NetProbe) => NetProbe)[];
}

/**
 * Whether every answer is what the student's own function gives on the rows that are asked for. One that gives the same
 * whatever the rows are, such as constants, cannot show that the right rows were taken.
 */
export async function agreesWithOwn(
  context: CheckContext,
  problem: Problem<NetProbe> & NamedGradients,
  own: GradientsProblem,
  { asked, others }: Taken,
): Promise<boolean> {
  for (const net of context.probes(problem)) {
    const ownOn = async (batch: NetProbe) => (await context.ask(own, batch)).value;
    const { value } = await context.ask(problem, net);
    // Names that took over the order of a function that returns the bias first.
    const pair = problem.pairIn(value);
    const reversed = isReversed(pair, net);
    const theirs = reversed ? readPair(pair[1], pair[0], net) : problem.read({ value }, net);
    if (reversed && !isReversed(itemsOf(await ownOn(net)) ?? [], net)) return false;
    const isSame = async (batch: NetProbe) => {
      const given = await ownOn(batch);
      const read = own.read({ value: given }, net);
      if (!('answer' in read && 'answer' in theirs)) return false;
      if (Object.keys(read.answer).length === 0) return isSamePair(itemsOf(given) ?? [], pair);
      return follows(theirs.answer, read.answer);
    };
    if (!(await isSame(asked(net)))) return false;
    if (await areAll(others, (take) => isSame(take(net)))) return false;
  }
  return true;
}

async function areAll<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (!(await holds(item))) return false;
  return true;
}

/** Gradients that do not have the shapes of the last layer, such as those of another one, are compared as they came. */
const isSamePair = (own: readonly Value[], theirs: readonly Value[]): boolean =>
  theirs.every((value, i) => agree(arrayFrom(value), arrayFrom(own[i] ?? null)));

/**
 * Both gradients follow from the own ones: at least one of them does, to within rounding, and what cannot be read or is not
 * finite in one, which has lost its marks before, is no better in the other.
 */
function follows(theirs: Answer, own: Answer): boolean {
  const useless = (array: NdArray | undefined) => array === undefined || !array.data.every(Number.isFinite);
  const same = (name: string) => (useless(theirs[name]) && useless(own[name])) || agree(theirs[name], own[name]);
  return leadsSomewhere(theirs, own) && ['W2', 'b2'].every(same);
}
