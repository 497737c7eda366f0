/** A student's modules import each other by the names that they had at home, whatever the grader calls them. */
import type { SourceFile } from '../../../model/submission.ts';

/** For every module that is known by another path than its own, one at that path that is the same to whoever imports it. */
export function pythonForwardersOf(files: readonly SourceFile[]): SourceFile[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap(({ path, knownAs }) => {
    const module = dotted(path);
    if (knownAs === undefined || module === undefined || dotted(knownAs) === undefined || paths.has(knownAs)) return [];
    return [{ path: knownAs, text: `import sys\nimport ${module} as own\nsys.modules[__name__] = own\n` }];
  });
}

/** The name by which a file is imported, if it can be. */
const dotted = (path: string): string | undefined =>
  /^(?:[\p{L}_][\p{L}\p{N}_]*\/)*[\p{L}_][\p{L}\p{N}_]*\.py$/u.test(path)
    ? path.slice(0, -'.py'.length).replaceAll('/', '.')
    : undefined;
