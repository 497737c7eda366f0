/** Follow-through of early stopping that looks at the validation errors from a later epoch on, as `start_from_epoch` of Keras has it. */
import type { CheckContext, Judgement } from '../check.ts';
import { endsWatchedFrom } from '../mistakes/training/stopped-run.ts';
import type { StoppingProbe } from '../mistakes/training/stopped-run.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { unlessStopped } from '../stopped.ts';

/** Beyond this no run is long enough to tell. */
const latest = 60;

const at = (answer: Answer, name: string) => answer[name]!.data[0]!;
const endsAs = (yours: Answer, expected: Answer): boolean =>
  at(yours, 'ran') === at(expected, 'ran') &&
  at(yours, 'bestEpoch') + at(yours, 'kept') === at(expected, 'bestEpoch') + at(expected, 'kept');

/** The first of these settings of a rule by which all runs end, and keep weights, as the program's do; undefined for other rules. */
export const settingOf = <Setting>(
  context: CheckContext,
  problem: Problem<StoppingProbe>,
  rule: string,
  settings: readonly Setting[],
  ends: (probe: StoppingProbe, setting: Setting) => Answer,
): Promise<Setting | undefined> =>
  context.oncePerSubmission(`${problem.id}/${rule}`, () =>
    unlessStopped(async () => {
      const seen: [StoppingProbe, Answer][] = [];
      for (const probe of context.probes(problem)) {
        const reading = problem.read(await context.ask(problem, probe), probe);
        if (!('answer' in reading)) return undefined;
        seen.push([probe, reading.answer]);
      }
      // What never stops has no rule that could be seen.
      if (seen.every(([probe, yours]) => at(yours, 'ran') >= probe.epochs)) return undefined;
      return settings.find((setting) => seen.every(([probe, yours]) => endsAs(yours, ends(probe, setting))));
    }, undefined),
  );

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
