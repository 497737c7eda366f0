/** A student's files import each other by the names and folders in which they lay at home, whatever the grader calls them. */
import type { SourceFile } from '../model/submission.ts';
import { withoutProgramEnding } from '../runtimes/node/language/program-files.ts';

/** For every file that is known by another path than its own, a file at that path that is the same to whoever imports it. */
export function forwardersOf(files: readonly SourceFile[]): SourceFile[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap(({ path, text, knownAs }) => {
    if (knownAs === undefined || paths.has(knownAs)) return [];
    if (path.endsWith('.json')) return [{ path: knownAs, text }];
    if (withoutProgramEnding(path) === path) return [];
    const upwards = '../'.repeat(knownAs.split('/').length - 1) || './';
    // One module under two names: what it keeps in itself is kept once.
    return [{ path: knownAs, text: `module.exports = require(${JSON.stringify(upwards + path)});\n` }];
  });
}
