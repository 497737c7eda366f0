/** The student's program as the guest holds it: library, modules, kept objects, and what each request does with them. */
import type { Backend, Precision } from '../../../model/guest.ts';
import type { Answers, LibraryExtent, Op, Request } from '../../../protocol/messages.ts';
import { tensorPackages } from '../language/program-files.ts';
import type { WireArg } from '../../../protocol/wire.ts';
import { createRandom } from '../../../numerics/random.ts';
import { describeModel } from './describe-model.ts';
import { weightsGiver } from './give-weights.ts';
import { createHandles } from './handles.ts';
import { makeArgs, needsLibrary } from './inward.ts';
import { watchBuiltIns } from './integrity.ts';
import { putCrypto } from './seeded-crypto.ts';
import { settle, takeItems } from './iterate.ts';
import { copyOf } from './look.ts';
import { promoteToDouble } from './double.ts';
import { loadLibrary, publishLibrary, type Library } from './library.ts';
import { createModules, kindOf, type Modules } from './modules.ts';
import type { Bag, Callable, Outside } from './outside.ts';
import { createOutward, type Outward } from './outward.ts';
import { packageOf } from './packages.ts';
import { functionAt, walk } from './target.ts';
import { createTripwire, type Tripwire } from './tripwire.ts';
import { cut, describeThrown, GuestTrouble, isOutOfMemory } from './trouble.ts';
import { createWatching, lacks } from './watching.ts';

/** More names than any module of a student's exports. */
const exportCap = 1000;

type RequestOf<O extends Op> = Extract<Request, { op: O }>;
type Handlers = {
  [O in Op]: (request: RequestOf<O>, binary: Uint8Array, outward: () => Outward) => Promise<Answers[O]> | Answers[O];
};

interface Program {
  /** Does what a request asks; rejects with GuestTrouble. Arrays of the answer, of at most `room` numbers, stand in `binary`, in order. */
  answer(request: Request, bytes: Uint8Array, room: number): Promise<{ ok: unknown; binary: Uint8Array[] }>;
  /** What the request that is being answered waits for, when nothing can happen any more. */
  waitsFor(): GuestTrouble;
  /** What an exception that reached nobody was. */
  describe(thrown: unknown): GuestTrouble;
  /** That the program has replaced something built in, if it has. */
  tampered(): GuestTrouble | undefined;
  /** Whose trouble it is that the guest's own work failed. */
  failure(work: string, thrown: unknown): GuestTrouble;
}

/** Does each; of trouble with one it is said which it was. */
async function inTurn<Part, Result>(
  parts: readonly Part[],
  work: (part: Part, i: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < parts.length; i++) {
    try {
      results[i] = await work(parts[i]!, i);
    } catch (error) {
      throw GuestTrouble.is(error) && i > 0 ? new GuestTrouble({ ...error.trouble, part: i }) : error;
    }
  }
  return results;
}

interface ReadyLibrary extends Library {
  published: Bag;
  tripwire: Tripwire;
}

