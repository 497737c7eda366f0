/** Trainings that are right but for the number of their epochs. */
import type { CheckContext } from '../check.ts';
import { agree } from '../follow-through.ts';
import { netsOf } from '../mistakes/training/course.ts';
import type { NdArray } from '../model/numbers.ts';
import { maxAbs } from '../numerics/arrays.ts';
import type { Band } from '../numerics/tolerance.ts';
import type { Answer } from '../question.ts';
import { readStep, stepBand } from './listed-net.ts';
import { netOf } from './sigmoid-net.ts';
import type { RunProbe } from './tested-training-question.ts';
import type { TestedTraining } from './tested-training.ts';
import { courseOf } from './tested-training.ts';

/** Whether every short training is the right one but for the number of its epochs, of which there is at least one in all of them. */
export async function miscountsEpochs(context: CheckContext, { problem }: TestedTraining): Promise<boolean> {
  let trained = 0;
  for (const probe of new Set(context.probes(problem))) {
    const reading = problem.read(await context.ask(problem, probe), probe);
    if (!('answer' in reading)) return false;
    const { answer, rounding } = reading;
    const count = Array.from({ length: 3 * probe.epochs + 1 }, (_, k) => weightsAfter(probe, k)).findIndex((right) =>
      Object.entries(right).every(([name, array]) => agree(answer[name], array, roundedBand(rounding?.[name], array))),
    );
    if (count < 0) return false;
    trained += count;
  }
  return trained > 0;
}

const weightsAfter = (probe: RunProbe, epochs: number): Answer =>
  readStep(probe.net, epochs === 0 ? probe.net : netOf(netsOf(courseOf({ ...probe, epochs })).at(-1)!), probe.lr);

const roundedBand = (lost: number | undefined, array: NdArray): Band => ({
  ...stepBand,
  accept: stepBand.accept + (lost ?? 0) / (maxAbs(array) || 1),
});
