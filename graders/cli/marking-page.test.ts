/** The commands of docs/marking.md, run as they stand there, in their order. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { documented } from './documented.testing.ts';
import { smallClass } from './small-class.testing.ts';

const room = smallClass();
afterAll(() => room.remove());

const commands = documented('marking.md');
/** The class is graded already, without work to grade again, and the marking pages end by hand: journey.test.ts runs these. */
const isRun = ([name]: string[]) => !['grade', 'mark', 'regrade'].includes(name!);

test('every command of the page for teaching assistants does what the page says', () => {
  expect(commands.map(([name]) => name)).toEqual([
    ...['grade', 'mark', 'marks', 'marks', 'adjust', 'adjust', 'hold', 'release', 'regrade', 'regrade'],
    ...['publish', 'publish', 'export', 'forget', 'forget'],
  ]);
  const codes = commands.filter(isRun).map((words) => [words.join(' '), room.gradmark(...words).code] as const);
  // Some answers wait for a marker, and that is told; what would go is only said.
  const [exported, asked] = [3, 2];
  expect(codes.map(([, code]) => code)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, exported, asked, 0]);
  expect(existsSync(join(room.folder, 'pages/ben/report.html'))).toBe(true);
  expect(existsSync(join(room.folder, 'pages/ann'))).toBe(false);
});
