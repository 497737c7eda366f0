/** The project's own source files, and who imports whom. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceText {
  /** Relative to the project's root, `/`-separated. */
  path: string;
  text: string;
}

/** All TypeScript of these folders, tests included, in order of their paths. */
export function sourcesIn(...folders: readonly string[]): SourceText[] {
  return folders
    .flatMap((folder) => walk(join(root, folder)))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });

export const isTest = ({ path }: Pick<SourceText, 'path'>): boolean => /\.(test|testing)(-d)?\.ts$/.test(path);

/** Paths of the project's own files that this one imports, by whatever form of import. */
export function importsOf({ path, text }: SourceText): string[] {
  const specifiers = [
    ...text.matchAll(/^\s*(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm),
    ...text.matchAll(/\bimport\(\s*['"](\.[^'"]+)['"]/g),
    ...text.matchAll(/new URL\(\s*['"](\.[^'"]+\.ts)['"]/g),
  ].map((match) => match[1]!);
  return specifiers
    .map((specifier) => relative(root, resolve(root, dirname(path), specifier)))
    .filter((target) => target.endsWith('.ts'));
}

/** Every file that this one reaches by imports, itself left out. */
export function reachedFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    for (const target of imports.get(path) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      visit(target);
    }
  };
  visit(start);
  return seen;
}
