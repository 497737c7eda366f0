/** The modules that carry the promises of the grader, for `npm run mutation`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../graders/package-root.ts';

/** Modules, each with its own tests: a change of a constant is tried by all of them, so they are fast. */
export const mutated: Readonly<Record<string, readonly string[]>> = {
  'graders/runner.ts': ['graders/runner.test.ts'],
  'graders/settle.ts': ['graders/settle.test.ts'],
  'graders/gradebook/gradebook.ts': ['graders/gradebook/gradebook.test.ts'],
  'graders/evaluate.ts': [
    'graders/evaluate.test.ts',
    'graders/evaluate-asking.test.ts',
    'graders/evaluate-diagnosis.test.ts',
  ],
  'graders/two-sided.ts': ['graders/two-sided.test.ts', 'graders/two-sided-own-loss.test.ts'],
  'graders/follow-through.ts': ['graders/follow-through.test.ts'],
  'graders/probes.ts': ['graders/probes.test.ts'],
  'graders/numerics/compare.ts': ['graders/numerics/compare.test.ts'],
  'graders/numerics/tolerance.ts': ['graders/numerics/tolerance.test.ts'],
  'graders/intake/limits.ts': ['graders/intake/limits.test.ts'],
  'graders/intake/list-folder.ts': ['graders/intake/list-folder.test.ts'],
  'graders/intake/list-archive.ts': ['graders/intake/list-archive.test.ts'],
  'graders/intake/read-files.ts': ['graders/intake/read-files.test.ts'],
  'graders/intake/decode-text.ts': ['graders/intake/decode-text.test.ts'],
  'reports/disclose.ts': ['reports/disclose.test.ts'],
};

/** Modules and tests of the list that do not exist: moved, and Stryker would find nothing to change without a word. */
export const missingFiles = (): string[] =>
  Object.entries(mutated)
    .flatMap(([module, tests]) => [module, ...tests])
    .filter((path) => !existsSync(join(packageRoot, path)));
