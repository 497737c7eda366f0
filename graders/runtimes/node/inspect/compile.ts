/** Turns one text into what the sandbox runs. File by file and from memory: nothing is resolved, so nothing else can get in. */
import { pathToFileURL } from 'node:url';
import { stop, transform } from 'esbuild';
import type { TransformFailure } from 'esbuild';
import type { SourceFile } from '../../../model/submission.ts';
import { compilerCpuMs, forgetCompilers } from './compiler-time.ts';
import type { CompiledModule, HostAccount } from './inspection.ts';
import type { Misread } from './syntax-tree.ts';
import { isTyped } from './syntax-tree.ts';
import { ProgramStopped } from '../../../stopped.ts';

/** Of the compiler's own processor time: several times what half a megabyte needs. */
const mostCpuMs = 2500;
/** On the clock in which the compiler does not compute; without it, what never ends would wait for ever. */
const idleMs = 60_000;
/** Where processor time cannot be known. The second time is for a machine that was busy during the first. */
const blindMs = [2000, 10_000];
const lookEveryMs = 50;

/** Of several such comments the last one counts: a map that a program brings, whole or broken, is no more than a comment. */
const ownMap = '\n//# sourceMappingURL=none';

/**
 * The module as strict CommonJS with its source map, or what the compiler could not accept; ProgramStopped when it takes too
 * long. What it costs is put on the account.
 */
export async function compile({ path, text }: SourceFile, account: HostAccount): Promise<CompiledModule | Misread> {
  if (path.endsWith('.json')) return compileData({ path, text });
  try {
    const compiling = () =>
      transform(text + ownMap, {
        loader: loaderFor(path),
        format: 'cjs',
        target: 'node24',
        sourcefile: path,
        sourcemap: 'external',
        sourcesContent: false,
        legalComments: 'none',
        // The sandbox knows `require` only; a submission's own tsconfig is never read.
        supported: { 'dynamic-import': false },
        define: ownPlace(path),
        tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
        logLevel: 'silent',
      });
    const { code, map } = await withinTime(compiling, path, account);
    return { path, code, map };
  } catch (error) {
    if (error instanceof ProgramStopped) throw error;
    const [first] = (error as TransformFailure).errors ?? [];
    if (first === undefined || first.location === null) throw error;
    const { line, column, lineText } = first.location;
    // The compiler counts columns in bytes.
    const characters = Buffer.from(lineText).subarray(0, column).toString().length;
    return { message: inWords(first.text), place: { path, line, column: characters + 1 } };
  }
}

/** What a module may ask about itself: where it lies among the submission's files, and that it was not started alone. */
function ownPlace(path: string): Record<string, string> {
  const file = `/submission/${path}`;
  const folder = file.slice(0, file.lastIndexOf('/'));
  const known = {
    'import.meta.url': pathToFileURL(file).href,
    'import.meta.filename': file,
    'import.meta.dirname': folder,
    'import.meta.main': false,
    __filename: file,
    __dirname: folder,
  };
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** That the compiler has come up; it does when it is first asked, and anew after it was ended. */
let ready: Promise<unknown> | undefined;
const started = () =>
  transform('').then(forgetCompilers, (error: unknown) => {
    ready = undefined;
    throw error;
  });

/** Tries again when the compiler takes too long; ProgramStopped when it does each time. */
async function withinTime<T>(work: () => Promise<T>, path: string, account: HostAccount): Promise<T> {
  const known = compilerCpuMs() !== undefined;
  const wallMs = known ? [idleMs] : blindMs;
  for (const limitMs of wallMs) {
    // What its own start takes is not charged to the text.
    await (ready ??= started());
    const before = compilerCpuMs() ?? 0;
    let cost = 0;
    const look = () => (cost = Math.max(cost, (compilerCpuMs() ?? 0) - before));
    const done = await withinMs(limitMs, work(), look);
    // Of a compiler that was ended, what was seen last.
    account.cpuMs += done === undefined ? cost : look();
    if (done !== undefined) return done.result;
  }
  const seconds = (known ? mostCpuMs : wallMs.at(-1)!) / 1000;
  const says = `${path} could not be compiled within ${seconds} s: write it in smaller, simpler steps.`;
  throw new ProgramStopped('refused', says);
}

/**
 * Ends the compiler when it computes for too long, or does nothing for `limitMs`, which is told by undefined; the next text
 * starts a new one.
 */
async function withinMs<T>(limitMs: number, work: Promise<T>, cost: () => number): Promise<{ result: T } | undefined> {
  let clock: NodeJS.Timeout | undefined;
  let [seen, computedAt] = [0, performance.now()];
  const overtime = new Promise<undefined>((resolve) => {
    clock = setInterval(
      () => {
        const [now, cpuMs] = [performance.now(), cost()];
        if (cpuMs > seen) [seen, computedAt] = [cpuMs, now];
        if (now - computedAt < limitMs && cpuMs <= mostCpuMs) return;
        work.catch(() => undefined);
        resolve(undefined);
      },
      Math.min(lookEveryMs, limitMs),
    );
  });
  try {
    const done = await Promise.race([work.then((result) => ({ result })), overtime]);
    if (done === undefined) {
      ready = undefined;
      await stop();
    }
    return done;
  } finally {
    clearInterval(clock);
  }
}

/** Views may stand in files of their kind alone: elsewhere `<` means something else. */
function loaderFor(path: string): 'ts' | 'tsx' | 'js' | 'jsx' {
  const views = /\.[jt]sx$/.test(path);
  if (isTyped(path)) return views ? 'tsx' : 'ts';
  return views ? 'jsx' : 'js';
}

/** Data stays text until the sandbox parses it: as an object literal, a key `__proto__` would be more than a key. */
function compileData({ path, text }: SourceFile): CompiledModule | Misread {
  try {
    JSON.parse(text);
  } catch (error) {
    return { message: `it is not JSON: ${(error as Error).message}`, place: { path, line: 1, column: 1 } };
  }
  const map = JSON.stringify({ version: 3, sources: [path], names: [], mappings: '' });
  return { path, code: `module.exports = JSON.parse(${JSON.stringify(text)});\n`, map };
}

const inWords = (text: string) =>
  text.startsWith('Top-level await') ? 'await stands outside of a function: move it into an async function' : text;
