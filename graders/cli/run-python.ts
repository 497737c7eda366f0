/** What `gradmark python setup` does. */
import { makeEnvironment } from '../runtimes/python/environment.ts';
import { NoPython } from '../runtimes/python/no-python.ts';
import { stagePython } from '../runtimes/python/stage-python.ts';
import type { TensorLibrary } from '../runtimes/python/tensor-libraries.ts';
import { exitCodes, UserError } from './exit-codes.ts';

export interface PythonOptions {
  python?: string;
  with?: TensorLibrary[];
}

/** Measured: the builds without CUDA for x86-64. */
const SIZES: Readonly<Record<TensorLibrary, string>> = {
  torch: 'PyTorch without CUDA: 200 MB to download, 820 MB in the environment and 650 MB beside it, a few minutes.',
  tensorflow:
    'TensorFlow without CUDA, and Keras: 275 MB to download, 1.4 GB in the environment and 1.2 GB beside it, a few minutes.',
};

/** Makes the environment and stages it, so that the first submission need not wait; prints what is there. */
export async function runPython({ python, with: libraries = [] }: PythonOptions): Promise<number> {
  try {
    for (const library of libraries) process.stderr.write(`${SIZES[library]}\n`);
    const folder = await makeEnvironment(python, libraries);
    const { versions } = await stagePython(['numpy', 'scipy', 'sklearn'], folder);
    // By itself, as programs that import it find it.
    for (const library of libraries) await stagePython(['numpy', library], folder);
    process.stdout.write(`${versions}\n${folder}\n`);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof NoPython) throw new UserError(error.message);
    throw error;
  }
}
