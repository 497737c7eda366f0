/**
 * The command line in the process of the tests: the same `main` that bin/gradmark.js calls, without Node's start and the loading of
 * the program, which cost most of what a small command takes. How the program itself starts and ends is for cli.test.ts.
 */
import { main } from '../cli.ts';

interface Said {
  code: number;
  says: string;
  complains: string;
}

/**
 * Runs one command in a folder, and gives what it says without the last newline. Real data that the environment names are no word of
 * it: tests end there as they do elsewhere.
 */
export async function commandIn(folder: string, words: readonly string[]): Promise<Said> {
  const [place, said] = [process.cwd(), { stdout: '', stderr: '' }];
  const { GRADMARK_DATA: data } = process.env;
  const kept = (['stdout', 'stderr'] as const).map((name) => {
    const { write } = process[name];
    process[name].write = (chunk: string | Uint8Array) => {
      said[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    };
    return () => (process[name].write = write);
  });
  delete process.env['GRADMARK_DATA'];
  process.chdir(folder);
  try {
    const code = await main(words);
    return { code, says: said.stdout.replace(/\n$/, ''), complains: said.stderr.replace(/\n$/, '') };
  } finally {
    process.chdir(place);
    if (data !== undefined) process.env['GRADMARK_DATA'] = data;
    for (const giveBack of kept) giveBack();
  }
}
