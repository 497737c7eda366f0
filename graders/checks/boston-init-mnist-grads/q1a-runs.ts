/** Question 1a: runs of makePipeline on tables like the housing data. */
import type { CheckContext } from '../../check.ts';
import { bostonLike } from '../../data/boston-like.ts';
import type { PipelineCall } from '../../kinds/table-pipeline.ts';
import { runPipeline } from '../../kinds/table-pipeline.ts';
import type { TableRuns } from '../../kinds/table-values.ts';
import { withRowsTold } from '../../kinds/table-values.ts';
import type { Random } from '../../numerics/random.ts';
import { sampleForm, standardiseProblem } from './q1a-key.ts';

const batchSize = 32;
const call: PipelineCall = {
  unit: 'q1a',
  name: 'makePipeline',
  batchSize,
  options: { kind: 'record', entries: { batchSize, valFraction: 0.25, seed: 7 } },
};
/** The size of the library's own training part, and one that leaves a single row for the last batch. */
const tableSizes = [404, 214] as const;

/** Runs makePipeline once for every check that needs it. */
export const tableRuns = (context: CheckContext): Promise<TableRuns> =>
  context.oncePerSubmission('q1a/pipelines', async () => {
    const guest = await context.guest();
    const forms = [standardiseProblem.oracle, sampleForm.compute];
    const runs: TableRuns['runs'] = [];
    for (const size of tableSizes) {
      // A script may cut the table at rows that it counts off: its second table is as long as the first.
      const n = runs[0]?.given.isScript ? tableSizes[0] : size;
      const given = await runPipeline(guest, drawTable(context.random(`q1a/${size}`), n), call);
      runs.push({ given, told: withRowsTold(given, forms) });
    }
    return { runs, forms, targets: 'the prices' };
  });

/** So many rows differ from the commonest value of every column that no random split leaves the training rows without deviation. */
const others = 10;

function drawTable(random: Random, n: number): number[][] {
  for (let i = 0; ; i++) {
    const { x } = bostonLike(i === 0 ? random : random.fork(`again ${i}`), n);
    const differing = (j: number) => {
      const counts = Map.groupBy(x, (row) => row[j]!);
      return n - Math.max(...[...counts.values()].map((rows) => rows.length));
    };
    if (x[0]!.every((_, j) => differing(j) >= others)) return x;
  }
}
