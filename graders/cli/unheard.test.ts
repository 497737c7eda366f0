/** The program itself, with nobody who reads what it says, with a full disk behind `>`, and in a folder that is gone. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { tinyCourse } from './regrade.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-unheard-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { write, wants } = tinyCourse(folder);
wants('red');
for (const who of ['ann', 'ben']) write(`class/${who}/words.ts`, `export const word = () => 'red';\n`);

/** What bash prints of a script in which `gradmark` is the program and `batch OUT` grades the class. */
function shell(script: string): string {
  const program = `gradmark() { '${process.execPath}' '${join(packageRoot, 'bin/gradmark.js')}' "$@"; }`;
  const batch = 'batch() { gradmark grade tiny-words class --out "$1" --assignments courses; }';
  return execaSync('bash', ['-c', `exec 2>&1\n${program}\n${batch}\n${script}`], { cwd: folder, reject: false }).stdout;
}

test('a batch whose reader goes away is graded to its end, in silence', () => {
  expect(shell('(batch unread 2>&1; echo "ended with $?" > code) | true; cat code')).toBe('ended with 0');
  expect(['ann', 'ben', 'index.html'].map((name) => existsSync(join(folder, 'unread', name)))).toEqual([
    true,
    true,
    true,
  ]);
});

test.skipIf(!existsSync('/dev/full'))('output that a full disk loses is told once, and the grades are there', () => {
  const says = shell('batch full > /dev/full; echo "ended with $?"');
  expect(says.match(/could not all be written \(ENOSPC\)/g)).toHaveLength(1);
  expect(says).toMatch(/ended with 3$/);
  expect(existsSync(join(folder, 'full', 'results.json'))).toBe(true);
});

test('a check that watches ends when nobody reads what it says', () => {
  // Its reader goes away after the first line; the next one that it writes is the last.
  const watch = 'gradmark check class/ann --watch --assignment tiny-words --assignments courses';
  expect(shell(`(${watch} 2>&1; echo "ended with $?" > code) | head -1; cat code`)).toMatch(/ended with 0$/);
});

test('a folder that is gone is told in a sentence', () => {
  expect(shell('mkdir gone; cd gone; rmdir ../gone; gradmark tasks; echo "ended with $?"')).toMatch(
    /^gradmark: the folder that this was started in is gone: .*\nended with 2$/,
  );
});
