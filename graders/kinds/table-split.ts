/** Whether a pipeline keeps a quarter of a table's rows for validation, drawn at random. */
import type { Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { splitTest } from '../numerics/random-split.ts';
import { CHECK_ALPHA, CONFIRM_ALPHA } from '../numerics/statistics.ts';
import type { PipelineRun } from './table-pipeline.ts';
import { idsOf, isReadable } from './table-pipeline.ts';
import type { TableRuns } from './table-values.ts';

/** A quarter for validation, every row in exactly one part. */
export function judgeSplit({ runs, targets }: TableRuns): Judgement {
  for (const { given, told: run } of runs) {
    if (!isReadable(given)) {
      return fail({
        says: 'The targets in the batches are not the targets that went in.',
        hint: `Standardise the features alone; ${targets} stay as they are.`,
      });
    }
    const train = new Set(idsOf(run.first));
    const val = new Set(idsOf(run.val));
    const { nTrain, nVal } = run.claimed;
    const sizes = { asked: `${run.n} rows, valFraction 0.25`, yours: `nTrain ${nTrain}, nVal ${nVal}` };
    if (nVal !== Math.floor(run.n / 4) && nVal !== Math.ceil(run.n / 4)) {
      return fail({ says: 'nVal is not a quarter of the rows.', ...sizes, expected: `nVal ${Math.floor(run.n / 4)}` });
    }
    if (nTrain !== run.n - nVal) return fail({ says: 'nTrain and nVal do not add up to all rows.', ...sizes });
    const shared = [...val].filter((id) => train.has(id)).length;
    if (shared > 0) return fail({ says: `${shared} rows are in both parts.`, ...sizes });
    // A last batch that is dropped is another matter, judged with the batches.
    const lost = run.n - train.size - val.size;
    if (lost >= 2 * run.batchSize || val.size > nVal || train.size > nTrain) {
      const seen = `${train.size} different training rows and ${val.size} validation rows in the batches`;
      return fail({ says: 'The batches do not hold the rows of the two parts, each once.', ...sizes, yours: seen });
    }
  }
  return judgeChance(runs.map(({ told }) => told));
}

/** Both tables have to show it, the second one at the level of a confirmation; where one does not, no other is looked at. */
function judgeChance(runs: readonly PipelineRun[]): Judgement {
  const shown: ReturnType<typeof splitTest>[] = [];
  for (const run of runs) {
    const test = splitTest(run.x, new Set(idsOf(run.val)), shown.length === 0 ? CHECK_ALPHA : CONFIRM_ALPHA);
    if (!test.rejected) return pass();
    shown.push(test);
  }
  return fail(
    {
      says: 'The rows for validation are not drawn at random.',
      yours: shown[0]!.says,
      hint: 'Draw an order of all rows first, and cut that: a table may be sorted.',
    },
    { earned: 0.5 },
  );
}
