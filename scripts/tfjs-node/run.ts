/** Programs that the build calls, and the word for what keeps it from being done at all. */
import { execa, ExecaError } from 'execa';

/** Something that this machine lacks: no fault, and nothing to fail for. */
export class NotBuilt extends Error {}

/** Runs a program and returns what it printed; rejects with its last words. */
export async function run(
  file: string,
  args: string[],
  options: { cwd?: string; timeout?: number } = {},
): Promise<string> {
  try {
    const { stdout } = await execa(file, args, { ...options, stripFinalNewline: false });
    return stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    if (error.code === 'ENOENT') throw new NotBuilt(`${file} is not installed`);
    if (error.timedOut) throw new NotBuilt(`${file} was not done after ${(options.timeout ?? 0) / 1000} s`);
    throw new Error(String(error.stderr ?? '').trim() || error.message, { cause: error });
  }
}
