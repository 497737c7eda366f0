/** Stages Python: interpreter, standard library, packages and guest where the sandbox's user can read them, compiled beforehand. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { findTools, librariesOf } from '../../sandbox/contain/host-tools.ts';
import { cacheFolder } from '../../sandbox/stage/cache-folder.ts';
import { digest, once } from '../../sandbox/stage/sealed-folder.ts';
import { stageGuest, type StagedRuntime } from '../../sandbox/stage/stage.ts';
import { setUpEnvironment } from './environment.ts';
import { findPython, type FoundPackage, type FoundPython } from './find-python.ts';
import { pythonProcess } from './process.ts';

export interface PythonRuntime extends StagedRuntime {
  /** `Python 3.11.7, numpy 2.4.6` */
  versions: string;
}

/** Never needed by a program that is graded: tests, editors, windows, databases, networks, and what installs other things. */
const left = new RegExp(
  `^(${[
    ...['test', 'tests', 'idlelib', 'tkinter', 'turtledemo', 'turtle.py', 'lib2to3', 'ensurepip', 'distutils', 'venv'],
    ...[
      'pydoc_data',
      'site-packages',
      'dist-packages',
      '__pycache__',
      'config-.*',
      'curses',
      'dbm',
      'sqlite3',
      'xmlrpc',
    ],
    ...['wsgiref', 'msilib', '_sysconfigdata.*', 'f2py', 'distutils', '_pyinstaller'],
    // Extension modules: of the system's libraries only those are loaded that numbers need.
    `(?:_tkinter|_curses|_curses_panel|_sqlite3|_ssl|_hashlib|_crypt|_gdbm|_dbm|_uuid|nis|readline|ossaudiodev|spwd|xx.*|_test.*|_ctypes_test|_xx.*)\\..*`,
  ].join('|')})$`,
);
const guest = join(dirname(fileURLToPath(import.meta.url)), 'guest');

/** Stages the guest beside these packages of the interpreter; throws NoPython where there is no usable one. */
export async function stagePython(packages: readonly string[], command?: string): Promise<PythonRuntime> {
  const found = await chosenPython(packages, command);
  const interpreter = await stageInterpreter(found);
  const site = packages.length === 0 ? undefined : await stagePackages(found, interpreter);
  const staged = { interpreter, ...(site && { packages: site }), names: packages };
  const process = pythonProcess(staged);
  const base = await stageGuest({
    binary: found.binary,
    entry: 'main.py',
    closesItself: true,
    fingerprint: async () => digest(found.version, ...(await guestTexts())),
    write: (into) => copyCompiled(found, [[guest, into]], 'with sources'),
  });
  return {
    ...base,
    libraries: [...new Set([...base.libraries.filter(isOfSystem), ...(await systemLibraries(interpreter, site))])],
    processFor: () => process,
    hasTensors: (imports) => imports.length > 0,
    versions: versionsOf(found),
  };
}

/** What programs would be run by, as `stagePython` says it, found out once; throws NoPython where there is no usable one. */
export function pythonVersions(packages: readonly string[], command = ''): Promise<string> {
  const asked = [command, ...packages].join('\n');
  const known = versions.get(asked) ?? chosenPython(packages, command || undefined).then(versionsOf);
  versions.set(asked, known);
  return known;
}
const versions = new Map<string, Promise<string>>();

/** What is named, or else what was set up, or else what is on PATH. */
const chosenPython = async (packages: readonly string[], command?: string): Promise<FoundPython> =>
  findPython(packages, command ?? (await setUpEnvironment()));

const versionsOf = ({ version, packages }: FoundPython): string =>
  [`Python ${version}`, ...packages.map((it) => `${it.name} ${it.version}`)].join(', ');

/** Others lie where the sandbox's user may not read; copies of them are staged. */
const isOfSystem = (path: string): boolean => /^\/(usr\/)?lib/.test(path);

