/** The packages of tfjs, which a program may import one by one where the whole is allowed: all of them are parts of one object. */
import { define } from './make.ts';
import type { Bag, Outside } from './outside.ts';

/** What a package of that name gives; `published` is the whole library. The grader has chosen and set up the backend. */
export function packageOf(outside: Outside, name: string, published: Bag): Bag {
  if (name === '@tensorflow/tfjs-data') return published['data'] as Bag;
  if (name === '@tensorflow/tfjs-backend-cpu') return published['cpu'] as Bag;
  if (name !== '@tensorflow/tfjs-backend-wasm') return published;
  const backend = outside.makeObject();
  for (const setting of ['setWasmPath', 'setWasmPaths', 'setThreadsCount']) {
    define(
      backend,
      setting,
      outside.makeFunction(setting, () => undefined),
    );
  }
  define(
    backend,
    'getThreadsCount',
    outside.makeFunction('getThreadsCount', () => 1),
  );
  define(backend, 'version_wasm', published['version_core']);
  return backend;
}
