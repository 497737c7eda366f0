/** The values in the batches: standardised with the statistics of the training rows, whichever rows these are. */
import type { Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Answer } from '../../question.ts';
import { inWords } from '../../values.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { compareTensor, judge } from '../../numerics/compare.ts';
import { float32 } from '../../numerics/tolerance.ts';
import { columnStatistics } from '../../../reference/oracles/standardise.ts';
import { batchSize, byFeatures, idsOf, isReadable, pipelineRuns } from './q1a-pipeline.ts';
import type { PipelineRun, ReadBatch } from './q1a-pipeline.ts';
import type { SplitCase } from '../../mistakes/data/standardise.ts';
import { sampleForm, splitMistakes, standardiseProblem } from './q1a-standardise.ts';

/** The raw rows of both parts in the order of the batches; training rows of a dropped batch come last. */
function splitOf(run: PipelineRun): SplitCase {
  const [seen, val] = [idsOf(run.first), idsOf(run.val)];
  const known = new Set([...seen, ...val]);
  const dropped = run.x.map((_, id) => id).filter((id) => !known.has(id));
  const rows = (ids: readonly number[]) => ids.map((id) => run.x[id]!);
  // More than a batch is not a dropped batch but another split, which is judged elsewhere.
  return { train: rows(dropped.length < batchSize ? [...seen, ...dropped] : seen), validation: rows(val) };
}

/** What the rows of this split should be, as often as they come; `once` counts a repeated row once in the statistics. */
export function expectedOf(run: PipelineRun, compute: (split: SplitCase) => Answer, once = false): Answer {
  const split = splitOf(run);
  if (!once) return compute(split);
  const ids = [...new Set(idsOf(run.first))];
  const answer = compute({ ...split, train: ids.map((id) => run.x[id]!) });
  const place = new Map(ids.map((id, i) => [id, i]));
  return { ...answer, train: arrayOf(idsOf(run.first).map((id) => rowAt(answer['train']!, place.get(id)!))) };
}

const rightForms = [standardiseProblem.oracle, sampleForm.compute] as const;

/** The run with its rows told by their features, where only so its values are right; else as it is. */
export function withRowsTold(run: PipelineRun): PipelineRun {
  const right = (one: PipelineRun) => isReadable(one) && rightForms.some((compute) => hasValues(one, compute));
  if (right(run)) return run;
  const other = byFeatures(run);
  return other !== undefined && right(other) ? other : run;
}

/** Whether there is a row in either part; without one nothing can be said about values. */
export const hasRows = ({ first, val }: PipelineRun): boolean =>
  [first, val].every((batches) => batches.some(({ rows }) => rows.length > 0) && idsOf(batches).length > 0);
export const notJudgedEmpty = { earned: 0, skipped: 'Not judged: one of the two parts holds no rows.' };

/** Repeated rows cost their mark where batches are counted. */
const hasValues = (run: PipelineRun, compute: (split: SplitCase) => Answer): boolean =>
  hasRows(run) && (holds(run, expectedOf(run, compute)) || holds(run, expectedOf(run, compute, true)));

const firstColumn = (batches: readonly ReadBatch[], run: PipelineRun): number[] => {
  const ids = idsOf(batches);
  return ids.map((_, i) => i).sort((a, b) => run.x[ids[a]!]![0]! - run.x[ids[b]!]![0]!);
};
const sortedRows = (rows: number[][]): number[][] => [...rows].sort((a, b) => a[0]! - b[0]!);

/** Whether both parts hold these values; unpaired, rows may stand in any order. */
export function agrees(run: PipelineRun, expected: Answer, paired: boolean): boolean {
  return (['train', 'validation'] as const).every((part) => {
    const batches = part === 'train' ? run.first : run.val;
    const theirs = batches.flatMap((batch) => batch.rows);
    const rows = Array.from({ length: theirs.length }, (_, i) => rowAt(expected[part]!, i));
    if (paired) return near(theirs, rows);
    const order = firstColumn(batches, run);
    return near(
      sortedRows(theirs),
      order.map((i) => rows[i]!),
    );
  });
}

