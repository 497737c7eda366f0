/** Frees the memory of tensors that nothing can reach any more; most student code, and every result left behind, disposes of nothing. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tf } from './tf.ts';
import type { Callable, Outside } from './outside.ts';

interface Engine {
  trackTensor: Callable;
  disposeTensor: Callable;
  state: { tensorInfo: WeakMap<object, { backend: { disposeData(dataId: object): boolean } }> };
}

/**
 * From here on, a tensor that is garbage gives back its bytes in a later turn of the event loop. Disposing after each call
 * instead would take away tensors that student modules keep for the next one. Only the wasm backend needs it: the others' bytes are ordinary garbage.
 */
export function reclaimTensors(outside: Outside, tf: Tf): void {
  const engine = tf.engine() as unknown as Engine;
  const { trackTensor, disposeTensor } = engine;
  // Each tensor counts as one reference to its bytes; the backend frees them with the last.
  const garbage = new FinalizationRegistry<object>((dataId) => {
    engine.state.tensorInfo.get(dataId)?.backend.disposeData(dataId);
  });
  engine.trackTensor = outside.makeFunction('trackTensor', (self, args) => {
    const tensor = args[0] as Tensor;
    garbage.register(tensor, tensor.dataId, tensor);
    return Reflect.apply(trackTensor, self, args);
  });
  engine.disposeTensor = outside.makeFunction('disposeTensor', (self, args) => {
    garbage.unregister(args[0] as Tensor);
    return Reflect.apply(disposeTensor, self, args);
  });
}
