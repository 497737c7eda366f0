/** Frees the memory of tensors that nothing can reach any more; most student code, and every result left behind, disposes of nothing. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tf } from './tf.ts';
import type { Callable, Outside } from './outside.ts';

/** Bytes of tensors beyond which it is worth looking for garbage; a collection takes some milliseconds. */
const WORTHWHILE_BYTES = 64e6;

interface Engine {
  trackTensor: Callable;
  disposeTensor: Callable;
  state: { tensorInfo: WeakMap<object, { backend: { disposeData(dataId: object): boolean } }> };
}

/**
 * From here on, a tensor that is garbage gives back its bytes in a later turn of the event loop. Disposing after each call
 * instead would take away tensors that student modules keep for the next one. The plain JavaScript backend needs it not: its bytes are
 * ordinary garbage.
 * `hidden`: V8 does not see the bytes, so that nobody but us knows when garbage is worth collecting.
 */
export function reclaimTensors(outside: Outside, tf: Tf, hidden: boolean): void {
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
  engine.trackTensor = outside.makeFunction('trackTensor', (self, args) => {
    const { dataId, size } = args[0] as Tensor;
    const bytes = 4 * size;
    garbage.register(args[0] as Tensor, { dataId, bytes }, args[0] as Tensor);
    alive += bytes;
    if (hidden && alive > limit) {
      outside.collectGarbage();
      limit = alive + WORTHWHILE_BYTES;
    }
    return Reflect.apply(trackTensor, self, args);
  });
  engine.disposeTensor = outside.makeFunction('disposeTensor', (self, args) => {
    const tensor = args[0] as Tensor;
    if (garbage.unregister(tensor)) alive -= 4 * tensor.size;
    return Reflect.apply(disposeTensor, self, args);
  });
}