const guestTexts = async (): Promise<string[]> => {
  const names = (await readdir(guest)).filter((name) => name.endsWith('.py')).sort();
  return Promise.all(names.map(async (name) => `${name}\n${await readFile(join(guest, name), 'utf8')}`));
};

async function stageInterpreter(found: FoundPython): Promise<string> {
  const { mtimeMs, size } = await stat(found.binary);
  const name = `python-${digest(found.binary, found.version, size, mtimeMs)}`;
  return once(await cacheFolder(), name, async (into) => {
    const home = join(into, 'lib', `python${found.version.split('.').slice(0, 2).join('.')}`);
    await copyCompiled(found, [
      [found.stdlib, home],
      ...(found.dynload.startsWith(`${found.stdlib}/`) ? [] : [[found.dynload, join(home, 'lib-dynload')] as const]),
    ]);
    await keepLibraries(into, [found.binary]);
  });
}

async function stagePackages(found: FoundPython, interpreter: string): Promise<string> {
  const about = await Promise.all(
    found.packages.map(async (it) => [it.name, it.version, it.folder, await changedAt(it)]),
  );
  return once(await cacheFolder(), `packages-${digest(interpreter, JSON.stringify(about))}`, async (into) => {
    const parts = found.packages.flatMap(({ folder, parts }) =>
      parts.map((part) => [join(folder, part), join(into, part)] as const),
    );
    await copyCompiled(found, parts);
    await keepLibraries(into, []);
  });
}

const changedAt = async ({ folder, name }: FoundPackage): Promise<number> => (await stat(join(folder, name))).mtimeMs;

/** Copies folders without what is never needed, and compiles them once and for all: nothing inside can write, or would. */
async function copyCompiled(
  found: FoundPython,
  folders: readonly (readonly [from: string, to: string])[],
  as: 'with sources' | 'without' = 'without',
): Promise<void> {
  for (const [from, to] of folders) {
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to, {
      recursive: true,
      dereference: true,
      filter: (path) => path === from || (!left.test(basename(path)) && !unneeded.has(extname(path))),
    });
  }
  const flags = ['-I', '-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash'];
  const beside = as === 'without' ? ['-b'] : [];
  // A package may hold files of another Python's syntax, which nobody imports.
  await execa(found.binary, [...flags, ...beside, ...folders.map(([, to]) => to)], { reject: false });
  if (as === 'without') await Promise.all(folders.map(([, to]) => removeSources(to)));
}

/** Half as many files to look over at every start. */
async function removeSources(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && entry.name.endsWith('.py') && existsSync(`${path}c`)) await rm(path);
  }
}

const unneeded = new Set([
  '.pyi',
  '.h',
  '.c',
  '.cpp',
  '.pyx',
  '.pxd',
  '.a',
  '.lib',
  '.exe',
  '.f',
  '.f90',
  '.md',
  '.rst',
  '.html',
]);

/** What every extension module below `into` loads from the system, and copies of what lies where others cannot read. */
async function keepLibraries(into: string, binaries: readonly string[]): Promise<void> {
  const own = (await readdir(into, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.so(\.|$)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const needed = await librariesOf([...binaries, ...own], findTools());
  const outside = needed.filter((path) => !path.startsWith(`${into}/`));
  const system = outside.filter(isOfSystem);
  for (const path of outside.filter((other) => !system.includes(other))) {
    await mkdir(join(into, 'lib', 'shared'), { recursive: true });
    await cp(await realpath(path), join(into, 'lib', 'shared', basename(path)));
  }
  await writeFile(join(into, 'libraries.json'), JSON.stringify(system));
}

async function systemLibraries(...folders: (string | undefined)[]): Promise<string[]> {
  const lists = await Promise.all(
    folders.flatMap((folder) => (folder === undefined ? [] : [readFile(join(folder, 'libraries.json'), 'utf8')])),
  );
  return lists.flatMap((text) => JSON.parse(text) as string[]);
}
