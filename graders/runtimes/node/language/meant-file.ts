/** Which file an import probably means that leads nowhere: said alike by whoever inspects a program and by what runs it. */
import { nearestName } from './nearest-name.ts';
import { withoutProgramEnding } from './program-files.ts';

/**
 * The end of a sentence about the import of `specifier` in the module at `from`: a file in another folder, in other capitals or
 * one letter off. Empty when there is none. A digit is no slip of that kind: sheets number their files.
 */
export function meantInstead(from: string, specifier: string, paths: ReadonlySet<string>): string {
  const wanted = nameOf(specifier);
  const named = new Map([...paths].filter((path) => path !== from).map((path) => [nameOf(path), path]));
  const sameDigits = [...named.keys()].filter((name) => digits(name) === digits(wanted));
  const name = named.has(wanted) ? wanted : nearestName(wanted, new Set(sameDigits));
  const path = name === undefined ? undefined : named.get(name);
  if (name === undefined || path === undefined) return '';
  return `; did you mean '${specifierOf(from, path)}'? The file is called ${path}, and ${whatCounts(name, wanted)}`;
}

function whatCounts(name: string, wanted: string): string {
  if (name === wanted) return 'folders count';
  return name.toLowerCase() === wanted.toLowerCase() ? 'capitals count' : 'every letter counts';
}

const nameOf = (path: string): string =>
  path
    .split('/')
    .at(-1)!
    .replace(/\.[a-z]+$/i, '');
const digits = (name: string): string => name.replace(/\D/g, '');

/** How the module at `from` would name the file at `path`. */
const specifierOf = (from: string, path: string): string =>
  ('../'.repeat(from.split('/').length - 1) || './') + withoutProgramEnding(path);
