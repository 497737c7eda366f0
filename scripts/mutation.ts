/**
 * How well the tests of our own core hold it: every small change that Stryker makes to these modules is tried by the tests
 * beside them. Prints what survives and the score; below the score that is asked for it exits with 1. Names of modules as
 * arguments limit it to those. docs/mutation.md explains what may survive.
 */
import { Stryker } from '@stryker-mutator/core';

const asked = 90;

/** Modules, each with its own tests: a change of a constant is tried by all of them, so they are fast. */
const modules: Readonly<Record<string, readonly string[]>> = {
  'graders/runner.ts': ['graders/runner.test.ts'],
  'graders/settle.ts': ['graders/settle.test.ts'],
  'graders/gradebook/gradebook.ts': ['graders/gradebook/gradebook.test.ts'],
  'graders/evaluate.ts': ['graders/evaluate.test.ts'],
  'graders/two-sided.ts': ['graders/two-sided.test.ts'],
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

/** Everything that a module and its tests stand on, and no more, is copied for the mutants. */
const optionsFor = (module: string): ConstructorParameters<typeof Stryker>[0] => ({
  mutate: [module],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  ignorePatterns: ['/*', '!/graders', '/graders/checks', '!/reports', '!/reference', '!/package.json', '!/*.config.ts'],
  disableTypeChecks: false,
  tempDirName: 'out/mutation',
  concurrency: 1,
  reporters: [],
  warnings: false,
  allowConsoleColors: false,
});

const wanted = process.argv.slice(2);
const chosen = Object.entries(modules).filter(
  ([module]) => wanted.length === 0 || wanted.some((name) => module.includes(name)),
);
let [killed, tried] = [0, 0];
for (const [module, tests] of chosen) {
  process.env['GRADMARK_MUTATION_TESTS'] = tests.join(' ');
  const results = await new Stryker(optionsFor(module)).runMutationTest();
  const judged = results.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError');
  const survivors = judged.filter(({ status }) => status !== 'Killed' && status !== 'Timeout');
  killed += judged.length - survivors.length;
  tried += judged.length;
  process.stdout.write(`${module}: ${judged.length - survivors.length} of ${judged.length}\n`);
  for (const { location, mutatorName, replacement, status } of survivors) {
    const at = `${location.start.line}:${location.start.column}`;
    process.stdout.write(
      `  ${at} ${mutatorName} → ${(replacement ?? '').replace(/\s+/g, ' ').slice(0, 100)} (${status})\n`,
    );
  }
}
const score = (100 * killed) / tried;
process.stdout.write(`\nMutation score: ${score.toFixed(1)} % (${killed} of ${tried}; at least ${asked} %)\n`);
process.exitCode = score >= asked ? 0 : 1;
