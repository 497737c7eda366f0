/** Whether all weights of a model of several layers are put back: the error that it has afterwards is the one that is told as best. */
import type { CheckContext, Judgement } from '../check.ts';
import { fail } from '../check.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';
import { fieldOf, isArray, numberOf } from '../values.ts';
import type { Trainer } from './early-stopping-question.ts';
import { datasetOf, metricsOf } from './early-stopping-question.ts';

/** Relative: rounding is far below, and one epoch changes the error by tenths. */
const near = 1e-3;

/** A right judgement stands only where the weights and biases of both layers are those of the best epoch. */
export async function ifAllAreRestored(
  context: CheckContext,
  trainer: Trainer,
  judgement: Judgement,
): Promise<Judgement> {
  if (judgement.earned < 1 || judgement.followThrough !== undefined) return judgement;
  const random = context.random(`${trainer.unit}/restored`);
  const guest = await context.guest();
  const row = (...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Array.from({ length: size }, () => random.uniform(0.3, 0.6));
    return makeArray(shape, values, { container: 'tensor', dtype: 'float32' });
  };
  const model = await guest.make({
    kind: 'network',
    inputShape: [2],
    layers: [
      { kind: 'dense', units: 3, weights: [row(2, 3), row(3)] },
      { kind: 'dense', units: 1, weights: [row(3, 1), row(1)] },
    ],
  });
  const compiled = { optimizer: 'sgd', loss: 'meanSquaredError', metrics: await metricsOf(guest, trainer) } as const;
  await guest.call({ handle: model.id, method: 'compile' }, [{ kind: 'record', entries: compiled }]);
  const x = Array.from({ length: 6 }, () => [random.uniform(0.5, 1), random.uniform(0.5, 1)].map(Math.fround));
  // Training leads up, and away from what the validation rows want: the first epoch is the best one.
  const sent = [
    model,
    await datasetOf(
      guest,
      trainer,
      x,
      x.map(() => 6),
      6,
    ),
    await datasetOf(
      guest,
      trainer,
      x,
      x.map(() => -6),
      6,
    ),
    { kind: 'record', entries: { epochs: 6, patience: 3 } },
  ] as const;
  const { value } = await guest.call({ module: trainer.unit, name: trainer.trains }, sent, { wallMs: 20_000 });
  const told = numberOf(fieldOf(fieldOf(value, 'best'), 'mae'));
  const predicted = (
    await guest.call({ handle: model.id, method: 'predict' }, [arrayOf(x, { container: 'tensor', dtype: 'float32' })])
  ).value;
  if (told === undefined || !isArray(predicted)) return judgement;
  const left = predicted.data.reduce((sum, p) => sum + Math.abs(p + 6), 0) / x.length;
  if (Math.abs(left / told - 1) < near) return judgement;
  return fail({
    says: 'The model is not left with the weights of the best epoch: its validation MAE is another than your best.mae.',
    asked: 'train with a model of two dense layers, whose first epoch is the best one.',
    yours: `${left.toPrecision(4)} afterwards, best.mae ${told.toPrecision(4)}`,
    hint: 'Put the kernels and the biases of all layers back.',
  });
}
