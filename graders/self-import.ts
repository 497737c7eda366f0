/** Lets a teacher's checks import `gradmark/…` from any folder: the names resolve to this very program. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from './package-root.ts';

type Exports = Record<string, string | { default: string }>;

/** Registers the names in package.json's exports, for the sources in a checkout and for the build in the package. */
export function provideOwnModules(): void {
  const { exports } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { exports: Exports };
  registerHooks({
    resolve(specifier, context, next) {
      const built = specifier.startsWith('gradmark/')
        ? builtFile(exports, specifier.slice('gradmark/'.length))
        : undefined;
      if (built === undefined) return next(specifier, context);
      return { url: pathToFileURL(join(packageRoot, ownFile(built))).href, shortCircuit: true };
    },
  });
}

/** The file that a name stands for, by itself or by its folder: `kinds/*` stands for every kind. */
function builtFile(exports: Exports, name: string): string | undefined {
  const folder = name.slice(0, name.indexOf('/') + 1);
  const target = exports[`./${name}`] ?? exports[`./${folder}*`];
  return typeof target === 'object' ? target.default.replace('*', name.slice(folder.length)) : undefined;
}

const ownFile = (built: string) =>
  import.meta.url.endsWith('.ts') ? built.replace('./dist/', '').replace(/\.js$/, '.ts') : built;
