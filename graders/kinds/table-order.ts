/** Whether the training rows come in a new order in every pass, each with its own target. */
import type { Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { commonFault } from './shuffles.ts';
import type { PipelineRun } from './table-pipeline.ts';
import { idsOf, isReadable, movesBatches } from './table-pipeline.ts';
import type { TableRuns } from './table-values.ts';
import { holdsIn, expectedOf, hasRows, notJudgedEmpty, notTold } from './table-values.ts';

/** Targets that were scaled, which costs its mark elsewhere, still rise with those that went in. */
function targetsRise({ first, val }: PipelineRun): boolean {
  const pairs = [...first, ...val].flatMap(({ ids, targets }) => ids.map((id, i) => [id, targets[i]!] as const));
  pairs.sort(([a], [b]) => a - b);
  return pairs.every(([id, target], i) => i === 0 || target > pairs[i - 1]![1] || id === pairs[i - 1]![0]);
}

/** A new order in every pass, over all rows, each with its own target. */
export async function judgeOrder({ runs, forms }: TableRuns, repetitionIsPaid: boolean): Promise<Judgement> {
  for (const { given: asGiven, told: run } of runs) {
    if (!isReadable(run)) return notTold;
    if (!hasRows(run)) return notJudgedEmpty;
    const right = forms.map((form) => expectedOf(run, form));
    if (
      (isReadable(asGiven) ? run !== asGiven : !targetsRise(run)) ||
      (right.some((expected) => holdsIn(run, expected, false)) &&
        !right.some((expected) => holdsIn(run, expected, true)))
    ) {
      return fail({
        says: 'Features and targets do not belong together: a row comes with the target of another one.',
        hint: 'Zip features and targets into one dataset before you shuffle it.',
      });
    }
    const [first, second] = [run.first, run.second].map((batches) => [...new Set(idsOf(batches))]) as [
      number[],
      number[],
    ];
    if (first.length !== idsOf(run.first).length && !repetitionIsPaid) {
      return fail({ says: 'A pass over the training data repeats rows.' });
    }
    if (first.join() === second.join()) {
      return fail({
        says: 'Both passes over the training data have the same order: it is not shuffled anew.',
        hint: 'tf.data shuffles at every pass: call shuffle on the dataset, not on an array before.',
      });
    }
    if (movesBatches(run)) {
      return fail({
        says: 'Every pass has the same batches; only their order changes.',
        hint: 'Shuffle the rows before you batch them.',
      });
    }
    const orderOf = async () => [...new Set(idsOf(await run.again()))];
    const fault = commonFault([first, second, await orderOf(), await orderOf()]);
    if (fault === undefined) continue;
    if (commonFault([await orderOf(), await orderOf(), await orderOf()]) === undefined) continue;
    return fail({
      says: `The rows do not come in a random order: ${fault}.`,
      hint: 'Shuffle rows, not batches, and let the buffer of shuffle hold all training rows.',
    });
  }
  return pass();
}
