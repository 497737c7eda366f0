/** The commands of docs/marking.md, run as they stand there, in their order. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { documented } from './documented.testing.ts';
import { smallClass } from './small-class.testing.ts';

const room = smallClass();
afterAll(() => room.remove());

const commands = documented('marking.md');

/** Two of the sample class: what is compared need not be what was graded. */
function writeClass(): void {
  const files = ['ada-l', 'lena-b'].flatMap((id) => {
    const folder = join(packageRoot, 'fixtures/course', id);
    const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    return names.map((name) => [`${id}/${name}`, strToU8(readFileSync(join(folder, name), 'utf8'))] as const);
  });
  writeFileSync(join(room.folder, 'class.zip'), zipSync(Object.fromEntries(files)));
}
/** The class is graded already, without work to grade again, and the marking pages end by hand: journey.test.ts runs these. */
const isRun = ([name]: string[]) => !['grade', 'mark', 'regrade'].includes(name!);

test('every command of the page for teaching assistants does what the page says', async () => {
  expect(commands.map(([name]) => name)).toEqual([
    ...['grade', 'mark', 'marks', 'marks', 'adjust', 'adjust', 'hold', 'release', 'regrade', 'regrade', 'similarity'],
    ...['publish', 'publish', 'export', 'forget', 'forget'],
  ]);
  writeClass();
  const codes: number[] = [];
  for (const words of commands.filter(isRun)) codes.push((await room.gradmark(...words)).code);
  // Some answers wait for a marker, and that is told; what would go is only said.
  const [exported, asked] = [3, 2];
  expect(codes).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, exported, asked, 0]);
  expect(readFileSync(join(room.folder, 'similarity.html'), 'utf8')).toContain('2 programs were compared');
  expect(existsSync(join(room.folder, 'pages/ben/report.html'))).toBe(true);
  expect(existsSync(join(room.folder, 'pages/ann'))).toBe(false);
});

test('programs are compared as the gradebook has kept them when the class is gone', async () => {
  writeClass();
  const slug = 'boston-init-mnist-grads';
  // A task in words: nothing is run for it.
  expect((await room.gradmark('grade', slug, 'class.zip', '--out', 'graded', '--only', 'Q1a')).code).toBe(0);
  rmSync(join(room.folder, 'class.zip'));
  const kept = await room.gradmark('similarity', 'graded', '--out', 'kept.html');
  expect(kept).toMatchObject({ code: 0, says: expect.stringMatching(/^2 programs compared/) as string });
  expect(room.read('kept.html')).toBe(room.read('similarity.html'));
  const other = await room.gradmark('similarity', 'graded', '--assignment', 'numpy-mlp-digits');
  expect([other.code, other.complains]).toEqual([2, expect.stringContaining(`holds grades of ${slug}`)]);
});
