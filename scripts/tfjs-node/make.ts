/** Makes from package, headers and libraries what the sandbox loads: the binding, and TensorFlow as small as it goes. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { BINDING } from '../../graders/runtimes/node/native-names.ts';
import { NotBuilt, run } from './run.ts';

/** Compiles the binding's two sources against TensorFlow in `libraries`, and writes it there; takes ten seconds. Throws NotBuilt where they do not fit. */
export async function compileBinding(source: string, includes: string[], libraries: string): Promise<void> {
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(source, 'binding', file));
  const folders = [source, ...includes].map((folder) => `-I${folder}`);
  const linked = ['cc', 'framework'].map((part) => `-l:libtensorflow_${part}.so.2`);
  const words = [
    ...[
      '-O2',
      '-shared',
      '-fPIC',
      '-std=c++17',
      '-DNAPI_VERSION=8',
      ...folders,
      ...sources,
      `-L${libraries}`,
      ...linked,
    ],
    // The libraries are found beside the binding, wherever both are mounted.
    ...['-Wl,-rpath,$ORIGIN', '-o', join(libraries, BINDING)],
  ];
  await run('g++', words).catch((error: Error) => {
    const said = error.message.split('\n').find((line) => line.includes('error')) ?? error.message;
    throw new NotBuilt(`g++ could not compile the binding (${said.slice(0, 200)})`);
  });
}

/** Takes symbols away that nothing asks for: a quarter of 850 MB. */
export async function stripLibraries(libraries: string): Promise<void> {
  for (const part of ['cc', 'framework']) {
    const file = join(libraries, `libtensorflow_${part}.so.2`);
    await run('strip', ['--strip-unneeded', '-o', `${file}.small`, file]);
    await rename(`${file}.small`, file);
  }
}
