/** The values in a pipeline's batches: features standardised with the statistics of the training rows, so that nothing leaks. */
import { columnStatistics } from '../../reference/oracles/standardise.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Variant } from '../key.ts';
import type { SplitCase } from '../mistakes/data/standardise.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { inWords } from '../values.ts';
import type { PipelineRun } from './table-pipeline.ts';
import { isReadable } from './table-pipeline.ts';
import type { TableRuns } from './table-values.ts';
import { expectedOf, hasRows, hasValues, holds, notJudgedEmpty, notTold, splitOf } from './table-values.ts';

interface Standardised {
  /** The pipeline, and the student's own function that standardises two parts. */
  pipeline: string;
  name: string;
  problem: Problem<SplitCase>;
  /** The other form of the deviation that is right. */
  accepted: Variant<SplitCase>;
  /** Set where this is judged in the place of the own function, which a script does not have. */
  inItsPlace?: true;
}

/** Training statistics for both parts, exactly. */
export async function judgeStandardised(
  context: CheckContext,
  { runs }: TableRuns,
  asked: Standardised,
): Promise<Judgement> {
  const { problem, accepted } = asked;
  const notes = new Set<string>();
  for (const { told: run } of runs) {
    if (!isReadable(run)) return notTold;
    if (!hasRows(run)) return notJudgedEmpty;
    const plain = hasValues(run, problem.oracle);
    const sample = !plain && hasValues(run, accepted.compute);
    if (!plain && !sample) return explainValues(context, run, asked);
    if (sample) notes.add(accepted.title);
    if (run.isScript) continue;
    const statistics = columnStatistics(
      standardisedWith(run, sample ? accepted.compute : problem.oracle),
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

async function explainValues(
  context: CheckContext,
  run: PipelineRun,
  { pipeline, name, problem, inItsPlace }: Standardised,
): Promise<Judgement> {
  const found = problem.mistakes.filter((variant) => holds(run, expectedOf(run, variant.compute)));
  if (run.isScript && inItsPlace === undefined && found.length > 0) {
    return pass({
      followThrough:
        'The rows are what your own way to standardise makes of the two parts, which already lost its mark.',
    });
  }
  if (run.isScript === undefined && (await followsOwnFunction(context, run, problem))) {
    return pass({
      followThrough: `The rows are what your own ${name} makes of the two parts, which already lost its mark.`,
    });
  }
  return fail(
    {
      says: 'The features in the batches are not standardised with the mean and the deviation of the training rows.',
      asked: `${pipeline} on ${run.n} rows.`,
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

async function followsOwnFunction(
  context: CheckContext,
  run: PipelineRun,
  problem: Problem<SplitCase>,
): Promise<boolean> {
  const split = splitOf(run);
  const own = problem.read(await context.ask(problem, split), split);
  if ('misread' in own || own.misreads !== undefined) return false;
  // The same number for every row, zero or not, would follow from any rows.
  return Object.values(own.answer).every(varies) && holds(run, own.answer);
}
