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
      const target = specifier.startsWith('gradmark/')
        ? exports[`./${specifier.slice('gradmark/'.length)}`]
        : undefined;
      if (typeof target !== 'object') return next(specifier, context);
      return { url: pathToFileURL(join(packageRoot, ownFile(target.default))).href, shortCircuit: true };
    },
  });
}

const ownFile = (built: string) =>
  import.meta.url.endsWith('.ts') ? built.replace('./dist/', '').replace(/\.js$/, '.ts') : built;
