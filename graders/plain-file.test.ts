/** A pipe, a socket or a device in the place of a file is told at once: whoever opened it waited for ever, or read without end. */
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadAssignment } from './assignment/load-assignment.ts';
import { readTree } from './audit/fixtures.ts';
import { commandIn } from './cli/in-process.testing.ts';
import { writeWhole } from './gradebook/write-whole.ts';
import { answersThat, writeSteps } from './judging/steps.testing.ts';
import { kitFiles } from './kit/kit-files.ts';
import { assertPlainFile, readPlainFile, readPlainFileSync, readPlainText } from './plain-file.ts';

const home = mkdtempSync(join(tmpdir(), 'gradmark-plain-'));
const at = (...parts: string[]) => join(home, ...parts);
const server = createServer();
beforeAll(async () => {
  await execa('mkfifo', [at('pipe')]);
  await new Promise<void>((done) => server.listen(at('socket'), done));
  symlinkSync(at('pipe'), at('link'));
  writeFileSync(at('file'), 'gradmark\n');
});
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true });
});

test.each([
  ['pipe', 'a named pipe'],
  ['link', 'a named pipe'],
  ['socket', 'a socket'],
  ['/dev/zero', 'a device'],
])('%s is no file, whoever asks', async (name, lies) => {
  const path = name.startsWith('/') ? name : at(name);
  const says = `${path} cannot be read (${lies} lies in its place: take it away, or name another).`;
  await expect(readPlainFile(path)).rejects.toThrow(says);
  expect(() => readPlainFileSync(path)).toThrow(says);
  expect(() => assertPlainFile(path)).toThrow(says);
  await expect(writeWhole(path, 'x')).rejects.toThrow(`${path} could not be written (${lies} lies in its place`);
});

test('files are read as ever, and of folders and of nothing the system says what they are', async () => {
  expect([await readPlainText(at('file')), readPlainFileSync(at('file')).toString()]).toEqual(
    Array(2).fill('gradmark\n'),
  );
  await expect(readPlainFile(home)).rejects.toThrow('EISDIR');
  await expect(readPlainFile(at('nothing'))).rejects.toThrow('ENOENT');
  assertPlainFile(at('nothing'));
});

test('what a shell hands over is read to its end, and written to as it is', async () => {
  const { stdout } = await execa('bash', [
    '-c',
    'exec node -e "$0" <(echo from the shell)',
    `import('${import.meta.dirname}/plain-file.ts').then(async (all) => process.stdout.write(await all.readPlainFile(process.argv[1])))`,
  ]);
  expect(stdout).toBe('from the shell');
  const file = openSync(at('open'), 'w+');
  await writeWhole(`/proc/self/fd/${file}`, 'to the shell');
  closeSync(file);
  expect(await readPlainText(at('open'))).toBe('to the shell');
});

const files = ['secret', 'gradebook.db', 'gradebook.db-wal', 'grading.lock', 'course.json', 'results.json'];

test('whatever of a batch, of a coursework or of what is named is none, a command says what lies where', async () => {
  writeSteps(at('courses'));
  mkdirSync(at('work'));
  writeFileSync(at('work/answers.json'), answersThat('ends'));
  const grade = (...more: string[]) =>
    commandIn(home, ['grade', 'steps', 'work', '--assignments', 'courses', '--out', 'out', ...more]);
  expect((await grade()).code).toBe(0);
  const pipeAt = async (path: string) => {
    rmSync(path, { force: true });
    await execa('mkfifo', [path]);
  };
  const says = (path: string) =>
    `${path} ${path.endsWith('results.json') ? 'could not be written' : 'cannot be read'} (a named pipe`;
  for (const name of files) {
    await execa('cp', ['-r', at('out'), at('kept')]);
    await pipeAt(at('out', name));
    const { code, complains } = await grade();
    expect([code > 1, complains.replace('out/course.json:', 'out/course.json')], name).toEqual([
      true,
      expect.stringContaining(says(`out/${name}`)),
    ]);
    rmSync(at('out'), { recursive: true });
    await execa('mv', [at('kept'), at('out')]);
  }
  for (const option of ['--secret-file', '--roster', '--course']) {
    expect((await grade(option, 'pipe')).complains).toMatch(/pipe:? cannot be read \(a named pipe lies in its place/);
  }
  for (const name of ['checks.js', 'assignment.json']) {
    await pipeAt(at('courses/steps', name));
    expect((await grade()).complains).toMatch(new RegExp(`steps/${name}:? cannot be read \\(a named pipe`));
  }
});

test('nobody is given a starter or a fixture without a file that cannot be read', async () => {
  const folder = writeSteps(at('kits'));
  mkdirSync(join(folder, 'starter'));
  await execa('mkfifo', [join(folder, 'starter/own.ts')]);
  const says = `${join(folder, 'starter/own.ts')} cannot be read (a named pipe lies in its place`;
  const kit = kitFiles(folder, await loadAssignment(folder), {
    gradmark: '1',
    github: false,
    gitlab: false,
    own: false,
  });
  await expect(kit).rejects.toThrow(says);
  await expect(readTree(folder)).rejects.toThrow(says);
});
