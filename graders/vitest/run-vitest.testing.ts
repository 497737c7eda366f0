/** Runs the tests of a folder in a vitest of its own; at night they are collected first, as the test view of an editor does it. */
import { join } from 'node:path';
import { execa } from 'execa';
import { isNight } from '../nightly.testing.ts';
import type { CheckMeta } from './meta.ts';

interface Run {
  /** Names of the tests before any of them has run. */
  collected: string[];
  results: { name: string; state: string; note?: string; errors: string[]; meta: { gradmark?: CheckMeta } }[];
  /** What the reporter of gradmark wrote at the end. */
  told: string;
}

const program = `
const [root, vitest, reporter, isAhead] = process.argv.slice(1);
const { createVitest } = await import(vitest);
const { TriedReporter } = await import(reporter);
let told = '';
const all = (modules) => modules.flatMap((module) => [...module.children.allTests()]);
const namesOf = (modules) => all(modules).map(({ fullName }) => fullName);
let collected = [];
const listening = { onTestModuleCollected: (module) => { collected = namesOf([module]); } };
const options = { root, watch: false, config: false, include: ['**/own.test.ts'], maxWorkers: 1 };
const reporters = [new TriedReporter((text) => { told += text; }), listening];
const runner = await createVitest('test', { ...options, reporters });
const { testModules } = isAhead === 'true' ? await runner.collect([], { staticParse: false }) : { testModules: [] };
const ahead = namesOf(testModules);
const ended = await runner.start();
if (isAhead === 'true') collected = ahead;
const results = all(ended.testModules).map((test) => {
  const { state, note, errors = [] } = test.result();
  return { name: test.fullName, state, note, errors: errors.map(({ message }) => message), meta: test.meta() };
});
const broken = [...testModules, ...ended.testModules]
  .flatMap((module) => [module, ...module.children.allSuites()])
  .flatMap((suite) => suite.errors().map(({ message }) => message));
await runner.close();
console.log('\\n' + JSON.stringify({ collected, results, told, broken }));
`;

/** \`reporter\` is the module of the reporter, \`vitest\` the \`vitest/node\` that runs it all. */
export async function runVitest(
  root: string,
  reporter: string,
  vitest = import.meta.resolve('vitest/node'),
): Promise<Run> {
  const { stdout, stderr } = await execa(
    process.execPath,
    ['--input-type=module', '-e', program, root, vitest, reporter, String(isNight)],
    {
      cwd: root,
      env: { NODE_OPTIONS: '', VITEST: '', NODE_ENV: 'test' },
      reject: false,
    },
  );
  const last = stdout.split('\n').at(-1)!;
  try {
    const run = JSON.parse(last) as Run & { broken: string[] };
    if (run.broken.length > 0) throw new Error(run.broken.join('\n'));
    return run;
  } catch (error) {
    throw new Error(`vitest in ${join(root)}:\n${stdout}\n${stderr}`, { cause: error });
  }
}
