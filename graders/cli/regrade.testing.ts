/** A coursework of two tasks that costs nothing to grade: a word that must be there, and a text that a person marks. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { packageRoot } from '../package-root.ts';

const assignment = {
  ...{
    schema: 'gradmark/assignment/v1',
    slug: 'tiny-words',
    title: 'Words',
    summary: 'A word and a text.',
    imports: [],
  },
  limits: { callMs: 2000, submissionMs: 20_000, memoryMb: 500 },
  tasks: [
    { id: 'T1', title: 'The word', marks: 4, kinds: ['code'], unit: 'words', exports: ['word'] },
    {
      ...{ id: 'T2', title: 'The text', marks: 2, kinds: ['essay'] },
      manual: { heading: 'T2', rubric: [{ id: 'why', title: 'Says why', marks: 2 }] },
    },
  ],
};

/** A check of its own file, which no test changes. */
const fileCheck = `
import { pass } from 'gradmark/check';
export const file = { id: 't1.file', task: 'T1', title: 'The file', asks: 'The file.', points: 1, run: async () => pass() };
`;

/** The checks, of which the first wants this word in the student's file. */
const checks = (word: string) => `
import { fail, pass } from 'gradmark/check';
import { manualCheck } from 'gradmark/manual';
import { file } from './file.ts';
const has = ({ submission }) => submission.files.some(({ text }) => text.includes('${word}'));
export const checks = [
  {
    ...{ id: 't1.word', task: 'T1', title: 'The word', asks: 'The file.', points: 3 },
    run: async (context) => (has(context) ? pass() : fail({ says: 'The word ${word} is not there.' })),
  },
  file,
  manualCheck({ id: 't2.words', task: 'T2', title: 'The text', points: 2 }),
];
`;

/** A folder with the coursework and a class, and the real command line over it. */
export function tinyCourse(folder: string) {
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  return {
    write,
    read: (path: string) => readFileSync(join(folder, path), 'utf8'),
    /** The checks of now. */
    wants: (word: string) => {
      write('courses/tiny-words/assignment.json', JSON.stringify(assignment));
      write('courses/tiny-words/file.ts', fileCheck);
      write('courses/tiny-words/checks.ts', checks(word));
    },
    gradmark(...words: string[]) {
      const run = execaSync(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...words], {
        ...{ cwd: folder, env: { NO_COLOR: '1' }, reject: false, stripFinalNewline: false },
      });
      return { code: run.exitCode, out: run.stdout, says: run.stderr };
    },
  };
}
