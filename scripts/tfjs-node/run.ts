/** Programs that the build calls, and the word for what keeps it from being done at all. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Something that this machine lacks: no fault, and nothing to fail for. */
export class NotBuilt extends Error {}

/** Runs a program and returns what it printed; rejects with its last words. */
export async function run(
  file: string,
  args: string[],
  options: { cwd?: string; timeout?: number } = {},
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(file, args, { maxBuffer: 1e8, ...options });
    return stdout;
  } catch (error) {
    const { code, killed, stderr, message } = error as NodeJS.ErrnoException & { killed?: boolean; stderr?: string };
    if (code === 'ENOENT') throw new NotBuilt(`${file} is not installed`);
    if (killed) throw new NotBuilt(`${file} was not done after ${(options.timeout ?? 0) / 1000} s`);
    throw new Error(stderr?.trim() || message, { cause: error });
  }
}
