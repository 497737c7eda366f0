/** The real command in a process group of its own, which can be ended all at once. */
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { packageRoot } from '../../graders/package-root.ts';
import { slug, task } from './submissions.ts';

export interface Run {
  pid: number;
  /** What it has said on stderr up to now, which moves on with its work. */
  said(): string;
  /** What it has told on stdout, of a program whose answer is wanted. */
  told(): string;
  /** Resolves when it has ended. */
  ended: Promise<{ code: number | undefined }>;
  /** SIGKILL for the whole group. */
  kill(): void;
}

type Around = { under?: readonly string[] } & Pick<Options, 'uid' | 'gid' | 'env' | 'cwd'>;

/** Starts `gradmark grade` on a class; `under` is what it runs under, such as a limit. */
export const startGrading = (folder: string, out: string, words: readonly string[] = [], around: Around = {}): Run =>
  startProgram(['grade', slug, folder, '--out', out, '--only', task, '--backend', 'cpu', ...words], around);

/** Starts `gradmark` with these words. */
export function startProgram(words: readonly string[], { under = [], ...more }: Around = {}): Run {
  const bin = join(packageRoot, 'bin', 'gradmark.js');
  const [first, ...rest] = [...under, process.execPath, bin, ...words];
  const child = execa(first!, rest, {
    ...{ cwd: packageRoot, detached: true, reject: false, stdin: 'ignore' },
    ...more,
  });
  let [said, told] = ['', ''];
  child.stderr!.on('data', (data: Buffer) => (said += data.toString()));
  child.stdout!.on('data', (data: Buffer) => (told += data.toString()));
  return {
    pid: child.pid!,
    said: () => said,
    told: () => told,
    ended: child.then(({ exitCode }) => ({ code: exitCode })),
    kill() {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    },
  };
}

/** Grades to the end; says the exit code and what was said on stderr. */
export async function gradeWhole(...args: Parameters<typeof startGrading>): Promise<{ code?: number; said: string }> {
  const run = startGrading(...args);
  const { code } = await run.ended;
  return { code, said: run.said() };
}

/**
 * Grades to the end, and once more: the class page says what is new and what has changed since the run before, which is nothing then,
 * as where there was but one run. Says what the first told that did not end well, otherwise the last.
 */
export async function gradeSettled(...args: Parameters<typeof startGrading>): ReturnType<typeof gradeWhole> {
  const first = await gradeWhole(...args);
  return first.code === 0 ? gradeWhole(...args) : first;
}

/** How many submissions it has said to be graded, those of an earlier run or of this one. */
export function countTold(said: string, which: 'recalled' | 'fresh'): number {
  const lines = said.split('\n').filter((line) => /^\[\d+\//.test(line));
  return lines.filter((line) => line.includes('(graded before)') === (which === 'recalled')).length;
}
