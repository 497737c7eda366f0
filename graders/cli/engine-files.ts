/** gradmark itself with the packages that it needs and Node, for a machine that asks the network for nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { packageRoot } from '../package-root.ts';

interface EngineFile {
  from: string;
  /** From the top of the copy. */
  path: string;
}

/** What of the program is its own; where it runs from its sources, those. */
const OWN = ['bin', 'dist', 'graders', 'reports', 'assignments', 'reference', 'package.json'];

/** Every file and folder of a copy that runs by itself. */
export function engineFiles(): EngineFile[] {
  const own = OWN.filter((path) => existsSync(join(packageRoot, path)));
  return [
    ...own.map((path) => ({ from: join(packageRoot, path), path })),
    ...neededPackages()
      .flatMap(partsOf)
      .map((from) => ({ from, path: join('node_modules', nameOf(from)) })),
  ];
}

/** Of Node the program alone: the package holds it twice, once for each way in which npm may link it. */
const partsOf = (folder: string): string[] =>
  nameOf(folder) === 'node' ? ['bin/node', 'package.json'].map((path) => join(folder, path)) : [folder];

const nameOf = (folder: string): string => relative(join(packageRoot, 'node_modules'), folder);

/** The folders of Node and of all that gradmark depends on, directly or by way of others. */
function neededPackages(): string[] {
  const found = new Set<string>();
  const add = (name: string, from: string) => {
    const folder = installed(name, from);
    // What is for another machine is not installed on this one.
    if (folder === undefined || found.has(folder)) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = manifest(folder);
    for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) add(other, folder);
  };
  for (const name of [...Object.keys(manifest(packageRoot).dependencies ?? {}), 'node']) add(name, packageRoot);
  // A package inside another's folder comes with it.
  return [...found].filter((folder) => ![...found].some((other) => folder.startsWith(`${other}/`)));
}

/** As Node looks for it: beside the one that asks, then further up. */
function installed(name: string, from: string): string | undefined {
  const top = resolve(packageRoot);
  for (let at = resolve(from); at === top || at.startsWith(`${top}/`); at = join(at, '..')) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return undefined;
}

interface Manifest {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
