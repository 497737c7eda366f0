/** What `gradmark python setup` does. */
import { makeEnvironment } from '../runtimes/python/environment.ts';
import { NoPython } from '../runtimes/python/no-python.ts';
import { stagePython } from '../runtimes/python/stage-python.ts';
import { exitCodes, UserError } from './exit-codes.ts';

export interface PythonOptions {
  python?: string;
}

/** Makes the environment and stages it, so that the first submission need not wait; prints what is there. */
export async function runPython({ python }: PythonOptions): Promise<number> {
  try {
    const folder = await makeEnvironment(python);
    const { versions } = await stagePython(['numpy', 'scipy', 'sklearn'], folder);
    process.stdout.write(`${versions}\n${folder}\n`);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof NoPython) throw new UserError(error.message);
    throw error;
  }
}
