/** `gradmark python setup`: what programs in Python are run with. */
import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import { tensorLibraries } from '../runtimes/python/tensor-libraries.ts';
import type { Finish } from './exit-codes.ts';
import type { PythonOptions } from './run-python.ts';

/** Adds the command to the program. Exit code 2 where no Python can be used. */
export function addPython(program: Command, finish: Finish): void {
  program
    .command('python')
    .summary('set up what programs in Python are run with')
    .description(
      'Makes a virtual environment in gradmark’s cache with numpy, scipy and scikit-learn, in the versions of a lock file and\n' +
        'proven by their hashes, and says what is there. Programs in Python are run with it from then on, unless --python names\n' +
        'another. Whoever grades no Python needs none of it.',
    )
    .addArgument(new Argument('<what>', 'setup').choices(['setup']))
    .addOption(new Option('--with <library...>', 'a tensor library besides').choices(tensorLibraries))
    .option('--python <path>', 'the interpreter to make it with; default: python3 on PATH')
    .action(async (_: string, options: PythonOptions) => {
      const { runPython } = await import('./run-python.ts');
      finish(await runPython(options));
    });
}
