/** Turns one text into what the sandbox runs. File by file and from memory: nothing is resolved, so nothing else can get in. */
import { transform } from 'esbuild';
import type { TransformFailure } from 'esbuild';
import type { SourceFile, SourcePlace } from '../model.ts';
import type { CompiledModule } from './inspection.ts';

/** The module as strict CommonJS with its source map, or what the compiler could not accept. */
export async function compile({
  path,
  text,
}: SourceFile): Promise<CompiledModule | { message: string; place: SourcePlace }> {
  try {
    const { code, map } = await transform(text, {
      loader: loaderOf(path),
      format: 'cjs',
      target: 'node24',
      sourcefile: path,
      sourcemap: 'external',
      sourcesContent: false,
      legalComments: 'none',
      // The sandbox knows `require` only; a submission's own tsconfig is never read.
      supported: { 'dynamic-import': false },
      tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
      logLevel: 'silent',
    });
    return { path, code, map };
  } catch (error) {
    const [first] = (error as TransformFailure).errors ?? [];
    if (first === undefined || first.location === null) throw error;
    const { line, column, lineText } = first.location;
    // The compiler counts columns in bytes.
    const characters = Buffer.from(lineText).subarray(0, column).toString().length;
    return { message: inWords(first.text), place: { path, line, column: characters + 1 } };
  }
}

function loaderOf(path: string): 'ts' | 'js' | 'json' {
  if (path.endsWith('.json')) return 'json';
  return /\.[mc]?ts$/.test(path) ? 'ts' : 'js';
}

const inWords = (text: string) =>
  text.startsWith('Top-level await') ? 'await stands outside of a function: move it into an async function' : text;
