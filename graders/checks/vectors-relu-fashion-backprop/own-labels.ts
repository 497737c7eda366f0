/** Labels are whole numbers in a tensor of integers or of floats: what P4a may give, the functions after it may rely on. */
import type { Guest } from '../../model.ts';
import { ProgramStopped, unlessStopped } from '../../stopped.ts';
import { fieldOf, isArray, isHandle } from '../../values.ts';
import { pixels, setArg } from './fashion-net.ts';
import type { LabelType } from './fashion-net.ts';

/**
 * What `use` gives with labels as integers; where the program stops on them, and its own loaders give floats, what it gives
 * with floats. `use` is called twice then, and has to make all that it hands over anew.
 */
export async function withOwnLabels<T>(guest: Guest, use: (labels: LabelType) => Promise<T>): Promise<T> {
  try {
    return await use('int32');
  } catch (error) {
    if (!(error instanceof ProgramStopped && error.kind === 'crash' && (await ownLabels(guest)) === 'float32')) {
      throw error;
    }
    return use('float32');
  }
}

/** The type of the labels in the student's own training batches; integers where there are none to look at. */
const ownLabels = (guest: Guest): Promise<LabelType> =>
  unlessStopped(async () => {
    const sent = setArg({ images: new Uint8Array(2 * pixels), labels: Uint8Array.of(3, 5) });
    const { value } = await guest.call({ module: 'p4a.ts', name: 'loaders' }, [sent, sent, 2], { keep: 'handle' });
    const loader = isHandle(value) ? await guest.get(value.id, 'train', { keep: 'handle' }) : undefined;
    const [batch] = isHandle(loader) ? await guest.take(loader.id, 1) : [];
    const labels = fieldOf(batch, 'ys');
    return isArray(labels) && labels.dtype.startsWith('float') ? 'float32' : 'int32';
  }, 'int32');
