/** Lets a teacher's checks import `gradmark/…` from any folder: the names resolve to this very program. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from './package-root.ts';

type Exports = Record<string, string | { default: string }>;

/** Registers the names in package.json's exports, for the sources in a checkout and for the build in the package. */
export function provideOwnModules(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const path = specifier.startsWith('gradmark/') ? ownModule(specifier) : undefined;
      return path === undefined ? next(specifier, context) : { url: pathToFileURL(path).href, shortCircuit: true };
    },
  });
}

/** The file of this program that `gradmark/…` stands for. */
export function ownModule(specifier: string): string | undefined {
  const { exports } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { exports: Exports };
  const built = builtFile(exports, specifier.slice('gradmark/'.length));
  return built === undefined ? undefined : join(packageRoot, ownFile(built));
}

/** The file that a name stands for, by itself or by its folder: `kinds/*` stands for every kind. */
function builtFile(exports: Exports, name: string): string | undefined {
  const folder = name.slice(0, name.indexOf('/') + 1);
  const target = exports[`./${name}`] ?? exports[`./${folder}*`];
  return typeof target === 'object' ? target.default.replace('*', name.slice(folder.length)) : undefined;
}

const ownFile = (built: string) =>
  import.meta.url.endsWith('.ts') ? built.replace('./dist/', '').replace(/\.js$/, '.ts') : built;
