/** Whether a call left its arguments as they were: whoever calls a function may still need the old numbers. */
import type { CheckContext, Judgement } from './check.ts';
import { fail, pass } from './check.ts';
import type { Guest, Reply, Value } from './model/guest.ts';
import type { NdArray } from './model/numbers.ts';
import { unlessStopped } from './stopped.ts';
import { isArray } from './values.ts';

/** A call that tells what it left of its arguments. */
export type ToldCall = (guest: Guest, options: { argsAfter: true }) => Promise<Reply>;

/**
 * The judgement of a right result; where the call changes an array that it was given, half of it, unless that is what the
 * student's own earlier function does, which has paid.
 */
export async function halfIfChanging(
  context: CheckContext,
  judgement: Judgement,
  {
    name,
    args,
    call,
    own,
  }: {
    name: string;
    args: readonly NdArray[];
    call: ToldCall;
    own?: { name: string; changes(): Promise<boolean>; task: string };
  },
): Promise<Judgement> {
  if (judgement.earned < 1 || !(await changes(context, args, call))) return judgement;
  if (own !== undefined && (await unlessStopped(own.changes, false))) {
    const followThrough = `It changes the array that it is given, as your own ${own.name} does; that is paid for in ${own.task}.`;
    return pass({ ...judgement, followThrough });
  }
  return fail(
    {
      says: `${name} returns the right values, but changes the array that it was given.`,
      hint: 'Build a new array, for instance with map: whoever calls the function may still need the old numbers.',
    },
    { earned: 0.5 },
  );
}

export async function changes(context: CheckContext, args: readonly NdArray[], call: ToldCall): Promise<boolean> {
  const { argsAfter } = await call(await context.guest(), { argsAfter: true });
  return areChanged(args, argsAfter);
}

/** Whether any of these arguments was left with other numbers. */
export const areChanged = (args: readonly NdArray[], after: readonly Value[] | undefined): boolean =>
  args.some((arg, i) => isChanged(arg, after?.[i]));

/** Rounding that is left of a step to and fro, as in `x[i] += ε; …; x[i] -= ε`, harms nobody. */
const isChanged = (before: NdArray, after: Value | undefined): boolean =>
  !isArray(after) ||
  after.data.length !== before.data.length ||
  before.data.some((v, k) => !(Math.abs(after.data[k]! - v) <= 1e-9 * Math.max(1, Math.abs(v))));
