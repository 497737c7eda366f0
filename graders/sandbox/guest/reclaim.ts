/** Frees the memory of tensors that nothing can reach any more; most student code, and every result left behind, disposes of nothing. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tf } from './tf.ts';
import type { Callable, Outside } from './outside.ts';

interface Engine {
  trackTensor: Callable;
  disposeTensor: Callable;
  state: { tensorInfo: WeakMap<object, { backend: { disposeData(dataId: object): boolean } }> };
}

/** Bytes of new tensors after which garbage is looked for: wasm memory is no pressure that the collector would feel. */
const dueBytes = 64 * 2 ** 20;

/**
 * From here on, a tensor that is garbage gives back its bytes, in a turn of the event loop after the returned function was called. Disposing after each call instead would take away tensors that
 * student modules keep for the next one. Only the wasm backend needs it: the others' bytes are ordinary garbage.
 */
export function reclaimTensors(outside: Outside, tf: Tf): () => void {
  const engine = tf.engine() as unknown as Engine;
  const { trackTensor, disposeTensor } = engine;
  let newBytes = 0;
  // Each tensor counts as one reference to its bytes; the backend frees them with the last.
  const garbage = new FinalizationRegistry<object>((dataId) => {
    engine.state.tensorInfo.get(dataId)?.backend.disposeData(dataId);
  });
  engine.trackTensor = outside.makeFunction('trackTensor', (self, args) => {
    const tensor = args[0] as Tensor;
    garbage.register(tensor, tensor.dataId, tensor);
    newBytes += tensor.size * 4;
    return Reflect.apply(trackTensor, self, args);
  });
  engine.disposeTensor = outside.makeFunction('disposeTensor', (self, args) => {
    garbage.unregister(args[0] as Tensor);
    return Reflect.apply(disposeTensor, self, args);
  });
  return () => {
    if (newBytes < dueBytes) return;
    newBytes = 0;
    outside.collectGarbage();
  };
}
