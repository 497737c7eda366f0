/** Follow-through in T4: a reported run that is what the student's own, wrong network leads to. */
import type { CheckContext } from '../../check.ts';
import { evaluate } from '../../evaluate.ts';
import type { NetworkClass } from '../../kinds/network-object.ts';
import { makeNetwork } from '../../kinds/network-object.ts';
import type { ReportedRun } from '../../kinds/reported-run.ts';
import { callMethod } from '../../kinds/student-objects.ts';
import { makeArray } from '../../numerics/arrays.ts';
import type { AnyProblem } from '../../problem.ts';
import { unlessStopped } from '../../stopped.ts';
import { arrayFrom, fieldOf, isHandle } from '../../values.ts';
import { labData, pixels, prescribed } from './lab.ts';

/** Whether a reported run is what the student's own, wrong network gives on the given images. */
export function ownRunAgrees(
  context: CheckContext,
  parts: readonly AnyProblem[],
  target: NetworkClass,
  claim: ReportedRun,
  slack: number,
): Promise<boolean> {
  return unlessStopped(async () => {
    const evaluations = [];
    for (const problem of parts) evaluations.push(await evaluate(context, problem));
    const allRight = evaluations.every(({ tensors }) => Object.values(tensors).every((tensor) => tensor.accepted));
    if (allRight) return false;
    const guest = await context.guest();
    const { sizes, batchSize } = prescribed;
    const own = await makeNetwork(guest, target, sizes, batchSize, 0.05);
    const data = labData(context);
    const batches = [];
    for (const { images, labels } of [data.train, data.test]) {
      const args = [makeArray([labels.length, pixels], images), makeArray([labels.length], labels), batchSize];
      const { value } = await guest.call({ module: 'batches', name: 'createBatches' }, args, { keep: 'handle' });
      if (!isHandle(value)) return false;
      batches.push({ kind: 'handle', id: value.id } as const);
    }
    const options = { kind: 'record', entries: { epochs: claim.testAcc.length, eta: claim.eta } } as const;
    const log = await callMethod(guest, own, 'evaluate', [...batches, options]);
    const last = arrayFrom(fieldOf(log, 'testAcc'))?.data.at(-1);
    return last !== undefined && Math.abs(last - claim.testAccuracy) <= slack;
  }, false);
}
