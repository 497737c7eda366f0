/**
 * Whose fault it is that arguments could not be made inside: the same is tried in a process that never saw the student's
 * program. What works there was spoiled by the program; what fails there too is ours.
 */
import type { Arg } from '../../model/guest.ts';

/** The arguments without what lives in the first process only: objects kept inside are left out. */
export function withoutHandles(arg: Arg): Arg {
  if (typeof arg !== 'object' || arg === null) return arg;
  if (arg.kind === 'handle') return null;
  if (arg.kind === 'list') return { kind: 'list', items: arg.items.map(withoutHandles) };
  if (arg.kind !== 'record') return arg;
  const entries = Object.entries(arg.entries).map(([key, item]) => [key, withoutHandles(item)]);
  return { kind: 'record', entries: Object.fromEntries(entries) as Record<string, Arg> };
}

/** A session that can be asked to make something, and closed. */
interface Maker {
  make(arg: Arg): Promise<unknown>;
  close(): Promise<void>;
}

/** Whether a clean process makes these arguments; rejects when there is no clean process to be had. */
export async function madeElsewhere(args: readonly Arg[], open: () => Promise<Maker>): Promise<boolean> {
  const clean = await open();
  try {
    await clean.make({ kind: 'list', items: args.map(withoutHandles) });
    return true;
  } catch {
    return false;
  } finally {
    await clean.close();
  }
}
