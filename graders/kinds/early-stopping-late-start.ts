/** Follow-through of early stopping that looks at the validation errors from a later epoch on, as `start_from_epoch` of Keras has it. */
import type { CheckContext, Judgement } from '../check.ts';
import { endsWatchedFrom } from '../mistakes/training/stopped-run.ts';
import type { StoppingProbe } from '../mistakes/training/stopped-run.ts';
import type { Problem } from '../problem.ts';
import { settingOf } from './stopping-setting.ts';

/** Beyond this no run is long enough to tell. */
const latest = 60;

/** The epoch from which on the program watches: all runs end, and keep weights, as they do from there; undefined for others. */
export const watchedFrom = (context: CheckContext, problem: Problem<StoppingProbe>): Promise<number | undefined> =>
  settingOf(
    context,
    problem,
    'watched from',
    Array.from({ length: latest }, (_, i) => i + 1),
    endsWatchedFrom,
  );

/** The judgement, with the reason where the program begins to watch too late. */
export async function namingLateStart(
  context: CheckContext,
  problem: Problem<StoppingProbe>,
  judgement: Judgement,
): Promise<Judgement> {
  if (judgement.earned === 1 || (judgement.diagnosis?.mistakes.length ?? 0) > 0) return judgement;
  const from = await watchedFrom(context, problem);
  if (from === undefined) return judgement;
  const says = `Your training looks at the validation MAE from epoch ${from} on only: every epoch counts, the first one as well.`;
  const evidence = [`All runs end as one does that leaves out the first ${from === 1 ? 'epoch' : `${from} epochs`}.`];
  return { ...judgement, diagnosis: { mistakes: ['watches-later'], certainty: 'certain', says, evidence } };
}
