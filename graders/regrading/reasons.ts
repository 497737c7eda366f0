/** Why the same work is judged otherwise: what of all that a verdict depends on is another than it was. */
import type { Circumstances, Judged } from '../gradebook/event.ts';
import type { Task } from '../model/assignment.ts';

/** `grader`: the check, or what it judges with; `rubric`: the task in assignment.json; `round`: the probes. */
export type Reason = 'grader' | 'rubric' | 'round' | 'backend' | 'sandbox' | 'size' | 'data' | 'repeated';

/** One side of a comparison: the run that found the verdict of a check, and the task as it stood then. */
interface Side {
  run: Judged | undefined;
  task: Task | undefined;
}

/** The reasons, never none: what differs though all is the same was only repeated. */
export function reasonsFor(check: string, before: Side, after: Side): Reason[] {
  const reasons: Reason[] = [];
  const isOtherTask = JSON.stringify(before.task) !== JSON.stringify(after.task);
  if (isOtherTask) reasons.push('rubric');
  const [was, is] = [before.run?.keys?.[check], after.run?.keys?.[check]];
  // The key covers the task as well: a change there is no change of the check.
  if (!isOtherTask && (was === undefined || was !== is)) reasons.push('grader');
  if (before.run !== undefined && after.run !== undefined)
    reasons.push(...otherUnder(before.run.under, after.run.under));
  return reasons.length === 0 ? ['repeated'] : reasons;
}

/** What of the circumstances is another. */
function otherUnder(before: Circumstances, after: Circumstances): Reason[] {
  const isSame: Record<Exclude<Reason, 'grader' | 'rubric' | 'repeated'>, boolean> = {
    round: before.seed === after.seed && before.round?.fingerprint === after.round?.fingerprint,
    backend: before.backend === after.backend,
    sandbox: before.level === after.level && before.containedBy === after.containedBy,
    size: before.full === after.full,
    data: before.data === after.data,
  };
  return (Object.keys(isSame) as (keyof typeof isSame)[]).filter((reason) => !isSame[reason]);
}
