/** The split, the batches and the order of what the pipeline delivers. */
import type { Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Finding } from '../../model.ts';
import { arrayFrom, fieldOf, inWords, itemsOf } from '../../values.ts';
import { permutationFault } from '../../numerics/permutations.ts';
import { CHECK_ALPHA, CONFIRM_ALPHA } from '../../numerics/statistics.ts';
import { batchSize, idsOf, isReadable, pipelineRuns } from './q1a-pipeline.ts';
import type { PipelineRun, ReadBatch } from './q1a-pipeline.ts';
import { splitTest } from '../../numerics/random-split.ts';
import { sampleForm, standardiseProblem } from './q1a-standardise.ts';
import { agrees, expectedOf, hasRows, notJudgedEmpty, withRowsTold } from './q1a-values.ts';

const strangers: Finding = {
  says: 'The targets in the batches are not the targets that went in.',
  hint: 'Standardise the features alone; the prices stay as they are.',
};

/** A quarter for validation, every row in exactly one part. */
export async function judgeSplit(desk: Desk): Promise<Judgement> {
  for (const asGiven of await pipelineRuns(desk)) {
    if (!isReadable(asGiven)) return fail(strangers);
    const run = withRowsTold(asGiven);
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
    if (lost >= 2 * batchSize || val.size > nVal || train.size > nTrain) {
      const seen = `${train.size} different training rows and ${val.size} validation rows in the batches`;
      return fail({ says: 'The batches do not hold the rows of the two parts, each once.', ...sizes, yours: seen });
    }
  }
  return judgeChance(desk);
}

/** Both tables have to show it, the second one at the level of a confirmation. */
async function judgeChance(desk: Desk): Promise<Judgement> {
  const tests = (await pipelineRuns(desk)).map((asGiven, i) => {
    const run = withRowsTold(asGiven);
    return splitTest(run.x, new Set(idsOf(run.val)), i === 0 ? CHECK_ALPHA : CONFIRM_ALPHA);
  });
  if (!tests.every(({ rejected }) => rejected)) return pass();
  return fail(
    {
      says: 'The rows for validation are not drawn at random.',
      yours: tests[0]!.says,
      hint: 'Draw an order of all rows first, and cut that: a table may be sorted.',
    },
    { earned: 0.5 },
  );
}

const flatTargets =
  'Targets have the shape [batch]: fitDataset does not expand them, and a loss against predictions of shape [batch, 1] then compares every row with every other. Accepted here; [batch, 1] is safe.';

/** Sizes of the batches that so many rows make. */
const inBatches = (rows: number): number[] =>
  Array.from({ length: Math.ceil(rows / batchSize) }, (_, i) => Math.min(batchSize, rows - i * batchSize));

/** 32 rows a batch, the rest in the last one; shapes as told. */
export async function judgeBatches(desk: Desk): Promise<Judgement> {
  const splitIsWrong = (await judgeSplit(desk)).earned < 1;
  for (const run of await pipelineRuns(desk)) {
    const yours = run.first.map((batch) => batch.ids.length);
    const valRows = idsOf(run.val).length;
    // Parts of a wrong size, or told wrongly, have lost their mark for that; they are batched as they are.
    const told = (rows: number | undefined) => (Number.isInteger(rows) && rows! >= 0 && rows! <= run.n ? rows! : 0);
    const sizes = [told(run.claimed.nVal), ...(splitIsWrong ? [run.n - told(run.claimed.nTrain), valRows] : [])];
    const nTrain = run.n - (sizes.find((nVal) => yours.join() === inBatches(run.n - nVal).join()) ?? sizes[0]!);
    const wanted = inBatches(nTrain);
    if (yours.join() !== wanted.join()) {
      return fail({
        says:
          yours.length > wanted.length
            ? 'The training data has more batches than rows for them.'
            : 'The training rows are not batched by 32 with the rest in the last batch.',
        asked: `${nTrain} training rows, batch size ${batchSize}.`,
        yours: yours.join(', '),
        expected: wanted.join(', '),
      });
    }
    if (run.val.some((batch) => batch.ids.length > batchSize) || (valRows !== run.claimed.nVal && !splitIsWrong)) {
      return fail({
        says: 'The validation batches do not hold every validation row once, at most 32 a batch.',
        yours: run.val.map((batch) => batch.ids.length).join(', '),
      });
    }
    const features = run.x[0]!.length;
    const shapes = (itemsOf(run.spec) ?? []).map((spec) => shapeOf(fieldOf(spec, 'shape')));
    const targets = run.first[0]?.targetShape.length === 1 ? 'null' : 'null, 1';
    if (shapes[0] !== `null, ${features}` || shapes[1] !== targets) {
      return fail(
        {
          says: 'elementSpec does not tell the shapes of a batch.',
          yours:
            shapes.every((shape) => shape !== '') && shapes.length > 0
              ? shapes.map((shape) => `[${shape}]`).join(' and ')
              : inWords(run.spec),
          expected: `{ shape, dtype } twice, with the shapes of your batches, [null, ${features}] and [${targets}]`,
        },
        { earned: 0.5 },
      );
    }
  }
  const [run] = await pipelineRuns(desk);
  return pass({ notes: run!.first[0]?.targetShape.length === 1 ? [flatTargets] : [] });
}

