/**
 * A reporter for vitest that ends with what was tried and what was not: of the practice checks of `checks(…)`, and of tests of
 * one's own that compare with gradmark's matchers. In vitest.config.ts:
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { TriedReporter } from 'gradmark/vitest-reporter';
 *
 * const test = { reporters: ['default', new TriedReporter()] };
 * assert.equal(typeof test.reporters[1], 'object');
 * ```
 */
import type { Reporter, TestModule } from 'vitest/node';
import type { CheckMeta, MatchMeta } from './meta.ts';

/** Why a check was not tried, in the order in which it is told. */
const notTried: [state: CheckMeta['state'], says: string][] = [
  ['open', 'not started yet'],
  ['waits', 'waiting for something earlier to be right'],
  ['course', 'made by your course only'],
  ['person', 'for a person to read'],
  ['broken', 'gradmark itself had a problem'],
];

export class TriedReporter implements Reporter {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void = (text) => void process.stdout.write(text)) {
    this.#write = write;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const metas = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.meta()));
    const checks = metas.flatMap((meta) => (meta as { gradmark?: CheckMeta }).gradmark ?? []);
    const matches = metas.flatMap((meta) => (meta as { gradmarkMatches?: MatchMeta[] }).gradmarkMatches ?? []);
    const text = [...checkLines(checks), ...matchLines(matches)].join('\n');
    if (text !== '') this.#write(`\n${text}\n\n`);
  }
}

function checkLines(checks: readonly CheckMeta[]): string[] {
  if (checks.length === 0) return [];
  const of = (state: CheckMeta['state']) => checks.filter((check) => check.state === state);
  const [right, wrong] = [of('right').length, of('wrong').length];
  const left = notTried.flatMap(([state, says]) => {
    const found = of(state);
    const ids = [...new Set(found.map(({ task }) => task))];
    return found.length === 0 ? [] : [` Not tried  ${found.length} ${says} (${ids.join(', ')})`];
  });
  return [`     Tried  ${right + wrong} practice checks: ${right} right, ${wrong} wrong`, ...left];
}

function matchLines(matches: readonly MatchMeta[]): string[] {
  if (matches.length === 0) return [];
  const equal = matches.filter(({ pass }) => pass).length;
  return [`  Compared  ${matches.length} times in your own tests: ${equal} within the tolerance`];
}
