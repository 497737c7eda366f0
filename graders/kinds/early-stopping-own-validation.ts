/** Follow-through of early stopping: a run that validates on the training rows, and is right in everything that follows. */
import type { CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import { right } from '../mistakes/training/stopped-run.ts';
import type { StoppingProbe } from '../mistakes/training/stopped-run.ts';
import type { Diagnosis } from '../model/finding.ts';
import type { Problem } from '../problem.ts';
import { unlessStopped } from '../stopped.ts';

const onTraining: Diagnosis = {
  mistakes: ['validates-on-training'],
  certainty: 'certain',
  says: 'Your validation errors are those of the training rows after each epoch: validate on the other data set that train receives.',
  evidence: ['All probes agree with the errors of the training rows; loss and mae of training are right.'],
};

/** What a run with the training rows as validation rows should end with, and does: names of tensors; empty for other runs. */
const rightOnTraining = (context: CheckContext, problem: Problem<StoppingProbe>): Promise<readonly string[]> =>
  context.oncePerSubmission(`${problem.id}/on training`, () =>
    unlessStopped(async () => {
      let agreeing = Object.keys(right(context.probes(problem)[0]!));
      for (const probe of context.probes(problem)) {
        const swapped = { ...probe, val: probe.train };
        const reading = problem.read(await context.ask(problem, probe), swapped);
        const expected = right(swapped);
        agreeing = agreeing.filter(
          (name) =>
            'answer' in reading && expected[name]!.data.every((value, i) => reading.answer[name]!.data[i] === value),
        );
      }
      return agreeing.includes('series') ? agreeing : [];
    }, []),
  );

/** The judgement, or full marks where these results follow rightly from errors on the training rows, which cost in the history. */
export async function followingOwnValidation(
  context: CheckContext,
  problem: Problem<StoppingProbe>,
  judgement: Judgement,
  names: readonly string[],
): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const agreeing = await rightOnTraining(context, problem);
  if (!names.every((name) => agreeing.includes(name))) return judgement;
  return pass({
    followThrough: 'It is right for your own validation errors, whose mistake is paid for in the history.',
  });
}

/** The judgement of the history, with the reason where its validation series are those of the training rows. */
export async function namingOwnValidation(
  context: CheckContext,
  problem: Problem<StoppingProbe>,
  judgement: Judgement,
): Promise<Judgement> {
  if (judgement.earned === 1 || (await rightOnTraining(context, problem)).length === 0) return judgement;
  return { ...judgement, diagnosis: onTraining };
}
