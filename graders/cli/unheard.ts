/** What a command says may reach nobody: its reader has gone (`| head`), or the disk behind `>` is full. The work is done all the same. */
import { exitCodes } from './exit-codes.ts';

let isSetUp = false;

/**
 * From now on no line that cannot be written ends the process. A reader that is gone wanted no more; any other trouble of standard
 * output is said once, and the exit code tells that the output is not whole.
 */
export function goOnUnheard(): void {
  if (isSetUp) return;
  isSetUp = true;
  process.stderr.on('error', () => undefined);
  let isTold = false;
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isTold) return;
    isTold = true;
    process.stderr.write(`gradmark: what this command says could not all be written (${code}); its work goes on.\n`);
    // Whatever the command itself ends with.
    process.on('exit', () => (process.exitCode = exitCodes.ours));
  });
}
