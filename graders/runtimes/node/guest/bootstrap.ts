/**
 * Runs first in the sandboxed process, in the realm where the student's code will run: takes hold of everything the guest
 * needs before anybody can change it, and starts the guest in a realm of its own.
 */
import fs from 'node:fs';
import path, { join } from 'node:path';
import url from 'node:url';
import { types } from 'node:util';
import vm from 'node:vm';
import { closeCloning } from './close-cloning.ts';
import { closeLate } from './close-late.ts';
import { closeNetwork } from './close-network.ts';
import { closeProcess } from './close-process.ts';
import { forbidCodeFromText } from './code-from-text.ts';
import { requireForLibrary } from './library-require.ts';
import type { Bag, Callable, Inner, Outside } from './outside.ts';
import { plainStream } from './plain-stream.ts';
import { reach } from './reach.ts';
import { smallProcess } from './small-process.ts';

/** Set by the bundler: for the tests of the walls behind this one, Node's own process stays in reach. */
declare const KEEP_PROCESS: boolean;
/** Set where the guest is started once for its code caches to be written when it ends (../keep-code.ts). */
declare const KEEP_CODE: boolean;

/** The socket that the grader opened; the only way in and out. */
const channel = 3;

// Taken as values: an imported name would be looked up again at every use.
const { existsSync, readFileSync, readSync, writeFileSync, writeSync } = fs;
const { compileFunction, constants, createContext, runInNewContext, Script } = vm;
const { apply, defineProperty } = Reflect;
const { isPrototypeOf } = Object.prototype;
const { includes } = Array.prototype;
const folder = join(__dirname, '/');
const dlopen = process.dlopen.bind(process);
/** Where tfjs-node's binding lies, if it is to be used. */
const nativeFolder = process.argv[4] ?? '';
const builtInModule = process.getBuiltinModule.bind(process);
const library = requireForLibrary(builtInModule);
const collector = () => {
  const { setFlagsFromString } = builtInModule('node:v8');
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return gc;
};
/** Garbage is collected by hand where V8 cannot see how much memory it holds. */
const collectGarbage = nativeFolder === '' ? () => undefined : collector();
// Node's own loader of addons goes through this property, too.
Reflect.deleteProperty(process, 'dlopen');
const exitProcess = process.exit.bind(process);
const later = setImmediate;
const soon = setTimeout;
const pending = process.getActiveResourcesInfo.bind(process);
const processOn = process.on.bind(process);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encode = encoder.encode.bind(encoder);
const decode = decoder.decode.bind(decoder);
const buffers = ArrayBuffer;
const proxies = Proxy;
const pureModules = { path, url } as unknown as Record<'path' | 'url', Bag>;
// Inherits from nothing: a name that is not there is asked of nobody.
const errors = { __proto__: null, Error, TypeError } as unknown as Record<string, ErrorConstructor>;
const realm = createContext(constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } });
/** What everything that the guest makes inherits from; the guest's errors, too. */
const [guestObject, guestError] = new Script('[Object.prototype, Error.prototype]').runInContext(realm) as object[];

function named<T extends Callable>(name: string, f: T): T {
  defineProperty(f, 'name', { __proto__: null, value: name } as PropertyDescriptor);
  return f;
}

/** Whether an object is of the guest's realm: none of those is ever handed to the student's code. */
function isGuests(x: unknown, prototype: object | undefined = guestObject): boolean {
  return ((typeof x === 'object' && x !== null) || typeof x === 'function') && apply(isPrototypeOf, prototype, [x]);
}

/** A script of the staged runtime with its code cache, which is missing while it is made. */
function cachedScript(file: string, cache: string | undefined, filename: string): vm.Script {
  const cachedData =
    cache === undefined || (KEEP_CODE && !existsSync(folder + cache))
      ? {}
      : { cachedData: readFileSync(folder + cache) };
  // Every letter of it is ASCII, which the bundler sees to: read as such it need not be looked through.
  const script = new Script(readFileSync(folder + file, 'latin1'), { filename, ...cachedData });
  if (KEEP_CODE && cache !== undefined)
    processOn('exit', () => writeFileSync(folder + cache, script.createCachedData()));
  return script;
}

