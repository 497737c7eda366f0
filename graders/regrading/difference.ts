/** Two verdicts of one check, compared in all that a reader is told. */
import { toJson } from '../gradebook/json.ts';
import type { Verdict } from '../model/verdict.ts';

/** One side of a difference, as short as it can be said. */
export interface Short {
  points: number;
  max: number;
  outcome: Verdict['outcome'];
  says?: string;
}

export interface Difference {
  check: string;
  task: string;
  title: string;
  /** Absent where the check was not asked. */
  before?: Short;
  after?: Short;
}

/**
 * Every check that ends otherwise, is told otherwise, is new or is there no more. By how much a check passed is a difference
 * only where all is compared `exactly`: other probes, or a changed tolerance, move it without changing anything.
 */
export function differencesOf(before: readonly Verdict[], after: readonly Verdict[], exactly = false): Difference[] {
  const was = new Map(before.map((verdict) => [verdict.id, verdict]));
  const is = new Map(after.map((verdict) => [verdict.id, verdict]));
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((check) => {
    const [old, now] = [was.get(check), is.get(check)];
    if (old !== undefined && now !== undefined && told(old, exactly) === told(now, exactly)) return [];
    const { task, title } = (now ?? old)!;
    return [{ check, task, title, ...(old && { before: short(old) }), ...(now && { after: short(now) }) }];
  });
}

/** Times and stacks are never twice the same, and are nothing that a grade says. */
function told({ ms: _, staff: __, margin, ...verdict }: Verdict, exactly: boolean): string {
  return toJson(exactly || verdict.outcome !== 'pass' ? { ...verdict, margin } : verdict);
}

function short({ points, max, outcome, finding, because }: Verdict): Short {
  const says = because ?? finding?.says;
  return { points, max, outcome, ...(says !== undefined && { says }) };
}
