/** Classes as learning platforms hand them out: one submission for each student, under a name that says whose it is. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { receive } from './receive.testing.ts';
import type { Assignment, Task } from '../model/assignment.ts';

const code = (id: string): Task => ({ id, title: id, marks: 1, kinds: ['code'], unit: id, exports: ['f'] });
const assignment: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny-nets',
  title: 'Tiny nets',
  summary: 'Some questions.',
  imports: [],
  limits: { callMs: 1000, submissionMs: 1000, memoryMb: 100 },
  tasks: [code('q1'), code('q3c'), { id: 'd', title: 'd', marks: 1, kinds: ['derivation'], answers: ['a'] }],
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'exports-'));
});
afterEach(() => rm(root, { recursive: true }));

type Files = Record<string, string | Uint8Array>;
const bytes = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
const zip = (files: Files) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, bytes(content)])));

async function take(path: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const item of receive(path, { assignment })) {
    found[item.id] = 'refused' in item ? item.refused : item.files.map(({ path, text }) => `${path}=${text}`).join(' ');
  }
  return found;
}

/** What is taken of an export, unpacked and as the one archive in which platforms send it. */
async function both(files: Files): Promise<Record<string, string>> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, 'export', path)), { recursive: true });
    await writeFile(join(root, 'export', path), content);
  }
  await writeFile(join(root, 'export.zip'), zip(files));
  const [unpacked, packed] = [await take(join(root, 'export')), await take(join(root, 'export.zip'))];
  expect(packed).toEqual(unpacked);
  return unpacked;
}

/** What computers and tools leave behind in a student's archive. */
const litter = {
  '__MACOSX/._q1.ts': 'x',
  '.DS_Store': 'x',
  'Thumbs.db': 'x',
  '.git/config': 'x',
  'node_modules/a/q1.ts': 'x',
};

test.each<[platform: string, files: Files, found: Record<string, string>]>([
  [
    'Moodle, folders of files',
    {
      'Jane Doe_12345_assignsubmission_file_/q3c.ts': 'jane',
      'José Ñandú_12346_assignsubmission_file_/q1.ts': 'josé',
      ...Object.fromEntries(
        Object.entries(litter).map(([path, x]) => [`José Ñandú_12346_assignsubmission_file_/${path}`, x]),
      ),
      '.DS_Store': 'x',
    },
    { 'Jane-Doe-12345': 'q3c.ts=jane', 'José-Ñandú-12346': 'q1.ts=josé' },
  ],
  [
    'Moodle, folders of archives',
    {
      'Jane Doe_12345_assignsubmission_file_/hw.zip': zip({ 'q1.ts': 'jane', ...litter }),
      'Bo Li_12346_assignsubmission_file_/Homework 3.zip': zip({ 'hw/q1.ts': 'bo' }),
    },
    { 'Jane-Doe-12345': 'q1.ts=jane', 'Bo-Li-12346': 'q1.ts=bo' },
  ],
  [
    'Moodle, one flat folder',
    {
      'Jane Doe_12345_assignsubmission_file_q1.ts': 'jane',
      'Jane Doe_12345_assignsubmission_file_answers.json': '{}',
      'Jane Doe_12346_assignsubmission_file_q1.ts': 'the other Jane',
    },
    { 'Jane-Doe-12345': 'answers.json={} q1.ts=jane', 'Jane-Doe-12346': 'q1.ts=the other Jane' },
  ],
  [
    'Canvas, an archive for each student',
    {
      'doejane_123_456_submission.zip': zip({ 'q1.ts': 'jane', ...litter }),
      'libo_LATE_124_457_hw.zip': zip({ 'q1.ts': 'bo' }),
    },
    { 'doejane-123': 'q1.ts=jane', 'libo-124': 'q1.ts=bo' },
  ],
  [
    'Canvas, one flat folder',
    {
      'doejane_LATE_12345_67890_q3c.ts': 'jane',
      'doejane_LATE_12345_67891_q1-1.ts': 'newer',
      'doejane_LATE_12345_67899_q1.ts': 'old',
      'doejane_LATE_12345_67892_answers-2.json': '{}',
      'doejane_99_5_q1.js': 'the other Jane',
      'libo_12346_67893_hw.zip': zip({ 'q1.ts': 'bo' }),
      'mallory_12347_67894_doejane_12345_99999_q1.ts': 'forged',
      'grades.csv': 'x',
    },
    {
      'doejane-12345': 'answers.json={} q1.ts=newer q3c.ts=jane',
      'doejane-99': 'q1.ts=the other Jane',
      'libo-12346': 'q1.ts=bo',
      'mallory-12347': expect.stringMatching(/^No file of tiny-nets is there/) as string,
    },
  ],
  [
    'Gradescope',
    { 'submission_123456789/q1.ts': 'jane', 'submission_123456790/src/q1.ts': 'bo', 'submission_metadata.yml': 'x' },
    { submission_123456789: 'q1.ts=jane', submission_123456790: 'q1.ts=bo' },
  ],
  [
    'GitHub Classroom',
    { 'hw3-janedoe/q1.ts': 'jane', 'hw3-janedoe/.git/config': 'x', 'hw3-boli/src/q1.ts': 'bo' },
    { 'hw3-janedoe': 'q1.ts=jane', 'hw3-boli': 'q1.ts=bo' },
  ],
])('%s', async (_, files, found) => {
  expect(await both(files)).toEqual(found);
});

test('files of several students that do not say clearly whose they are are for the person who gave the path', async () => {
  for (const files of [
    { 'jane-q1.ts': '', 'bob-q1.ts': '' },
    { 'doejane_1_2_q1.ts': '', 'bob_q1.ts': '' },
  ]) {
    for (const [path, content] of Object.entries(files)) await writeFile(join(root, path), content);
    await expect(take(root)).rejects.toThrow(
      `${root} holds files of several students, but not clearly whose: make a folder or a .zip for each student.`,
    );
  }
});
