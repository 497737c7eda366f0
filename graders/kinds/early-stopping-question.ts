/**
 * Training with early stopping: `train(model, train, val, { epochs, patience })` returns `{ history, bestEpoch, stoppedEpoch,
 * best }` and leaves the model with the weights of its best epoch. It is asked with a linear model and data that the grader
 * knows; how an answer is read takes a replay of every epoch and stands with the key (early-stopping.ts).
 */
import type { Arg, Guest } from '../model/guest.ts';
import { arrayOf, makeArray } from '../numerics/arrays.ts';
import type { Answered, Question } from '../question.ts';
import { ProgramStopped, unlessStopped } from '../stopped.ts';
import { inWords, isHandle, itemsOf } from '../values.ts';
import { isMeanAbsoluteError } from './metric-names.ts';
import { oncePerGuest } from './once-per-guest.ts';

/** Rows and their targets, cut into batches of so many. */
interface Rows {
  x: readonly (readonly number[])[];
  y: readonly number[];
  batch: number;
}

/** A run that is asked for: the rows, the weights at its start, and its limits. */
export interface AskedRun {
  train: Rows;
  val: Rows;
  start: readonly number[];
  epochs: number;
  patience: number;
  /** Set where the program is told no patience, so that its own default is the number above. */
  byDefault?: true;
}

/** Where the student's functions are, and the given one that makes batches in a fixed order. */
export interface Trainer {
  unit: string;
  builds: string;
  trains: string;
  batches: { module: string; name: string };
}

export const stoppingQuestion = (id: string, trainer: Trainer): Omit<Question<AskedRun>, 'read' | 'write'> => ({
  id,
  once: true,
  title: 'Early stopping on the validation MAE',
  precision: 'single',
  describe: ({ train, epochs, patience, byDefault }) =>
    `train with a linear model on ${train.y.length} rows in batches of ${train.batch}, at most ${epochs} epochs, patience ${patience}${byDefault ? ' (the default: none is given)' : ''}`,
  ask: (guest, probe) => ask(guest, trainer, probe),
});

/** Batches in a fixed order, made inside by the module that the sheet gives. */
export async function datasetOf(guest: Guest, { batches }: Trainer, x: number[][], y: number[], batchSize: number) {
  const { value } = await guest.call(batches, [arrayOf(x), arrayOf(y), batchSize], { keep: 'handle' });
  // The module is ours, the process is theirs.
  if (!isHandle(value)) throw new ProgramStopped('crash', `${batches.name} returned ${inWords(value)}.`);
  return { kind: 'handle', id: value.id } as const;
}

/** The metrics of the student's own model: their code will look for the mean absolute error under that name. */
export const metricsOf = oncePerGuest((guest, { unit, builds }: Trainer): Promise<Arg> => {
  const usual = { kind: 'list', items: ['mae'] } as const;
  return unlessStopped<Arg>(async () => {
    const { value } = await guest.call({ module: unit, name: builds }, [2], { keep: 'handle' });
    if (!isHandle(value)) return usual;
    const names = itemsOf(await guest.get(value.id, 'metricsNames')) ?? [];
    const metrics = await guest.get(value.id, 'metrics', { keep: 'handle' });
    const known = names.some(isMeanAbsoluteError);
    return known && isHandle(metrics) ? { kind: 'handle', id: metrics.id } : usual;
  }, usual);
});

async function ask(guest: Guest, trainer: Trainer, probe: AskedRun): Promise<Answered> {
  const metrics = await metricsOf(guest, trainer);
  const tensor = { container: 'tensor', dtype: 'float32' } as const;
  const features = probe.start.length;
  const weights = [makeArray([features, 1], probe.start, tensor), makeArray([1], [0], tensor)];
  const layers = [{ kind: 'dense', units: 1, weights }] as const;
  const model = await guest.make({ kind: 'network', inputShape: [features], layers });
  const compiled = { optimizer: 'sgd', loss: 'meanSquaredError', metrics } as const;
  await guest.call({ handle: model.id, method: 'compile' }, [{ kind: 'record', entries: compiled }]);
  const part = ({ x, y, batch }: Rows) =>
    datasetOf(
      guest,
      trainer,
      x.map((row) => [...row]),
      [...y],
      batch,
    );
  const { epochs, patience } = probe;
  const entries = probe.byDefault ? { epochs } : { epochs, patience };
  const sent = [model, await part(probe.train), await part(probe.val), { kind: 'record', entries }] as const;
  const { value } = await guest.call({ module: trainer.unit, name: trainer.trains }, sent, { wallMs: 20_000 });
  const after = await guest.describe(model.id);
  return { value: { kind: 'record', entries: { training: value, kernel: after.layers[0]?.weights[0] } } };
}
