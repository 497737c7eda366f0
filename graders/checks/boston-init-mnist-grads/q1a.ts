/**
 * Question 1a: `standardise` and `makePipeline` lead from a table to batches. 5 marks.
 *
 *   asked   standardise on two tables; makePipeline on two tables whose targets are the numbers of their rows, so that every row in
 *           a batch can be told
 *   right   a quarter for validation, drawn at random; features standardised with the training rows (the deviation by n or by
 *           n − 1); batches of 32 and the rest; a new order in every pass
 *   costs   1 for each check below; batches that are what the student's own wrong standardise makes are not charged twice
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { halfIfArgumentsChange } from '../../kinds/record.ts';
import { judgeBatches } from '../../kinds/table-batches.ts';
import { judgeOrder } from '../../kinds/table-order.ts';
import { judgeSplit } from '../../kinds/table-split.ts';
import { judgeStandardised } from '../../kinds/table-standardised.ts';
import { unlessStopped } from '../../stopped.ts';
import { tableRuns } from './q1a-runs.ts';
import { standardiseTable } from './q1a-question.ts';
import { sampleForm, standardiseProblem } from './q1a-key.ts';

const standardised = {
  pipeline: 'makePipeline',
  name: standardiseTable.name,
  problem: standardiseProblem,
  accepted: sampleForm,
};
const asked = 'makePipeline on two tables of 404 and 214 rows, whose targets are the numbers of the rows';

export const checks: Check[] = [
  {
    id: 'q1a.standardise',
    task: 'Q1a',
    title: 'standardise uses mean and deviation of the training rows for both parts',
    asks: 'standardise on a small table and on one like the housing data; the rows after the call.',
    points: 1,
    problems: [standardiseProblem],
    run: async (context) => {
      const words = { train: 'The training part', validation: 'The validation part' };
      const own = async () => firstWrong(await evaluate(context, standardiseProblem), words);
      const judgement = await unlessStopped(own, undefined);
      if (judgement === undefined) {
        const runs = await unlessStopped(() => tableRuns(context), undefined);
        if (runs?.runs[0]?.given.isScript !== true) return own();
        return judgeStandardised(context, runs, { ...standardised, inItsPlace: true });
      }
      return halfIfArgumentsChange(context, judgement, standardiseProblem, standardiseTable, 2);
    },
  },
  {
    id: 'q1a.split',
    task: 'Q1a',
    title: 'A quarter of the rows, drawn at random, is kept for validation, every row is in one part',
    asks: `${asked}: sizes, overlap, union, and chance.`,
    points: 1,
    run: splitJudgement,
  },
  {
    id: 'q1a.values',
    task: 'Q1a',
    title: 'The batches hold features standardised after the split, so that nothing leaks',
    asks: `${asked}: every value of both parts.`,
    points: 1,
    run: async (context) => judgeStandardised(context, await tableRuns(context), standardised),
  },
  {
    id: 'q1a.batches',
    task: 'Q1a',
    title: 'Batches of 32 with the rest in the last one, described by elementSpec',
    asks: `${asked}: sizes and shapes of the batches.`,
    points: 1,
    run: batchesJudgement,
  },
  {
    id: 'q1a.order',
    task: 'Q1a',
    title: 'Every pass over the training data comes in a new order, features with their targets',
    asks: `${asked}: four passes; a rejection is confirmed on three more.`,
    points: 1,
    async run(context) {
      const paid = (await batchesJudgement(context)).earned < 1 || (await splitJudgement(context)).earned < 1;
      return judgeOrder(await tableRuns(context), paid);
    },
  },
];

async function splitJudgement(context: CheckContext): Promise<Judgement> {
  return judgeSplit(await tableRuns(context));
}

async function batchesJudgement(context: CheckContext): Promise<Judgement> {
  return judgeBatches(await tableRuns(context), (await splitJudgement(context)).earned < 1);
}
