/**
 * What crosses into the sandbox and back, and the student's program as the grader addresses it.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Guest, Value } from 'gradmark/model/guest';
 *
 * const lossOf = async (guest: Guest): Promise<Value> => {
 *   const net = await guest.make({ kind: 'network', inputShape: [2], layers: [{ kind: 'dense', units: 1 }] });
 *   return (await guest.call({ module: 'q1', name: 'loss' }, [net], { argsAfter: true })).value;
 * };
 * assert.equal(typeof lossOf, 'function');
 * ```
 */
import type { Policy } from './assignment.ts';
import type { NetworkDescription, NetworkPlan } from './network.ts';
import type { NdArray } from './numbers.ts';

/** What the grader sends in as an argument. Anything here is public to the student's process: never an expected value. */
export type Arg =
  | undefined
  | null
  | boolean
  | number
  | string
  | NdArray // rebuilt as its `container` says: tensor or variable of the library, typed array, nested lists …
  | { kind: 'list'; items: readonly Arg[] }
  | { kind: 'record'; entries: Readonly<Record<string, Arg>> }
  | { kind: 'handle'; id: number } // an object that stayed inside
  | ({ kind: 'network' } & NetworkPlan) // a model of the library, built inside
  | { kind: 'bytes'; data: Uint8Array } // a Uint8Array inside
  /** An RngTape inside: plays the listed draws first, then a seeded generator (graders/numerics/random.ts, same stream). */
  | { kind: 'rng'; seed: number; normals?: readonly number[]; uniforms?: readonly number[] };

/** What came back, decoded and validated. It is a claim of the student's process, never a verdict. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | NdArray
  | { kind: 'list'; items: Value[] }
  | ({ kind: 'record'; entries: Record<string, Value>; className?: string } & RecordMarks)
  | { kind: 'handle'; id: number; type: 'function' | 'object'; className: string; keys: string[] }
  | { kind: 'opaque'; what: string }; // bigint, symbol, cut-off depth …: named, not carried

/** What a process says of how a record came about. */
export interface RecordMarks {
  /** Its numbers were read from what the program printed, the longest of them with so many decimals. */
  printed?: number;
  /** They stood in variables of the program, which were made anew. */
  held?: true;
}

/** Why the student's program gave no answer. */
export type StopKind = 'crash' | 'timeout' | 'memory' | 'refused';

/** On what the tensor library computes. */
export type Backend = 'wasm' | 'cpu' | 'node';
/** `double` runs the tensor library in float64, to settle what float32 cannot. */
export type Precision = 'single' | 'double';

/** How well the student's process is contained; the words readers see are in graders/sandbox/levels.ts. */
export type SandboxLevel = 'A' | 'A-' | 'C' | 'D';

/** What somebody says contains a program where the sandbox does not: their word, which nothing here proves. */
export type StatedContainment = 'container';

/** What of the student's is addressed: an export of one of their modules, or an object kept inside (or its method). */
export type Target = { module: string; name: string } | { handle: number; method?: string };

export interface CallOptions {
  /** `value` (default) copies the result out; `handle` leaves it inside and returns a handle. */
  keep?: 'value' | 'handle';
  wallMs?: number;
  /** Also report the arguments as they are after the call, so that mutation is seen. */
  argsAfter?: boolean;
  /** Arms the tripwire of this policy for the duration of the call. */
  policy?: Policy;
}

export interface Reply {
  value: Value;
  argsAfter?: Value[];
  /** The automatic differentiation that the call used, in the library's word; told whatever the policy. */
  differentiated?: string;
  /** What of a script was taken in the place of the function: variables, or a call. Absent where there is a function. */
  takenFrom?: string;
  ms: number;
}

/**
 * The student's program as the grader sees it: a sandboxed process that computes on request. Every method rejects with
 * ProgramStopped when the student's side throws, stops, exceeds a limit or lacks what is asked; any other rejection is ours.
 */
export interface Guest {
  readonly backend: Backend;
  readonly precision: Precision;
  /** Loads a module (once) and names its exports: `function`, `class`, `object`, `number` … */
  exports(module: string): Promise<Record<string, string>>;
  /** Calls and awaits. A generator or iterator comes back as a handle for `take`. */
  call(target: Target, args: readonly Arg[], options?: CallOptions): Promise<Reply>;
  /** `new module.name(...args)`, or the plain call where `new` is impossible; what it gives is kept inside as a handle. */
  construct(target: { module: string; name: string }, args: readonly Arg[], options?: CallOptions): Promise<Reply>;
  /** Builds an argument once and keeps it inside, e.g. a model that several calls share. */
  make(arg: Arg): Promise<{ kind: 'handle'; id: number }>;
  /** Reads a property by dotted path, e.g. `layers.0.weights`. */
  get(handle: number, path: string, options?: CallOptions): Promise<Value>;
  /** Reads several in one exchange, each in its turn: asking takes longer than what is asked. Rejects with the first that rejects. */
  getAll(handle: number, paths: readonly string[], options?: CallOptions): Promise<Value[]>;
  /** Writes a property by dotted path. */
  set(handle: number, path: string, value: Arg): Promise<void>;
  /** Writes several in one exchange, in this order. */
  setAll(handle: number, values: Readonly<Record<string, Arg>>): Promise<void>;
  /** Up to `count` items of an iterable, iterator, async iterable or data set of the library kept inside; a fresh iteration for iterables. */
  take(handle: number, count: number, options?: CallOptions): Promise<Value[]>;
  /**
   * A model of the library that is kept inside: its layers and weights, shapes, and how it is compiled. Without `weights` layers hold
   * none, which spares a megabyte where only the layers matter.
   */
  describe(handle: number, told?: { weights: boolean }): Promise<NetworkDescription>;
  /** Seeds Math.random inside, so that a verdict can be reproduced. */
  seed(seed: number): Promise<void>;
}
