/**
 * What the guest's own realm holds of the realm in which the student's code runs. The guest lives in a second realm with
 * intrinsics of its own, so that nothing a student does to Array.prototype, JSON or Promise reaches its code; everything it
 * makes for the student is made with these.
 */
import type { Reach } from './reach.ts';

/** Arguments and `this` of a call that came from the student's realm. */
export type Inner = (self: unknown, args: ArrayLike<unknown>) => unknown;

export type Bag = Record<PropertyKey, unknown>;
export type Callable = (...args: never[]) => unknown;

export interface Outside extends Reach {
  /** The student's global object. */
  global: Bag;
  readSync(bytes: Uint8Array, offset: number): number;
  writeSync(bytes: Uint8Array, offset: number): number;
  encodeUtf8(text: string): Uint8Array;
  decodeUtf8(bytes: Uint8Array): string;
  exit(code: number): never;
  /** Called when nothing is left to wait for; keeps the process alive so that it is called again. */
  onIdle(listener: () => void): void;
  onUncaught(listener: (error: unknown) => void): void;
  /** A turn of the event loop, in which timers that are due come first. */
  nextTurn(then: () => void): void;
  /** Compiles a CommonJS text to `(exports, require, module) => void`; positions in stacks are those of the text. */
  compile(code: string, path: string): Callable;
  /** Evaluates a script of the staged runtime, by name, with the code cache that lies in another file; `rejected` when that did not fit. */
  runCached(file: string, cache: string | undefined, name: string): { value: unknown; rejected: boolean };
  /** Whether the code cache of the guest's own realm did not fit. */
  ownCacheRejected(): boolean;
  /** For tfjs: gives modules of Node's, and hardly any once the library has started. */
  nodeRequire: unknown;
  libraryStarted(): void;
  dirname: string;
  /** Loads tfjs-node's binding, once; from then on nobody can load another library that way. */
  loadNative(): unknown;
  /** Collects garbage now. */
  collectGarbage(): void;
  nodeVersion: string;
  /** A function of the student's realm that calls `inner`; `name` is what stacks and messages show. */
  makeFunction(name: string, inner: Inner): Callable;
  makeObject(): Bag;
  makeArray(): unknown[];
  makeError(name: string, message: string): unknown;
  /** A proxy whose traps and target are things of the student's realm. */
  makeProxy(target: object, traps: Bag): object;
  /** What stands for Node's process. */
  process(): Bag;
  /** A module of Node that computes with texts only. */
  builtIn(name: 'path' | 'url'): Bag;
  isProxy(x: unknown): boolean;
  isPromise(x: unknown): boolean;
  isGenerator(x: unknown): boolean;
  /** Typed-array constructors as they were at the start: `Float32Array` is the real one in double precision, too. */
  typed: Record<'Float32Array' | 'Float64Array' | 'Int32Array' | 'Uint8Array', new (buffer: ArrayBuffer) => unknown>;
  makeBuffer(bytes: number): ArrayBuffer;
}
