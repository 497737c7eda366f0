/** Compiled copies of Python's folders: what a guest imports, without what no program that is graded needs. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

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
    ...['wsgiref', 'msilib', 'f2py', 'distutils', '_pyinstaller', 'include'],
    // Extension modules: of the system's libraries only those are loaded that numbers need.
    `(?:_tkinter|_curses|_curses_panel|_sqlite3|_ssl|_hashlib|_crypt|_gdbm|_dbm|_uuid|nis|readline|ossaudiodev|spwd|xx.*|_test(?:buffer|capi|clinic|importmultiple|internalcapi|multiphase|singlephase).*|_ctypes_test|_xx.*)\\..*`,
    // Programs beside a library; of torch's one is looked for when it is imported, and never started.
    `(?:protoc(?:-.*)?|test_[^.]*|.*StoreTest|.*\\.pt|.*\\.ptl)`,
  ].join('|')})$`,
);

/** TensorFlow loads its own tests of tensors with everything else, and calls folders by its public names, `tf.test` among them. */
const isOfTensorFlow = (path: string): boolean =>
  path.includes('/tensorflow/') && !['include', '__pycache__'].includes(basename(path));

/** A folder or file, the place of its copy, and whether its source is asked for when it is imported, as torch asks. */
interface Copied {
  from: string;
  to: string;
  withSource?: boolean;
}

/**
 * Copies without what is never needed, and compiles once and for all: nothing inside can write, or would. What is below `into`
 * names itself in tracebacks by where it is seen inside.
 */
export async function copyCompiled(
  binary: string,
  copies: readonly Copied[],
  { into, seenAt }: { into: string; seenAt: string },
): Promise<void> {
  for (const { from, to } of copies) {
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to, {
      recursive: true,
      dereference: true,
      filter: (path) =>
        path === from || ((isOfTensorFlow(path) || !left.test(basename(path))) && !unneeded.has(extname(path))),
    });
  }
  const flags = ['-I', '-m', 'compileall', '-q', '--invalidation-mode', 'unchecked-hash', '-s', into, '-p', seenAt];
  for (const withSource of [true, false]) {
    const places = copies.filter((it) => (it.withSource ?? false) === withSource).map((it) => it.to);
    if (places.length === 0) continue;
    // A package may hold files of another Python's syntax, which nobody imports.
    const { execa } = await import('execa');
    await execa(binary, [...flags, ...(withSource ? [] : ['-b']), ...places], { reject: false });
    if (!withSource) await Promise.all(places.map(removeSources));
  }
}
/** Half as many files to look over at every start. */
async function removeSources(place: string): Promise<void> {
  if ((await stat(place)).isFile()) return removeSource(place);
  for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await removeSource(join(entry.parentPath, entry.name));
  }
}

async function removeSource(path: string): Promise<void> {
  if (path.endsWith('.py') && existsSync(`${path}c`)) await rm(path);
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