/** The values in whatever order. Rows whose first features are equal in float32 cannot be sorted by them, but stand in their own order. */
export const holds = (run: PipelineRun, expected: Answer): boolean =>
  agrees(run, expected, true) || agrees(run, expected, false);

const rowAt = ({ data, shape }: Answer[string], i: number): number[] => [
  ...data.slice(i * shape[1]!, (i + 1) * shape[1]!),
];
/** Columns without deviation have no standardised values: nothing agrees with them. */
const near = (yours: number[][], expected: number[][]): boolean =>
  yours.length === expected.length &&
  expected.every((row) => row.every(Number.isFinite)) &&
  judge(compareTensor('', arrayOf(yours), arrayOf(expected), float32), { ...float32, accept: float32.reject }) ===
    'accept';

/** Training statistics for both parts, exactly. */
export async function judgeValues(desk: Desk): Promise<Judgement> {
  const notes = new Set<string>();
  for (const run of (await pipelineRuns(desk)).map(withRowsTold)) {
    if (!isReadable(run)) return { earned: 0, skipped: 'Not judged: the rows cannot be told without their targets.' };
    if (!hasRows(run)) return notJudgedEmpty;
    const plain = hasValues(run, standardiseProblem.oracle);
    const sample = !plain && hasValues(run, sampleForm.compute);
    if (!plain && !sample) return explainValues(desk, run);
    if (sample) notes.add(sampleForm.title);
    const statistics = columnStatistics(
      standardisedWith(run, sample ? sampleForm.compute : standardiseProblem.oracle),
      sample ? 1 : 0,
    );
    for (const [name, yours, expected] of [
      ['mean', run.mean, statistics.mean],
      ['std', run.std, statistics.sd],
    ] as const) {
      const wanted = makeArray([expected.length], expected);
      // Population and sample deviation differ by less than 1 % here; either may be told.
      if (
        yours?.data.length === expected.length &&
        yours.data.every((v, j) => Math.abs(v / wanted.data[j]! - 1) < 0.005)
      )
        continue;
      const says = `The rows are right, but ${name} does not hold the statistics of the training rows.`;
      return fail({ says, yours: yours === undefined ? 'nothing' : inWords(yours) }, { earned: 0.75 });
    }
  }
  return pass({ notes: [...notes] });
}

/** The training rows whose statistics the values show: with repetitions, or each once. */
function standardisedWith(run: PipelineRun, compute: (split: SplitCase) => Answer): number[][] {
  const { train } = splitOf(run);
  return holds(run, expectedOf(run, compute)) ? train : [...new Set(train)];
}

async function explainValues(desk: Desk, run: PipelineRun): Promise<Judgement> {
  const found = splitMistakes.filter((variant) => holds(run, expectedOf(run, variant.compute)));
  if (await followsOwnFunction(desk, run)) {
    return pass({
      followThrough: 'The rows are what your own standardise makes of the two parts, which already lost its mark.',
    });
  }
  return fail(
    {
      says: 'The features in the batches are not standardised with the mean and the deviation of the training rows.',
      asked: `makePipeline on ${run.n} rows.`,
      hint: 'Split first, fit mean and deviation on the training rows, and use them for both parts.',
    },
    found.length === 0
      ? { earned: 0 }
      : {
          earned: 0,
          diagnosis: {
            mistakes: found.map(({ id }) => id),
            certainty: found.length === 1 ? 'certain' : 'consistent',
            says: found.map(({ title, advice }) => `It looks like ${title}. ${advice}`).join(' Or: '),
            evidence: [`All ${run.n} rows agree with it.`],
          },
        },
  );
}

const varies = ({ data }: Answer[string]): boolean => data.some((value) => value !== data[0]);

async function followsOwnFunction(desk: Desk, run: PipelineRun): Promise<boolean> {
  const split = splitOf(run);
  const own = standardiseProblem.read(await desk.ask(standardiseProblem, split), split);
  if ('misread' in own || own.misreads !== undefined) return false;
  // The same number for every row, zero or not, would follow from any rows.
  return Object.values(own.answer).every(varies) && holds(run, own.answer);
}