const outside: Outside = {
  ...reach,
  global: globalThis as unknown as Bag,
  readSync: (bytes, offset) => readSync(channel, bytes, offset, bytes.length - offset, null),
  writeSync: (bytes, offset) => writeSync(channel, bytes, offset),
  encodeUtf8: (text) => encode(text),
  decodeUtf8: (bytes) => decode(bytes),
  exit: (code) => exitProcess(code),
  onIdle: (listener) => {
    processOn('beforeExit', () => {
      listener();
      later(() => undefined);
    });
  },
  onUncaught: (listener) => void processOn('uncaughtException', (error) => listener(error)),
  // Wrapped: what waits for a turn of the event loop can be found from whatever waits beside it.
  nextTurn: (then) => {
    const turn = () => void later(() => then());
    // Where somebody has set a timer, one of the shortest is waited for: those that are due come before it.
    if (apply(includes, pending(), ['Timeout'])) soon(turn, 1);
    else turn();
  },
  compile: (code, path) => compileFunction(code, ['exports', 'require', 'module'], { filename: path }) as Callable,
  runCached: (file, cache, name) => {
    const script = cachedScript(file, cache, name);
    return { value: script.runInThisContext(), rejected: script.cachedDataRejected === true };
  },
  ownCacheRejected: () => core.cachedDataRejected === true,
  nodeRequire: library.require,
  libraryStarted: library.started,
  dirname: __dirname,
  loadNative: () => {
    const module = { exports: {} };
    dlopen(module, join(nativeFolder, 'tfjs_binding.node'));
    return module.exports;
  },
  collectGarbage: () => void collectGarbage(),
  nodeVersion: process.versions.node,
  makeFunction: (name, inner: Inner) =>
    named(name, function (this: unknown, ...args: unknown[]) {
      let result: unknown;
      try {
        result = inner(this, args);
      } catch (error) {
        // An error of the guest's realm would hand out that realm's constructors.
        if (!isGuests(error, guestError)) throw error;
        throw new errors['Error']!(`${(error as Error).message}`);
      }
      if (isGuests(result)) throw new errors['Error']!(`${name} has no answer`);
      return result;
    }),
  makeObject: () => ({}),
  makeArray: () => [],
  makeError: (name, message) => {
    const error = new (errors[name] ?? errors['Error']!)(message);
    if (errors[name] === undefined) defineProperty(error, 'name', { value: name });
    return error;
  },
  makeProxy: (target, traps) => new proxies(target, traps),
  builtIn: (name) => ({ ...pureModules[name] }),
  process: () => small,
  isProxy: types.isProxy,
  isPromise: types.isPromise,
  isGenerator: types.isGeneratorObject,
  typed: { Float32Array, Float64Array, Int32Array, Uint8Array },
  makeBuffer: (bytes) => new buffers(bytes),
};

for (const [name, descriptor] of [
  ['stdout', 1],
  ['stderr', 2],
] as const) {
  defineProperty(process, name, { value: plainStream(descriptor) });
}

// There is no /proc in the sandbox, and memoryUsage() reads it; the most that the process has held so far stands in. V8's own figures
// are in a module that would be put together under the eyes of the program.
const measured = process.memoryUsage.bind(process);
const resources = process.resourceUsage.bind(process);
const memoryUsage = (): NodeJS.MemoryUsage => {
  try {
    return measured();
  } catch {
    const rss = resources().maxRSS * 1024;
    return { rss, heapTotal: rss, heapUsed: rss, external: 0, arrayBuffers: 0 };
  }
};
process.memoryUsage = Object.assign(memoryUsage, { rss: () => memoryUsage().rss });

forbidCodeFromText(globalThis);

/** What the library finds as `process` while it starts, and student code ever after. */
const small = smallProcess(memoryUsage);
if (!KEEP_PROCESS) {
  closeProcess(process);
  closeCloning(globalThis);
  closeNetwork(globalThis);
  closeLate(globalThis);
  defineProperty(globalThis, 'process', { value: small, writable: true, configurable: true });
}

const core = cachedScript('core.js', 'core.v8c', 'gradmark-guest');
const start = core.runInContext(realm) as (outside: Outside) => void;
start(outside);
