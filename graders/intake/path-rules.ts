/** Which paths of a submission are looked at, which are set aside, and which are a reason to refuse it. */
import type { OtherLanguage } from '../model/contract.ts';
import type { IntakeLimits } from './limits.ts';

/** Left behind by tools and never part of the work. */
const leftovers = new Set([
  'node_modules',
  '__MACOSX',
  'Thumbs.db',
  'desktop.ini',
  '__pycache__',
  'venv',
  'site-packages',
  'bower_components',
]);

/**
 * True for what editors, package managers and operating systems leave behind; names that begin with a dot are all of that
 * kind. With two dots they are nobody's but a person's.
 */
export function isLeftover(path: string): boolean {
  return path.split('/').some((part) => /^\.(?!\.)/.test(part) || leftovers.has(part));
}

/**
 * What systems, editors and tools of programmers call their own with a dot in front. At the top of a class any other name is a
 * person's: a hand-in that nobody sees is graded for nobody.
 */
const dotted =
  /^\.(#.*|nfs\w+|fuse_hidden\w+|Trash(es|-\d+)?|DS_Store|AppleDouble|Spotlight-V100|fseventsd|TemporaryItems|localized|directory|git|github|gitlab|gitignore|gitattributes|svn|hg|bzr|idea|vscode|vs|settings|venv|env|cache|\w+_cache|ipynb_checkpoints|virtual_documents|jupyter|ipython|npm|yarn|config|local|tox|nox|coverage)$/i;

/** Whether a name is one that tools give. */
export const isOfTools = (name: string): boolean => leftovers.has(name) || dotted.test(name);

/** The same where the first folder, or the one below it, may be a person's, whatever that person is called. */
export const isLeftoverOfSomebody = (path: string): boolean => isLeftover(path.split('/').slice(2).join('/'));

/** Folders of data and of what tools made from the work. */
const apart = new Set(['data', 'datasets', 'dataset', 'dist', 'build', 'out', 'target', 'coverage', 'checkpoints']);

/** The folder of data or of built files in which a path lies, `/` at its end: such files count only if a program imports them. */
export function folderApart(path: string): string | undefined {
  const parts = path.split('/');
  const at = parts.slice(0, -1).findIndex((part) => apart.has(part.toLowerCase()));
  return at < 0 ? undefined : `${parts.slice(0, at + 1).join('/')}/`;
}

/** What is read: programs of the submission's language and plain text. Pictures, data and office files are left unopened. */
export const isReadable = (path: string, language: Language): boolean =>
  /\.(json|md|txt)$/i.test(path) || isProgramOf(path, language);

/** Archives, of whatever kind: which of them are read is decided where they are opened. Blanks and dots at the end are nobody's. */
export const isArchive = (path: string): boolean =>
  /\.(zipx?|rar|7z|tar|t?gz|tbz2?|t?bz2|t?xz|t?zst|lz|lz4|lzma|tlz|z|cab|arj|ace|lzh|lha|sitx?|alz|egg|jar|cpio|iso|dmg)[\s.]*$/i.test(
    path,
  );

/** The only kind that is opened. */
export const isZip = (path: string): boolean => /\.zip[\s.]*$/i.test(path);

/** What is said of an archive of another kind. */
export const noZip = (path: string): string => `${plain(path)} is no .zip archive: hand in a .zip.`;

/** Whether a file is a program of this language, by its name. */
const isProgramOf = (path: string, language: Language): boolean => programsOf[language].test(path);

/** The same in whatever language. */
export const isProgram = (path: string): boolean => isProgramOf(path, 'any');

/** `any` before it is known in which language a submission is written. */
export type Language = 'node' | OtherLanguage | 'any';

const programsOf: Record<Language, RegExp> = {
  node: /\.([mc]?[jt]s|[jt]sx)$/i,
  python: /\.(py|ipynb)$/i,
  any: /\.([mc]?[jt]s|[jt]sx|py|ipynb)$/i,
};

/** Characters that are seen as nothing, or turn the text around: C0, C1, zero-width, bidi controls, BOM. */
const deceptive = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

/** Joiners are spelling in Persian, in the scripts of India and in emoji, and seen as nothing elsewhere. */
const joiners = /[\u200c\u200d]/g;

/** Why a file is set aside for its name, as the end of a sentence: it looks like another one, or like none. */
export const nameFault = (path: string): string | undefined =>
  deceptive.test(path) ? 'has invisible or direction-changing characters in its name' : undefined;

/** Paths that look the same to a reader, or are one file on many computers, look the same here. */
export const lookOf = (path: string): string => path.normalize('NFKC').replace(joiners, '').toLowerCase();

/** Why a path must not be trusted, as the end of a sentence; undefined when it is an ordinary relative path. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'has no name';
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

/** A name as it may be printed: in quotes, everything that is not seen written out, at most 80 characters. */
export function quoted(name: string): string {
  const seen = [...name]
    .map((c) => (deceptive.test(c) || c.match(joiners) ? `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}` : c))
    .join('');
  return `"${seen.length > 80 ? `${seen.slice(0, 77)}...` : seen}"`;
}

/** A name as it is where it can be shown so, otherwise in quotes. */
export const plain = (name: string): string => (!deceptive.test(name) && name.length <= 80 ? name : quoted(name));