/** `[null, 13]` comes back as a list, `[13]` as an array. */
function shapeOf(shape: Parameters<typeof itemsOf>[0]): string {
  const items = itemsOf(shape);
  if (items !== undefined)
    return items.map((item) => (typeof item === 'number' ? String(item) : item === null ? 'null' : '?')).join(', ');
  return [...(arrayFrom(shape)?.data ?? [])].join(', ');
}

/** Prices that were scaled, which costs its mark elsewhere, still rise with those that went in. */
function targetsRise({ first, val }: PipelineRun): boolean {
  const pairs = [...first, ...val].flatMap(({ ids, targets }) => ids.map((id, i) => [id, targets[i]!] as const));
  pairs.sort(([a], [b]) => a - b);
  return pairs.every(([id, target], i) => i === 0 || target > pairs[i - 1]![1] || id === pairs[i - 1]![0]);
}

/** Whether rows that come twice have lost their mark already, by their number or by the split. */
const repetitionIsPaid = async (desk: Desk): Promise<boolean> =>
  (await judgeBatches(desk)).earned < 1 || (await judgeSplit(desk)).earned < 1;

/** A new order in every pass, over all rows, each with its own target. */
export async function judgeOrder(desk: Desk): Promise<Judgement> {
  for (const asGiven of await pipelineRuns(desk)) {
    const run = withRowsTold(asGiven);
    if (!isReadable(run)) return { earned: 0, skipped: 'Not judged: the rows cannot be told without their targets.' };
    if (!hasRows(run)) return notJudgedEmpty;
    const right = [standardiseProblem.oracle, sampleForm.compute].map((compute) => expectedOf(run, compute));
    if (
      (isReadable(asGiven) ? run !== asGiven : !targetsRise(run)) ||
      (right.some((expected) => agrees(run, expected, false)) && !right.some((expected) => agrees(run, expected, true)))
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
    if (first.length !== idsOf(run.first).length && !(await repetitionIsPaid(desk))) {
      return fail({ says: 'A pass over the training data repeats rows.' });
    }
    if (first.join() === second.join()) {
      return fail({
        says: 'Both passes over the training data have the same order: it is not shuffled anew.',
        hint: 'tf.data shuffles at every pass: call shuffle on the dataset, not on an array before.',
      });
    }
    const sets = (batches: readonly ReadBatch[]) => batches.map((batch) => [...batch.ids].sort((a, b) => a - b).join());
    const known = new Set(sets(run.first));
    if (sets(run.second).every((set) => known.has(set))) {
      return fail({
        says: 'Every pass has the same batches; only their order changes.',
        hint: 'Shuffle the rows before you batch them.',
      });
    }
    const fault = orderFault([run.first, run.second, await run.again(), await run.again()]);
    if (fault === undefined) continue;
    const confirmed = orderFault([await run.again(), await run.again(), await run.again()]);
    if (confirmed === undefined) continue;
    return fail({
      says: `The rows do not come in a random order: ${fault}.`,
      hint: 'Shuffle rows, not batches, and let the buffer of shuffle hold all training rows.',
    });
  }
  return pass();
}

/** What is not random about the orders of several passes, told from the rows that come in all of them. */
function orderFault(passes: readonly (readonly ReadBatch[])[]): string | undefined {
  const orders = passes.map((batches) => [...new Set(idsOf(batches))]);
  const common = orders.reduce((kept, order) => kept.filter((id) => order.includes(id)));
  if (common.length === 0) return undefined;
  const place = new Map([...common].sort((a, b) => a - b).map((id, i) => [id, i]));
  return permutationFault(orders.map((order) => order.flatMap((id) => place.get(id) ?? [])));
}
