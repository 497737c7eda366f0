/** Which paths of a submission are looked at, and which are a reason to refuse it. */
import type { IntakeLimits } from './limits.ts';

/** Left behind by tools and never part of the work. */
const leftovers = new Set(['node_modules', '__MACOSX', 'Thumbs.db', 'desktop.ini', '__pycache__']);

/** True for what editors, package managers and operating systems leave behind; names that begin with a dot are all of that kind. */
export function isLeftover(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || leftovers.has(part));
}

/** Invisible or direction-changing characters make a name look like another one: C0, C1, zero-width, bidi controls, BOM. */
const deceptive = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

/** Why a path must not be trusted, as the end of a sentence; undefined when it is an ordinary relative path. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'has no name';
  if (deceptive.test(path)) return 'has invisible or direction-changing characters in its name';
  if (path.includes('\\')) return 'has a backslash in its name';
  if (path.startsWith('/')) return 'is an absolute path';
  if (/^[A-Za-z]:/.test(path)) return 'begins with a drive letter';
  if (path.split('/').some((part) => part === '..')) return 'leads out of its folder';
  if (path.split('/').some((part) => part === '.' || part === '')) return 'has an empty part in its path';
  return undefined;
}

/** Why a path is beyond what is read; only asked of paths that are no leftovers. */
export function pathExcess(path: string, limits: IntakeLimits): string | undefined {
  if (path.length > limits.pathLength) return `has a path of ${path.length} characters (at most ${limits.pathLength})`;
  const depth = path.split('/').length;
  return depth > limits.depth ? `lies ${depth} folders deep (at most ${limits.depth})` : undefined;
}

/** A name as it may be printed: in quotes, everything deceptive written out, at most 80 characters. */
export function quoted(name: string): string {
  const plain = [...name]
    .map((c) => (deceptive.test(c) ? `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}` : c))
    .join('');
  return `"${plain.length > 80 ? `${plain.slice(0, 77)}...` : plain}"`;
}

/** True when a name can be shown as it is. */
export const isPlain = (name: string) => !deceptive.test(name) && name.length <= 80;
