/** Everything that has to hold before a change lands: types, form, tests. Stops at the first thing that does not. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = join(tmpdir(), `gradmark-tests-${process.pid}.json`);

function step(name: string, command: string, ...args: string[]): void {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.stdout.write(`\n${name} failed.\n`);
    process.exit(status ?? 1);
  }
}

const bin = (tool: string) => join(root, 'node_modules', '.bin', tool);
step('tools', process.execPath, join(root, 'scripts', 'install-tools.ts'), '--tests');
step('types', bin('tsc'), '--noEmit');
step('lint', bin('eslint'), '.');
step('form', bin('prettier'), '--check', '--log-level', 'warn', '.');
const tests = spawnSync(
  bin('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
const counts = JSON.parse(readFileSync(report, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
};
rmSync(report);
process.stdout.write(
  `\n${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped\n`,
);
process.exit(tests.status ?? 1);