export function createProgram(outside: Outside): Program {
  const handles = createHandles();
  let changedBuiltIn = watchBuiltIns(outside);
  const tampered = () => {
    const changed = changedBuiltIn();
    return changed === undefined ? undefined : new GuestTrouble({ kind: 'tampered', message: `replaced ${changed}` });
  };
  const failure: Program['failure'] = (work, thrown) => {
    const told = describeThrown(outside, thrown, new Set());
    // What the guest itself holds is bounded: the program has taken the rest.
    if (isOutOfMemory(told)) return new GuestTrouble(told);
    // The ground may have been pulled from under it.
    return tampered() ?? new GuestTrouble({ kind: 'ours', message: cut(`${work}: ${told.message}`) });
  };
  let backend: Backend = 'cpu';
  let precision: Precision = 'single';
  let extent: LibraryExtent = 'whole';
  let library: ReadyLibrary | undefined;
  let modules: Modules = createModules(outside, new Map(), new Map(), new Set());

  const needLibrary = async (): Promise<ReadyLibrary> => {
    if (library) return library;
    const loaded = await loadLibrary(outside, backend, precision, extent);
    const tripwire = createTripwire(outside, loaded);
    return (library = { ...loaded, tripwire, published: publishLibrary(outside, loaded.tf, tripwire.exports) });
  };

  const { begin, underPolicy, watched } = createWatching(
    outside,
    () => library?.tripwire,
    () => modules.paths,
  );

  const inward = async (args: readonly WireArg[], binary: Uint8Array): Promise<unknown[]> => {
    const tf = needsLibrary(args) ? (await needLibrary()).tf : library?.tf;
    return makeArgs({ outside, precision, handles, tf }, args, binary);
  };

  let random = createRandom(0, 'Math.random');
  const randomNumber = outside.makeFunction('random', () => random.next());
  const math = outside.global['Math'] as object;
  putCrypto(outside, () => random.next());
  const seed = (value: number) => {
    random = createRandom(value, 'Math.random');
    // A program that has closed its Math keeps the function that is there: the same one, from the first request on.
    Reflect.defineProperty(math, 'random', {
      value: randomNumber,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  };

  const invoke = async (
    request: RequestOf<'call' | 'construct'>,
    binary: Uint8Array,
    outward: () => Outward,
    apply: (f: Callable, self: unknown, args: unknown[]) => unknown,
  ): Promise<Answers['call']> => {
    // A getter may stand where a function is looked for.
    const { f: found, self } = await underPolicy('free', () =>
      functionAt(outside, request.target, modules, (id) => handles.get(id)),
    );
    const isSetter = 'method' in request.target && request.target.method === 'setWeights';
    const f = (isSetter && weightsGiver(outside, library?.tf, self, found)) || found;
    // Making the arguments may run what a student put into the library; it is watched like the call.
    library?.tripwire.arm('free');
    const args = await inward(request.args, binary);
    const before = library?.tripwire.disarm() ?? {};
    if (before.absent !== undefined) throw lacks(before.absent);
    const { result, differentiated } = await watched(request.policy, async () => {
      const { value: returned } = await settle(outside, apply(f, self, args));
      const out = outward();
      const value = out.encode(returned, request.keep);
      return request.argsAfter ? { value, argsAfter: args.map((arg) => out.encode(arg, 'value')) } : { value };
    });
    const used = before.differentiated ?? differentiated;
    return used === undefined ? result : { ...result, differentiated: used };
  };

  const handlers: Handlers = {
    boot: async (request) => {
      ({ backend, precision } = request);
      if (request.library !== 'none') extent = request.library;
      if (precision === 'double') {
        promoteToDouble(outside);
        changedBuiltIn = watchBuiltIns(outside);
      }
      const rejected = request.library === 'none' ? false : (await needLibrary()).cacheRejected;
      return { node: outside.nodeVersion, cacheRejected: rejected || outside.ownCacheRejected() };
    },
    load: async (request, binary) => {
      const wanted = request.imports.filter((name) => tensorPackages.includes(name));
      const absent = request.imports.filter((name) => !tensorPackages.includes(name));
      if (absent.length > 0)
        throw new GuestTrouble({ kind: 'ours', message: `no package ${absent.join(', ')} is inside` });
      const published = wanted.length > 0 ? (await needLibrary()).published : undefined;
      let at = 0;
      const texts = new Map(
        request.modules.map(
          ({ path, bytes }) => [path, outside.decodeUtf8(binary.subarray(at, (at += bytes)))] as const,
        ),
      );
      const libraries = new Map(wanted.map((name) => [name, packageOf(outside, name, published!)]));
      modules = createModules(outside, texts, libraries, new Set(request.names));
      seed(request.seed);
      return {};
    },
    inspect: () => {
      throw new GuestTrouble({ kind: 'ours', message: 'this language is read outside' });
    },
    exports: ({ module }) =>
      underPolicy('free', async () => {
        const { exports } = await modules.load(module);
        const names = copyOf(outside.keys(exports)).slice(0, exportCap);
        return { names: names.map((key): [string, string] => [cut(key, 900), kindOf(outside.get(exports, key))]) };
      }),
    call: (request, binary, outward) =>
      invoke(request, binary, outward, (f, self, args) => outside.apply(f, self, args)),
    construct: (request, binary, outward) =>
      invoke(request, binary, outward, (f, _, args) =>
        outside.isConstructor(f) ? outside.construct(f, args) : outside.apply(f, undefined, args),
      ),
    make: async ({ value }, binary, outward) => {
      const [made] = await inward([value], binary);
      return { value: outward().encode(made, 'handle') };
    },
    get: async ({ handle, paths, keep, policy }, _, outward) => {
      const holder = handles.get(handle);
      const read = async (path: string) => {
        const { owner, key } = walk(outside, holder, path);
        return outward().encode((await settle(outside, outside.get(owner, key))).value, keep);
      };
      return { values: await inTurn(paths, (path) => underPolicy(policy, () => read(path))) };
    },
    set: async ({ handle, values }, binary) => {
      const holder = handles.get(handle);
      const made = await inward(
        values.map(([, value]) => value),
        binary,
      );
      const write = (path: string, value: unknown) => {
        const { owner, key } = walk(outside, holder, path);
        outside.set(owner, key, value);
      };
      await inTurn(values, ([path], i) => underPolicy('free', () => write(path, made[i])));
      return {};
    },
    take: ({ handle, count, keep, policy }, _, outward) => {
      const holder = handles.get(handle);
      return underPolicy(policy, async () => {
        const out = outward();
        return { items: await takeItems(outside, holder, count, library?.tf, (item) => out.encode(item, keep)) };
      });
    },
    describe: ({ handle, weights }, _, outward) => {
      const holder = handles.get(handle);
      const carried = weights ? outward() : undefined;
      return underPolicy('free', () => ({ description: describeModel(outside, library?.tf, holder, carried) }));
    },
    seed: (request) => {
      seed(request.seed);
      return {};
    },
    // Programs in cells are written in another language.
    seen: () => ({ raised: [], drawn: [] }),
    release: ({ handle }) => {
      handles.release(handle);
      return {};
    },
  };

  return {
    waitsFor: () => {
      const module = modules.loading();
      const message =
        module === undefined
          ? 'returned a promise that never settles'
          : `cannot begin: ${module} awaits, outside of its functions, a promise that never settles`;
      return new GuestTrouble({ kind: 'never', message });
    },
    describe: (thrown) => new GuestTrouble(describeThrown(outside, thrown, modules.paths)),
    tampered,
    failure,
    answer: async (request, bytes, room) => {
      begin();
      let out: Outward | undefined;
      const outward = () => (out ??= createOutward(outside, handles, library?.tf, room));
      try {
        const handler = handlers[request.op] as (r: Request, b: Uint8Array, o: typeof outward) => unknown;
        const ok = await handler(request, bytes, outward);
        return { ok, binary: out?.binary ?? [] };
      } catch (error) {
        throw GuestTrouble.is(error) ? error : failure(request.op, error);
      }
    },
  };
}
