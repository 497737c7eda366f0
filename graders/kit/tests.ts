/** The tests that a kit brings for the test view of an editor: modules load and export what is asked; practice checks. */
import type { Assignment } from '../model/assignment.ts';

/** A test for each module of the sheet that is among the files; undefined where there is none. */
export function testsOf({ tasks }: Pick<Assignment, 'tasks'>, files: ReadonlySet<string>): string | undefined {
  const names = new Map<string, Set<string>>();
  for (const { unit, exports = [] } of tasks)
    if (unit !== undefined && files.has(`${unit}.ts`))
      names.set(unit, new Set([...(names.get(unit) ?? []), ...exports]));
  if (names.size === 0) return undefined;
  const fileOf = (unit: string) => `'../${unit}.ts'`;
  const tests = [...names].map(
    ([unit, exported]) => `
test('${unit}.ts exports ${[...exported].join(', ') || 'what it likes'}', async () => {
  const module: object = await import(${fileOf(unit)});
  for (const name of ${list(exported)}) expect(module).toHaveProperty(name);
});
`,
  );
  return `/** These pass before you have written anything. "npm run check" says whether the numbers are right; tests of your own go here. */
import { expect, test } from 'vitest';
${tests.join('')}`;
}

const list = (names: ReadonlySet<string>): string => `[${[...names].map((name) => `'${name}'`).join(', ')}]`;

/** The practice checks as tests, and how vitest runs them. */
export const checksTest = `/** A test for every practice check, run by "gradmark check". What is not started yet is skipped; checks('Q1') takes one task. */
import { checks } from 'gradmark/vitest';

checks();
`;

export const vitestConfig = `import { TriedReporter } from 'gradmark/vitest-reporter';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', new TriedReporter()],
    // No test imports everything that is checked.
    watchTriggerPatterns: [{ pattern: /\\.(ts|js|py|ipynb|json|md)$/, testsToRun: () => 'test/checks.test.ts' }],
  },
});
`;
