/**
 * An image classifier in several functions, of which later ones are asked with models and batches of the grader: what these
 * take over from the student's own, the outputs of the model and the type of the labels.
 */
import type { ImageSet } from './image-set.ts';
import { pixels, setArg } from './image-set.ts';
import { oncePerGuest } from './once-per-guest.ts';
import { builtBy } from './predictions-question.ts';
import type { Output } from './relu-classifier.ts';
import { outputOf } from './relu-classifier.ts';
import type { Arg, Guest } from '../model/guest.ts';
import { ProgramStopped, unlessStopped } from '../stopped.ts';
import { fieldOf, inWords, isArray, isHandle } from '../values.ts';

/** A function of the student's: the unit that holds it, and its name. */
export interface Named {
  module: string;
  name: string;
}

/** Where the functions stand. */
export interface OwnClassifier {
  /** Builds the model. */
  model: Named;
  /** Makes the batches: `(train, test, batch) => { train, test }`. */
  loaders: Named;
  /** Given by the sheet: `(set, batch, label type)`, batches in a fixed order. */
  batches: Named;
}

/** What the labels of a batch are kept as. */
export type LabelType = 'int32' | 'float32';

/** The grader's batches in a fixed order, kept inside. */
export async function fixedBatches(
  guest: Guest,
  { batches }: OwnClassifier,
  set: ImageSet,
  batch: number,
  labels: LabelType = 'int32',
): Promise<Arg> {
  const { value } = await guest.call(batches, [setArg(set), batch, labels], { keep: 'handle' });
  if (!isHandle(value)) throw new Error(`the given ${batches.name} returned ${inWords(value)}`);
  return { kind: 'handle', id: value.id };
}

/**
 * What the student's model gives: the grader's models follow it. A model that cannot be built gives logits, as the sheet does.
 * Asked once for each process.
 */
export const ownOutput = oncePerGuest((guest, { model }: OwnClassifier): Promise<Output> =>
  unlessStopped(
    async () => outputOf(await guest.describe(await builtBy(guest, model.module, model.name), { weights: false })),
    'logits',
  ),
);

/**
 * What `use` gives with labels as integers; where the program stops on them, and its own loaders give floats, what it gives
 * with floats. `use` is called twice then, and has to make all that it hands over anew.
 */
export async function withOwnLabels<T>(
  guest: Guest,
  own: OwnClassifier,
  use: (labels: LabelType) => Promise<T>,
): Promise<T> {
  try {
    return await use('int32');
  } catch (error) {
    if (!(error instanceof ProgramStopped && error.kind === 'crash' && (await ownLabels(guest, own)) === 'float32')) {
      throw error;
    }
    return use('float32');
  }
}

/** The type of the labels in the student's own training batches; integers where there are none to look at. */
const ownLabels = (guest: Guest, { loaders }: OwnClassifier): Promise<LabelType> =>
  unlessStopped(async () => {
    const sent = setArg({ images: new Uint8Array(2 * pixels), labels: Uint8Array.of(3, 5) });
    const { value } = await guest.call(loaders, [sent, sent, 2], { keep: 'handle' });
    const loader = isHandle(value) ? await guest.get(value.id, 'train', { keep: 'handle' }) : undefined;
    const [batch] = isHandle(loader) ? await guest.take(loader.id, 1) : [];
    const labels = fieldOf(batch, 'ys');
    return isArray(labels) && labels.dtype.startsWith('float') ? 'float32' : 'int32';
  }, 'int32');
