/** Lets a teacher's checks import `gradmark/…` from any folder: the names resolve to this very program. */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ownModule as moduleAt } from './own-module.ts';
import { packageRoot } from './package-root.ts';

type Exports = Record<string, string | { default: string }>;

const room = fileURLToPath(new URL('.', import.meta.url));

/** Registers the names in package.json's exports, for the sources in a checkout and for the build in the package. */
export function provideOwnModules(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const path = specifier.startsWith('gradmark/') ? ownModule(specifier) : undefined;
      return path === undefined ? next(specifier, context) : { url: urlOf(path).href, shortCircuit: true };
    },
  });
}

/** The compiled program has modules of its own, which know what it holds. What is nowhere is missed where people look for it. */
const urlOf = (path: string): URL =>
  existsSync(path) ? moduleAt(relative(room, path).replace(/\.[tj]s$/, '')) : pathToFileURL(path);

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
