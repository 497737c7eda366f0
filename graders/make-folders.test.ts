/** A folder is made, or the system says why not: nobody waits for it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { openJournal } from './audit/journal.ts';
import { commandIn } from './cli/in-process.testing.ts';
import { answersThat, writeSteps } from './judging/steps.testing.ts';
import { makeFolders } from './make-folders.ts';

const home = mkdtempSync(join(tmpdir(), 'gradmark-folders-'));
const at = (...parts: string[]) => join(home, ...parts);
afterAll(() => rmSync(home, { recursive: true }));

test('a folder is made with those in which it lies, and the first of them is told; one that is there is no trouble', () => {
  expect(makeFolders(at('a/b/c'), 0o700)).toBe(at('a'));
  expect(statSync(at('a/b/c')).mode & 0o777).toBe(0o700);
  expect(makeFolders(at('a/b/c'))).toBe(undefined);
  expect(makeFolders(at('a/b/d'))).toBe(at('a/b/d'));
  symlinkSync(at('a'), at('link'));
  expect(makeFolders(at('link/e'))).toBe(at('link/e'));
  expect(makeFolders('/')).toBe(undefined);
});

writeFileSync(at('file'), '');
symlinkSync(at('gone/x'), at('dangling'));
symlinkSync(at('ring'), at('ring'));

test.each([
  ['file', 'EEXIST'],
  ['file/x', 'ENOTDIR'],
  ['dangling', 'ENOENT'],
  ['dangling/x', 'ENOENT'],
  ['ring', 'ELOOP'],
  ['ring/x', 'ELOOP'],
  ['a name of 300 letters', 'ENAMETOOLONG', 'x'.repeat(300)],
  ['a path of 3000 folders', 'ENAMETOOLONG', 'y/'.repeat(3000)],
])('%s is none: %s', (name, code, path = name) => {
  expect(() => makeFolders(at(path))).toThrow(expect.objectContaining({ code }));
});

test.skipIf(process.platform !== 'linux')('where a system lets none be made it is told at once', async () => {
  const asked = `import('${import.meta.dirname}/make-folders.ts').then(({ makeFolders }) => makeFolders('/proc/x/y'))`;
  const { stderr, timedOut } = await execa('node', ['-e', asked], { reject: false, timeout: 60_000 });
  expect([timedOut, stderr]).toEqual([false, expect.stringContaining("code: 'ENOTSUP'")]);
});

test('whoever names such a place for grades, a report or a kit reads in a sentence what stands there', async () => {
  writeSteps(at('courses'));
  mkdirSync(at('work'));
  writeFileSync(at('work/answers.json'), answersThat('ends'));
  const say = (...words: string[]) => commandIn(home, [...words, '--assignments', 'courses']);
  for (const [out, why] of [
    ['file', 'a file stands where a folder is needed'],
    ['dangling', 'a link there leads nowhere'],
    ['ring', 'a link stands where a folder is needed'],
    ['x'.repeat(300), 'no file system has names as long'],
  ] as const) {
    const { code, complains } = await say('grade', 'steps', 'work', '--out', out);
    expect([code, complains]).toEqual([
      3,
      expect.stringMatching(new RegExp(`^gradmark: ${out}/gradebook.db .*${why}.*$`)),
    ]);
  }
  expect(() => openJournal(at('file/x'), '')).toThrow('a file stands where a folder is needed');
  expect((await say('package', 'steps', '--to', 'github', '--out', 'file')).complains).toBe(
    'gradmark: file is no folder: name a new one.',
  );
  const made = await commandIn(home, ['new', 'tiny', '--in', 'file']);
  expect([made.code, made.complains]).toEqual([2, expect.stringContaining('cannot be written (ENOTDIR)')]);
  expect([readFileSync(at('file'), 'utf8'), existsSync(at('gone'))]).toEqual(['', false]);
});
