/**
 * How well the tests of our own core hold it: every small change that Stryker makes to these modules is tried by the tests
 * beside them. Prints what survives and the score; below the score that is asked for it exits with 1. Names of modules as
 * arguments limit it to those. docs/mutation.md explains what may survive.
 */
import { Stryker } from '@stryker-mutator/core';
import { missingFiles, mutated as modules } from './mutation/modules.ts';
import { misused, scriptOptions } from './script-options.ts';

const asked = 90;

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

const usage = "npm run mutation -- [part of a module's name …]";
const { positionals: wanted } = scriptOptions(usage, { allowPositionals: true });
const gone = missingFiles();
if (gone.length > 0) throw new Error(`scripts/mutation/modules.ts names what is not there: ${gone.join(', ')}.`);
const strange = wanted.filter((name) => !Object.keys(modules).some((module) => module.includes(name)));
if (strange.length > 0)
  misused(`No module has ${strange.join(', ')} in its name; there are ${Object.keys(modules).join(', ')}.`, usage);
const chosen = Object.entries(modules).filter(
  ([module]) => wanted.length === 0 || wanted.some((name) => module.includes(name)),
);
let [killed, tried] = [0, 0];
for (const [module, tests] of chosen) {
  process.env['GRADMARK_MUTATION_TESTS'] = tests.join(' ');
  const results = await new Stryker(optionsFor(module)).runMutationTest();
  const judged = results.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError');
  const survivors = judged.filter(({ status }) => status !== 'Killed' && status !== 'Timeout');
  if (judged.length === 0) throw new Error(`Nothing of ${module} was changed: Stryker did not find it.`);
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
