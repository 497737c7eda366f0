/** Lets a teacher's checks import `gradmark/…` from any folder: the names resolve to this very program. */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nearest } from './assignment/did-you-mean.ts';
import { ownModule as moduleAt } from './own-module.ts';
import { packageRoot } from './package-root.ts';

type Exports = Record<string, string | { default: string }>;

const room = fileURLToPath(new URL('.', import.meta.url));

/** Registers the names in package.json's exports, for the sources in a checkout and for the build in the package. */
export function provideOwnModules(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const path = specifier.startsWith('gradmark/') ? ownModule(specifier) : undefined;
      if (path !== undefined) return { url: urlOf(path).href, shortCircuit: true };
      try {
        return next(specifier, context);
      } catch (error) {
        throw specifier.startsWith('gradmark/') ? new Error(noPart(specifier)) : error;
      }
    },
  });
}

/** What is said of a name that gradmark has not: that no package is called so would be told of a slip of the finger. */
function noPart(specifier: string): string {
  const parts = Object.keys(exportsOfThis()).map((name) => name.replace('./', 'gradmark/'));
  const meant = nearest(specifier, parts);
  return `${specifier} is no part of gradmark${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** The compiled program has modules of its own, which know what it holds. What is nowhere is missed where people look for it. */
const urlOf = (path: string): URL =>
  existsSync(path) ? moduleAt(relative(room, path).replace(/\.[tj]s$/, '')) : pathToFileURL(path);

/** The file of this program that `gradmark/…` stands for. */
export function ownModule(specifier: string): string | undefined {
  const built = builtFile(exportsOfThis(), specifier.slice('gradmark/'.length));
  return built === undefined ? undefined : join(packageRoot, ownFile(built));
}

const exportsOfThis = (): Exports =>
  (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { exports: Exports }).exports;

/** The file that a name stands for, by itself or by its folder: `kinds/*` stands for every kind. */
function builtFile(exports: Exports, name: string): string | undefined {
  const folder = name.slice(0, name.indexOf('/') + 1);
  const target = exports[`./${name}`] ?? exports[`./${folder}*`];
  return typeof target === 'object' ? target.default.replace('*', name.slice(folder.length)) : undefined;
}

const ownFile = (built: string) =>
  import.meta.url.endsWith('.ts') ? built.replace('./dist/', '').replace(/\.js$/, '.ts') : built;
