/** The package.json of the package for students: no more packages than its modules import. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/sources.ts';

interface Manifest {
  name: string;
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  [field: string]: unknown;
}

const own = (): Manifest => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** For students; `files` are paths of modules below graders and reports. */
export function publicManifest(files: readonly string[]): object {
  const { name, version, description, license, type, bin, exports, dependencies } = own();
  const named = new Set(files.flatMap((path) => packagesIn(readFileSync(join(root, path), 'utf8'))));
  // The guest is made when the package is: the tensor library is inside.
  const used = Object.keys(dependencies).filter((one) => !one.startsWith('@tensorflow/') && named.has(one));
  const built = new Set(files.map((path) => `./dist/${path.replace(/\.ts$/, '.js')}`));
  const isThere = (target: Manifest['exports'][string]) =>
    typeof target === 'string' || target.default.includes('*') || built.has(target.default);
  return {
    ...{ name, version, description, license, type },
    // An older Node finds a newer one beside gradmark.
    engines: { node: '>=20' },
    bin,
    exports: Object.fromEntries(Object.entries(exports).filter(([, target]) => isThere(target))),
    dependencies: Object.fromEntries(used.map((one) => [one, dependencies[one]!])),
  };
}

/** What a module names in quotes, but for types: packages that it imports, resolves or asks for, by the name before any slash. */
const packagesIn = (text: string): string[] =>
  [...text.replaceAll(/^import type [^;]*;/gm, '').matchAll(/(['"])(@[\w.-]+\/[\w.-]+|[\w.-]+)(?:\/[^'"\n]*)?\1/g)].map(
    ([, , name]) => name!,
  );

/** For staff: everything as it is, under a name that `gradmark` looks for beside itself. */
export function staffManifest(): object {
  const { scripts, devDependencies, allowScripts, ...manifest } = own();
  void [scripts, devDependencies, allowScripts];
  return { ...manifest, name: 'gradmark-keys', private: true, bin: { 'gradmark-keys': 'bin/gradmark.js' } };
}
