/** A program that answers whatever it is asked with one and the same thing, without a process. */
import type { OpenGuest } from '../check-context.ts';
import type { CallOptions, Value } from '../model/guest.ts';

const kept = { kind: 'handle', id: 1, type: 'object', className: 'Box', keys: ['a'] } as const;
const handle = (): Value => ({ ...kept, keys: [...kept.keys] });

/** Every module exports what is asked for, every object is there, and all that comes out of it is this value. */
export function oneAnswer(value: Value): OpenGuest {
  const given = (call: CallOptions = {}) => Promise.resolve(call.keep === 'handle' ? handle() : value);
  const weights = typeof value === 'object' && value?.kind === 'array' ? [value] : [];
  const layer = { kind: 'dense', named: 'Dense', units: 3, trainable: true, restraints: [], weights } as const;
  const everything = { get: () => 'function', has: () => true };
  return {
    backend: 'cpu',
    precision: 'single',
    alive: true,
    output: () => '',
    close: () => Promise.resolve(),
    exports: () => Promise.resolve(new Proxy<Record<string, string>>({}, everything)),
    construct: () => Promise.resolve({ value: handle(), ms: 1 }),
    call: async (_, args, call) => ({
      value: await given(call),
      ms: 1,
      ...(call?.argsAfter === true && { argsAfter: args.map(() => value) }),
    }),
    make: () => Promise.resolve({ kind: 'handle', id: 2 }),
    get: (_handle, _path, call) => given(call),
    getAll: (_handle, paths, call) => Promise.all(paths.map(() => given(call))),
    set: () => Promise.resolve(),
    setAll: () => Promise.resolve(),
    take: () => Promise.resolve([value]),
    describe: () => Promise.resolve({ inputShape: [null, 4], outputShape: [null, 3], parameters: 15, layers: [layer] }),
    seed: () => Promise.resolve(),
  };
}
