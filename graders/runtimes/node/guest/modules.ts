/**
 * The student's modules: CommonJS texts by path, evaluated when first needed, importing each other and what is allowed. A
 * module that awaits something outside of its functions hands its body to `require.ready`; whoever needs it waits for it.
 */
import { meantInstead } from '../language/meant-file.ts';
import { isLocal, packageIn, resolveLocal } from '../language/program-files.ts';
import type { EarlyExports } from './early-exports.ts';
import { createEarlyExports } from './early-exports.ts';
import { isArray } from './intrinsics.ts';
import { settle } from './iterate.ts';
import { copyOf } from './look.ts';
import type { Bag, Callable, Outside } from './outside.ts';
import { standInFor } from './stand-in.ts';
import { cut, describeThrown, GuestTrouble } from './trouble.ts';

export interface Modules {
  /** Exports of a module that has finished loading, in a box; rejects with GuestTrouble when it is missing or throws while it loads. */
  load(path: string): Promise<{ exports: object }>;
  /** The module that is waited for, if any. */
  loading(): string | undefined;
  paths: ReadonlySet<string>;
}

/** A module whose evaluation has begun. */
interface Started {
  module: Bag;
  /** Settles when the body has run; absent for a module that needed no time. */
  finished?: Promise<unknown>;
  /** Modules that it waits for. */
  awaited: Set<string>;
}

const namesTold = 20;
/** More modules than a submission has files. */
const listCap = 10_000;

/** `libraries` are the packages that may be imported, by specifier; `names` all files that were handed in. */
export function createModules(
  outside: Outside,
  texts: ReadonlyMap<string, string>,
  libraries: ReadonlyMap<string, unknown>,
  names: ReadonlySet<string>,
): Modules {
  const begun = new Map<string, Started>();
  const standIns = new Map<string, unknown>();
  const failed = new Map<string, GuestTrouble>();
  const paths = new Set(texts.keys());
  let loading: string | undefined;

  const start = (path: string): Started => {
    const known = begun.get(path);
    if (known) return known;
    const module = outside.makeObject();
    module['exports'] = outside.makeObject();
    // Whoever asks was not started alone.
    module['parent'] = outside.makeObject();
    const started: Started = { module, awaited: new Set() };
    begun.set(path, started);
    const require = outside.makeFunction('require', (_, args) => importFrom(path, outside.text(args[0])));
    const ready = outside.makeFunction('ready', (_, args) => {
      // Once: the compiled text calls it first, anything later is the student's own idea.
      if (started.finished) return;
      const needs = textsOf(outside, args[0]);
      const early = createEarlyExports(outside, module, args[2] === undefined ? [] : textsOf(outside, args[2]));
      started.finished = finish(path, started, needs, args[1] as Callable, early);
      // Told to whoever waits; nobody may.
      started.finished.catch(() => undefined);
    });
    Object.defineProperty(require, 'ready', { value: ready });
    try {
      const run = outside.compile(texts.get(path)!, path);
      outside.apply(run, undefined, [module['exports'], require, module]);
    } catch (error) {
      begun.delete(path);
      throw error;
    }
    return started;
  };

  const finish = async (
    path: string,
    started: Started,
    needs: readonly string[],
    body: Callable,
    early: EarlyExports,
  ): Promise<void> => {
    for (const need of needs) {
      const target = isLocal(need) ? resolveLocal(path, need, paths) : undefined;
      if (target === undefined) continue;
      const { finished } = start(target);
      // Of modules that need each other the one that was needed first begins last.
      if (finished === undefined || waitsFor(target, path)) continue;
      started.awaited.add(target);
      await finished;
      started.awaited.delete(target);
    }
    const running = outside.apply(body, undefined, []);
    early.follow();
    await settle(outside, running);
    early.follow();
  };

  const waitsFor = (path: string, other: string, seen = new Set<string>()): boolean => {
    if (path === other) return true;
    if (seen.has(path)) return false;
    seen.add(path);
    return [...(begun.get(path)?.awaited ?? [])].some((next) => waitsFor(next, other, seen));
  };

  const importFrom = (from: string, specifier: string): unknown => {
    const library = packageIn(libraries.keys(), specifier);
    if (library !== undefined) return libraries.get(library);
    if (!isLocal(specifier)) return standInOf(specifier);
    const target = resolveLocal(from, specifier, paths);
    if (target !== undefined) return outside.get(start(target).module, 'exports');
    const meant = meantInstead(from, specifier, names);
    throw outside.makeError('Error', `cannot find the module '${specifier}' in the submission${meant}`);
  };
  const standInOf = (specifier: string): unknown => {
    if (!standIns.has(specifier)) {
      const refusal = refusalOf(specifier, [...libraries.keys()]);
      standIns.set(specifier, standInFor(outside, specifier, refusal));
    }
    return standIns.get(specifier);
  };

  return {
    paths,
    loading: () => loading,
    load: async (path) => {
      const earlier = failed.get(path);
      if (earlier) throw earlier;
      if (!texts.has(path)) throw new GuestTrouble({ kind: 'missing', message: `${path} was not handed in` });
      loading = path;
      try {
        const started = start(path);
        if (started.finished) await started.finished;
        const exports = outside.get(started.module, 'exports');
        const isObject = (typeof exports === 'object' && exports !== null) || typeof exports === 'function';
        return { exports: isObject ? exports : outside.makeObject() };
      } catch (error) {
        const trouble = new GuestTrouble({ ...describeThrown(outside, error, paths), loading: path });
        failed.set(path, trouble);
        throw trouble;
      } finally {
        loading = undefined;
      }
    },
  };
}

/** What is told when a package that is not there is used after all. */
function refusalOf(specifier: string, allowed: readonly string[]): (used: string) => string {
  const [first] = allowed;
  const others = first === undefined ? '' : `${first} and `;
  return (used) => `cannot import '${specifier}': ${used} is not there, allowed are ${others}your own files (./…)`;
}

/** The texts of a list that the compiled module, or the student, has handed over. */
function textsOf(outside: Outside, list: unknown): string[] {
  const length = Math.min(outside.number(outside.get(list, 'length')), listCap) || 0;
  return Array.from({ length }, (_, i) => outside.text(outside.get(list, i)));
}

/** What a module exports under `name`; throws GuestTrouble('missing') that says what it does export. */
export function exportOf(outside: Outside, exports: object, path: string, name: string): unknown {
  if (outside.hasOwn(exports, name)) return outside.get(exports, name);
  // `export default { grads }`, `export default function grads`, `module.exports = grads` mean it as well.
  const whole = outside.hasOwn(exports, 'default') ? outside.get(exports, 'default') : exports;
  if (typeof whole === 'object' && whole !== null && outside.hasOwn(whole, name)) return outside.get(whole, name);
  if (typeof whole === 'function' && outside.get(whole, 'name') === name) return whole;
  const names = copyOf(outside.keys(exports));
  const others = names.length > 0 ? `it exports ${names.slice(0, namesTold).join(', ')}` : 'it exports nothing';
  throw new GuestTrouble({ kind: 'missing', message: cut(`${path} does not export ${name}; ${others}`) });
}

/** `function`, `class`, `array`, `object`, `number` … */
export function kindOf(x: unknown): string {
  if (typeof x === 'function') return isClass(x as Callable) ? 'class' : 'function';
  if (x === null) return 'null';
  return isArray(x) ? 'array' : typeof x;
}

/** Looks at the text, which no program can change. */
const isClass = (f: Callable) => Function.prototype.toString.call(f).startsWith('class');
