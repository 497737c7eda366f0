/** Follow-through of Question 1b: a run that validates on the training rows, and is right in everything that follows. */
import type { Desk, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { Diagnosis } from '../../model.ts';
import { right } from './q1b-replay.ts';
import { stoppingProblem } from './q1b-stopping.ts';
import { unlessStopped } from '../../stopped.ts';

const onTraining: Diagnosis = {
  mistakes: ['validates-on-training'],
  certainty: 'certain',
  says: 'Your validation errors are those of the training rows after each epoch: validate on the other data set that train receives.',
  evidence: ['All probes agree with the errors of the training rows; loss and mae of training are right.'],
};

/** What a run with the training rows as validation rows should end with, and does: names of tensors; empty for other runs. */
const rightOnTraining = (desk: Desk): Promise<readonly string[]> =>
  desk.share('q1b.on-training', () =>
    unlessStopped(async () => {
      let agreeing = Object.keys(right(desk.probes(stoppingProblem)[0]!));
      for (const probe of desk.probes(stoppingProblem)) {
        const swapped = { ...probe, val: probe.train };
        const reading = stoppingProblem.read(await desk.ask(stoppingProblem, probe), swapped);
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
  desk: Desk,
  judgement: Judgement,
  names: readonly string[],
): Promise<Judgement> {
  if (judgement.earned === 1) return judgement;
  const agreeing = await rightOnTraining(desk);
  if (!names.every((name) => agreeing.includes(name))) return judgement;
  return pass({
    followThrough: 'It is right for your own validation errors, whose mistake is paid for in the history.',
  });
}

/** The judgement of the history, with the reason where its validation series are those of the training rows. */
export async function namingOwnValidation(desk: Desk, judgement: Judgement): Promise<Judgement> {
  if (judgement.earned === 1 || (await rightOnTraining(desk)).length === 0) return judgement;
  return { ...judgement, diagnosis: onTraining };
}
