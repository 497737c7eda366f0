/**
 * Everything that has to hold before a change lands: types, form, tests. `--nightly` tries in full what is otherwise tried in
 * part: every fixture, forty seeds, every audit, every way to spoil an answer.
 */
import { execa } from 'execa';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inPart } from '../graders/nightly.testing.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = join(tmpdir(), `gradmark-tests-${process.pid}.json`);
const bin = (tool: string) => join(root, 'node_modules', '.bin', tool);
const say = (text: string) => process.stdout.write(`${text}\n`);

await execa(process.execPath, [join(root, 'scripts', 'install-tools.ts'), '--tests'], { stdio: 'inherit' });

/** What reads the sources only; all of it runs, so that one run tells all that is wrong. */
const readers = [
  { name: 'types', tool: 'tsc', args: ['--noEmit'] },
  { name: 'lint', tool: 'oxlint', args: ['.'] },
  { name: 'form', tool: 'oxfmt', args: ['--check', '.'] },
];
const read = await Promise.all(
  readers.map(async ({ name, tool, args }) => {
    const { exitCode, all } = await execa(bin(tool), args, { cwd: root, all: true, reject: false });
    if (all !== '') say(all);
    say(exitCode === 0 ? `${name}: as it should be` : `${name} failed`);
    return exitCode === 0;
  }),
);
if (read.includes(false)) process.exit(1);

// The program is compiled before tests start it, of which each would do that for itself at the same time.
await execa(process.execPath, [join(root, 'bin', 'gradmark.js'), '--version'], { cwd: root });

// Tests of types are read by tsc above, with everything else.
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const isNight = process.argv.includes('--nightly');
const env = isNight ? { GRADMARK_NIGHTLY: '1' } : {};
const { exitCode, signal } = await execa(bin('vitest'), args, { cwd: root, env, stdio: 'inherit', reject: false });
if (!existsSync(report)) {
  say(
    `The test runner died (${signal ?? `exit code ${exitCode}`}) before it could report: no test has passed or failed.`,
  );
  process.exit(1);
}
const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
rmSync(report);
const { numPassedTests, numFailedTests, numPendingTests } = counts;
say(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
if (!isNight) say(`In part, and in full by npm run verify:nightly:\n${inPart.map((what) => `  ${what}\n`).join('')}`);
if (signal !== undefined) say(`The test runner was ended by ${signal}.`);
process.exit(exitCode ?? 1);
