/** Runs student code under the policy of its task: what it throws is told, and what it used of the library. */
import type { Policy } from '../../../model/assignment.ts';
import type { Outside } from './outside.ts';
import type { Tripwire } from './tripwire.ts';
import { describeThrown, GuestTrouble } from './trouble.ts';

/** What was asked for and is not in this library; `loading` where no function was being called. */
export const lacks = (what: string, loading?: string) =>
  new GuestTrouble({ kind: 'absent', message: what, ...(loading !== undefined && { loading }) });

interface Watching {
  /** To be called when a request is to be answered: whatever student code an earlier one still waits for ends no watch any more. */
  begin(): void;
  /** Runs student code; what it throws is told, what it does against the policy is refused even if it caught the exception. */
  underPolicy<T>(policy: Policy, work: () => T | Promise<T>): Promise<T>;
  /** The same, telling what was used although only some policies forbid it. */
  watched<T>(
    policy: Policy,
    work: () => T | Promise<T>,
    loading?: string,
  ): Promise<{ result: T; differentiated?: string }>;
}

/** `tripwire` is there once the library is; `paths` are the modules in which places are told. */
export function createWatching(
  outside: Outside,
  tripwire: () => Tripwire | undefined,
  paths: () => ReadonlySet<string>,
): Watching {
  let asked = 0;

  /**
   * What student code gives, while the request is still the one that is being answered. One that was given up on goes no further
   * when the program settles its promise in a later one: it would end that one's watch, and take along what was noted.
   */
  const whileAsked = async <T>(given: T | Promise<T>): Promise<T> => {
    const own = asked;
    try {
      return await given;
    } finally {
      if (own !== asked) await new Promise<never>(() => undefined);
    }
  };

  const watched: Watching['watched'] = async (policy, work, loading) => {
    tripwire()?.arm(policy);
    let done: { result: Awaited<ReturnType<typeof work>> } | undefined;
    let thrown: GuestTrouble | undefined;
    try {
      done = { result: await whileAsked(work()) };
    } catch (error) {
      thrown = new GuestTrouble(describeThrown(outside, error, paths()));
    }
    const { forbidden, differentiated, absent } = tripwire()?.disarm() ?? {};
    if (forbidden !== undefined) {
      const { place } = thrown?.trouble ?? {};
      throw new GuestTrouble({
        kind: 'refused',
        message: `calls ${forbidden}, which this task forbids`,
        ...(place && { place }),
      });
    }
    // Whatever it made of that: only with the whole library can it be known what it does.
    if (absent !== undefined) throw lacks(absent, loading);
    if (thrown) throw thrown;
    return { ...done!, ...(differentiated !== undefined && { differentiated }) };
  };

  return {
    begin: () => void asked++,
    underPolicy: async (policy, work) => (await watched(policy, work, 'no call')).result,
    watched,
  };
}
