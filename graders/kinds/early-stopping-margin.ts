/** The name of early stopping that asks for an improvement of some size, as `min_delta` of Keras does, or of a share of the best error. */
import type { CheckContext, Judgement } from '../check.ts';
import { endsWithMargin } from '../mistakes/training/stopped-run.ts';
import type { StoppingProbe } from '../mistakes/training/stopped-run.ts';
import type { Problem } from '../problem.ts';
import { settingOf } from './stopping-setting.ts';

interface Margin {
  says: string;
  isEnough(value: number, best: number): boolean;
}

const amounts = [1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5];
const shares = [1e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2];

const margins: readonly Margin[] = [
  ...amounts.map((amount) => ({
    says: `by ${amount}`,
    isEnough: (value: number, best: number) => value < best - amount,
  })),
  ...shares.map((share) => ({
    says: `by ${Number((100 * share).toPrecision(2))} % of the best one`,
    isEnough: (value: number, best: number) => value < best * (1 - share),
  })),
];

/** The judgement, with the reason where small improvements count for nothing. */
export async function namingMargin(
  context: CheckContext,
  problem: Problem<StoppingProbe>,
  judgement: Judgement,
): Promise<Judgement> {
  if (judgement.earned === 1 || (judgement.diagnosis?.mistakes.length ?? 0) > 0) return judgement;
  const margin = await settingOf(context, problem, 'margin', margins, (probe, { isEnough }) =>
    endsWithMargin(probe, isEnough),
  );
  if (margin === undefined) return judgement;
  const says =
    'Every smaller value is an improvement, however small the difference: yours has to be smaller by a margin.';
  const evidence = [`All runs end as those do that take an error for better where it is smaller ${margin.says}.`];
  return { ...judgement, diagnosis: { mistakes: ['asks-for-a-margin'], certainty: 'consistent', says, evidence } };
}
