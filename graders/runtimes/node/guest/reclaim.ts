/**
 * Frees the memory of tensors that nothing can reach any more; most student code, and every result left behind, disposes of
 * nothing. Part of the library's bundle: it lives in the library's realm and sees what the library sees.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tf } from './tf.ts';

const { apply } = Reflect;

/** Bytes of tensors beyond which it is worth looking for garbage; a collection takes some milliseconds. */
const WORTHWHILE_BYTES = 64e6;

interface Engine {
  trackTensor: (tensor: Tensor, ...rest: unknown[]) => unknown;
  disposeTensor: (tensor: Tensor) => unknown;
  state: { tensorInfo: WeakMap<object, { backend: { disposeData(dataId: object): boolean } }> };
}

/**
 * From here on, a tensor that is garbage gives back its bytes in a later turn of the event loop. Disposing after each call
 * instead would take away tensors that student modules keep for the next one. The plain JavaScript backend needs it not: its bytes are
 * ordinary garbage.
 * `hidden`: V8 does not see the bytes, so that nobody but us knows when garbage is worth collecting.
 */
export function reclaimTensors(tf: Tf, hidden: boolean, collectGarbage: () => void): void {
  const engine = tf.engine() as unknown as Engine;
  const { trackTensor, disposeTensor } = engine;
  let alive = 0;
  let limit = WORTHWHILE_BYTES;
  // Each tensor counts as one reference to its bytes; the backend frees them with the last.
  const garbage = new FinalizationRegistry<{ dataId: object; bytes: number }>(({ dataId, bytes }) => {
    alive -= bytes;
    limit = Math.min(limit, alive + WORTHWHILE_BYTES);
    engine.state.tensorInfo.get(dataId)?.backend.disposeData(dataId);
  });
  engine.trackTensor = function (this: unknown, tensor, ...rest) {
    const { dataId, size } = tensor;
    const bytes = 4 * size;
    garbage.register(tensor, { dataId, bytes }, tensor);
    alive += bytes;
    if (hidden && alive > limit) {
      collectGarbage();
      limit = alive + WORTHWHILE_BYTES;
    }
    return apply(trackTensor, this, [tensor, ...rest]);
  };
  engine.disposeTensor = function (this: unknown, tensor) {
    if (garbage.unregister(tensor)) alive -= 4 * tensor.size;
    return apply(disposeTensor, this, [tensor]);
  };
}
