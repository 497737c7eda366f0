/** The sizes of a pipeline's batches, and the shapes that it tells of them. */
import type { Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import { arrayFrom, fieldOf, inWords, itemsOf } from '../values.ts';
import { idsOf, movesBatches } from './table-pipeline.ts';
import type { TableRuns } from './table-values.ts';

const flatTargets =
  'Targets have the shape [batch]: fitDataset does not expand them, and a loss against predictions of shape [batch, 1] then compares every row with every other. Accepted here; [batch, 1] is safe.';

/** Sizes of the batches that so many rows make. */
const inBatches = (rows: number, batchSize: number): number[] =>
  Array.from({ length: Math.ceil(rows / batchSize) }, (_, i) => Math.min(batchSize, rows - i * batchSize));

/** Rows in batches, the rest in the last one; shapes as told. A wrong split has lost its mark for its sizes. */
export function judgeBatches({ runs }: TableRuns, splitIsWrong: boolean): Judgement {
  let onlyMoved = false;
  for (const { given: run } of runs) {
    const { batchSize } = run;
    const yours = run.first.map((batch) => batch.ids.length);
    const valRows = idsOf(run.val).length;
    // Parts of a wrong size, or told wrongly, have lost their mark for that; they are batched as they are.
    const told = (rows: number | undefined) => (Number.isInteger(rows) && rows! >= 0 && rows! <= run.n ? rows! : 0);
    const sizes = [told(run.claimed.nVal), ...(splitIsWrong ? [run.n - told(run.claimed.nTrain), valRows] : [])];
    const nTrain =
      run.n - (sizes.find((nVal) => yours.join() === inBatches(run.n - nVal, batchSize).join()) ?? sizes[0]!);
    const wanted = inBatches(nTrain, batchSize);
    const isWanted = yours.join() === wanted.join();
    // Right batches that are shuffled whole have the smaller one anywhere; that they are costs in the order.
    const isMoved = !isWanted && wanted.join() === yours.toSorted((a, b) => b - a).join() && movesBatches(run);
    onlyMoved ||= isMoved;
    if (!isWanted && !isMoved) {
      return fail({
        says:
          yours.length > wanted.length
            ? 'The training data has more batches than rows for them.'
            : `The training rows are not batched by ${batchSize} with the rest in the last batch.`,
        asked: `${nTrain} training rows, batch size ${batchSize}.`,
        yours: yours.join(', '),
        expected: wanted.join(', '),
      });
    }
    if (run.val.some((batch) => batch.ids.length > batchSize) || (valRows !== run.claimed.nVal && !splitIsWrong)) {
      return fail({
        says: `The validation batches do not hold every validation row once, at most ${batchSize} a batch.`,
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
  return pass({
    notes: runs[0]!.given.first[0]?.targetShape.length === 1 ? [flatTargets] : [],
    ...(onlyMoved && {
      followThrough: 'Whole batches are shuffled, the smaller one with them; that is paid for with their order.',
    }),
  });
}

/** `[null, 13]` comes back as a list, `[13]` as an array. */
function shapeOf(shape: Parameters<typeof itemsOf>[0]): string {
  const items = itemsOf(shape);
  if (items !== undefined)
    return items
      .map((item) => (typeof item === 'number' ? String(item) : (item ?? null) === null ? 'null' : '?'))
      .join(', ');
  return [...(arrayFrom(shape)?.data ?? [])].join(', ');
}
