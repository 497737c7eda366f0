/** Starts tfjs in the student's realm, in float32 or float64, and makes the one object that student modules import. */
import type { Backend, Precision } from '../../../model/guest.ts';
import type { LibraryExtent } from '../../../protocol/messages.ts';
import { typedTag } from './intrinsics.ts';
import type { borrowMissingKernels } from './borrow-kernels.ts';
import { settle } from './iterate.ts';
import { restoreNames } from './names.ts';
import type { Bag, Callable, Outside } from './outside.ts';
import type { reclaimTensors } from './reclaim.ts';
import { roomy } from './roomy.ts';
import type { Tf } from './tf.ts';
import { GuestTrouble } from './trouble.ts';

/** The bundle with its ways to start a backend; each bundle has one of the two. */
type Loaded = Tf & { setWasmPaths(path: string): void; startNative(binding: unknown): void } & {
  tellDerivatives(listener: Callable): void;
  /** The same of the binding's operations; only where there is a binding. */
  tellNativeDerivatives?(listener: Callable): void;
  borrowMissingKernels: typeof borrowMissingKernels;
  reclaimTensors: typeof reclaimTensors;
};

/** What the bundle holds beside the library. */
const ownExports = [
  ...['borrowMissingKernels', 'reclaimTensors', 'startNative', 'tellDerivatives', 'tellNativeDerivatives'],
];

export interface Library {
  /** The library's own exports, captured before any student code runs. */
  tf: Tf;
  cacheRejected: boolean;
  /** Calls `listener` whenever a derivative is called that an operation brings along, or gives by itself. */
  tellDerivatives(listener: Callable): void;
  /** What differentiates is not there at all. */
  forwardOnly: boolean;
}

/** The library as a whole, without what differentiates, or with marked derivatives. */
export async function loadLibrary(
  outside: Outside,
  backend: Backend,
  precision: Precision,
  extent: LibraryExtent,
): Promise<Library> {
  const chosen = precision === 'double' ? 'cpu' : backend;
  const file = `tf${chosen === 'node' ? '-node' : ''}${extent === 'whole' ? '' : `-${extent}`}`;
  // Derivatives are rarely marked: no cache is kept for that.
  const cache = extent === 'marked' ? undefined : `${file}.v8c`;
  const script = outside.runCached(`${file}.cjs`, cache, 'tfjs');
  const module = outside.makeObject();
  module['exports'] = outside.makeObject();
  (script.value as Callable)(...([module['exports'], outside.nodeRequire, module, outside.dirname] as never[]));
  const tf = module['exports'] as unknown as Loaded;

  restoreNames(tf);
  const platform = tf.env().platform as unknown as Bag;
  if (precision === 'double') {
    const typed = ['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array', 'Uint8ClampedArray'];
    platform['isTypedArray'] = outside.makeFunction('isTypedArray', (_, args) =>
      typed.includes(typedTag(args[0]) ?? ''),
    );
  }
  await startBackend(outside, tf, chosen);
  outside.libraryStarted();
  if (chosen !== 'cpu') {
    tf.borrowMissingKernels(tf, tfName(chosen));
    tf.reclaimTensors(tf, chosen === 'node', outside.collectGarbage);
  }
  const tellDerivatives = (listener: Callable) => {
    tf.tellDerivatives(listener);
    tf.tellNativeDerivatives?.(listener);
  };
  return { tf, tellDerivatives, forwardOnly: extent === 'forward', cacheRejected: script.rejected };
}

/** The backend's name in tfjs. */
const tfName = (backend: Backend) => (backend === 'node' ? 'tensorflow' : backend);

async function startBackend(outside: Outside, tf: Loaded, backend: Backend) {
  if (backend === 'node') tf.startNative(outside.loadNative());
  if (backend === 'wasm') tf.setWasmPaths(`${outside.dirname}/`);
  const { value: ready } = await settle(outside, tf.setBackend(tfName(backend)));
  if (ready !== true) throw new GuestTrouble({ kind: 'ours', message: `tfjs could not start its ${backend} backend` });
  // The cpu backend greets Node users on first use.
  if (backend === 'cpu') (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
}

/** The object that `import * as tf from '@tensorflow/tfjs'` gives: read-only, so that no module can change it for another. */
export function publishLibrary(outside: Outside, tf: Tf, guarded: Readonly<Record<string, unknown>>): Bag {
  const published = roomy(outside.makeObject());
  const instead: Bag = { setBackend: setBackendOf(outside, tf), ...guarded };
  for (const key of Object.keys(tf)) {
    if (ownExports.includes(key)) continue;
    Object.defineProperty(published, key, { value: instead[key] ?? (tf as unknown as Bag)[key], enumerable: true });
  }
  Object.defineProperty(published, 'default', { value: published });
  Object.defineProperty(published, '__esModule', { value: true });
  return published;
}

/** A program may ask for the backend of its own machine: where the grader has another one, that goes on computing. */
function setBackendOf(outside: Outside, tf: Tf): Callable {
  return outside.makeFunction('setBackend', (_, args) => tf.setBackend(args[0] === 'cpu' ? 'cpu' : tf.getBackend()));
}
