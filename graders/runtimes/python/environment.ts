/** The virtual environment that `gradmark python setup` makes: the packages of a lock file, each with the hashes of what it may be. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../sandbox/stage/cache-folder.ts';
import { digest, once } from '../../sandbox/stage/sealed-folder.ts';
import { findPython, pythonAt } from './find-python.ts';
import { NoPython } from './no-python.ts';
import type { TensorLibrary } from './tensor-libraries.ts';
import { tensorLibraries } from './tensor-libraries.ts';

/** The lock files of an environment with these libraries. */
const lockFiles = (libraries: readonly TensorLibrary[]): string[] =>
  ['packages', ...libraries].map((name) => fileURLToPath(new URL(`${name}.lock.txt`, import.meta.url)));

/** Where the environment is, or would be; kept until it is removed by hand, since it was asked for. */
async function environmentFolder(libraries: readonly TensorLibrary[]): Promise<string> {
  const locks = await Promise.all(lockFiles(libraries).map((path) => readFile(path, 'utf8')));
  return join(await cacheFolder(), `environment-${digest(...locks).slice(0, 12)}`);
}

/** The smallest environment that has been set up and holds these packages, if there is one. */
export async function setUpEnvironment(packages: readonly string[]): Promise<string | undefined> {
  const needed = tensorLibraries.filter((name) => packages.includes(name));
  for (const libraries of sets.filter((set) => needed.every((name) => set.includes(name)))) {
    const folder = await environmentFolder(libraries).catch(() => undefined);
    if (folder !== undefined && existsSync(join(folder, 'bin', 'python'))) return folder;
  }
  return undefined;
}

/** Every choice of tensor libraries, smaller ones first. */
const sets = tensorLibraries
  .reduce<TensorLibrary[][]>((found, name) => [...found, ...found.map((set) => [...set, name])], [[]])
  .sort((a, b) => a.length - b.length);

/** Makes the environment with this interpreter, or finds it made; throws NoPython with what is missing and what to do. */
export async function makeEnvironment(command?: string, libraries: readonly TensorLibrary[] = []): Promise<string> {
  const base = pythonAt(command);
  const folder = await environmentFolder(libraries);
  return once(await cacheFolder(), folder.slice(folder.lastIndexOf('/') + 1), async (into) => {
    const pip = await emptyEnvironment(base, into);
    const flags = ['install', '--require-hashes', '--only-binary', ':all:', '--no-deps', '--no-compile', '-q'];
    const { failed, stderr } = await quietly(pip[0]!, [
      ...pip.slice(1),
      ...flags,
      ...lockFiles(libraries).flatMap((path) => ['-r', path]),
    ]);
    if (failed) throw new NoPython(whyNot(stderr));
  });
}

/** Makes an environment without packages, and gives the command that installs into it. */
async function emptyEnvironment(base: string, into: string): Promise<string[]> {
  const inside = join(into, 'bin', 'python');
  // One that is too old would make an environment that nothing can be run with.
  await findPython([], base);
  // Copies and no links: the folder is moved to its place once it is complete, and made its own.
  const whole = await quietly(base, ['-I', '-m', 'venv', '--copies', into]);
  if (!whole.failed) return [inside, '-m', 'pip', '--disable-pip-version-check'];
  // Debian's python3 makes no pip without python3-venv; where there is one beside it, that will do.
  const bare = await quietly(base, ['-I', '-m', 'venv', '--copies', '--clear', '--without-pip', into]);
  const own = await quietly(base, ['-m', 'pip', '--version']);
  if (!bare.failed && !own.failed) return [base, '-m', 'pip', '--disable-pip-version-check', '--python', inside];
  const missing = bare.failed ? 'no module venv' : 'neither ensurepip nor pip';
  throw new NoPython(
    `${base} has ${missing}, so no virtual environment can be made. Install it (on Debian and Ubuntu: apt install python3-venv), or name an environment that has the packages with --python.`,
  );
}

/** What pip said, in a sentence that says what to do. */
function whyNot(stderr: string): string {
  const last = stderr.trim().split('\n').filter(Boolean).at(-1) ?? 'it said nothing';
  if (/NewConnectionError|ConnectTimeout|Name or service not known|Temporary failure|Connection broken/.test(stderr)) {
    return 'pip does not reach its package index. With a network, or with an index of your own in its configuration (pip config), run it again.';
  }
  if (/DO NOT MATCH THE HASHES/i.test(stderr)) {
    return 'A package that pip was handed is not the one of the lock file: its hash differs. Nothing was installed.';
  }
  if (/No matching distribution found for torch/.test(stderr)) {
    return 'pip finds no PyTorch without CUDA for this Python and machine. For x86-64 it lies in an index of its own, which pip has to be told (pip config set global.extra-index-url …, as PyTorch’s own instructions for the CPU name it); or name an environment that has torch with --python.';
  }
  if (/No matching distribution found for tensorflow/.test(stderr)) {
    return 'pip finds no TensorFlow for this Python and machine: there are builds for Python 3.11 to 3.13 on Linux. Make the environment with one of those (--python), or name one that has tensorflow.';
  }
  if (/No matching distribution/.test(stderr)) {
    return `pip finds no package that fits this Python and machine (${last.slice(0, 200)}). The lock file has them for Linux on x86-64 and arm64.`;
  }
  return `pip could not install the packages: ${last.slice(0, 500)}`;
}

const quietly = async (command: string, words: string[]) => {
  const { execa } = await import('execa');
  return execa(command, words, {
    reject: false,
    timeout: 600_000,
    env: { PYTHONNOUSERSITE: '1' },
  });
};
