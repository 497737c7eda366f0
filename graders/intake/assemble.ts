/** Turns the listing of one submission into its files: finds the work, reads its text, and notes what the student should know. */
import { createHash } from 'node:crypto';
import type { OtherLanguage } from '../model/contract.ts';
import type { SourceFile } from '../model/submission.ts';
import type { Chosen } from './choose.ts';
import { choose } from './choose.ts';
import type { Entry } from './entry.ts';
import { Unacceptable } from './entry.ts';
import { findRoot } from './find-root.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import { listOneArchive } from './list-archive.ts';
import { listOf } from './list-of.ts';
import { folderApart, isArchive, isReadable, isZip, noZip, plain, quoted } from './path-rules.ts';
import { readFiles } from './read-files.ts';
import { withTypedText } from './typed-text.ts';
import type { Vocabulary } from './vocabulary.ts';
import { inLanguageOf, meantBy, standsFor, withLoneProgram } from './vocabulary.ts';

interface Bundle {
  where: 'folder' | 'archive';
  entries: readonly Entry[];
  /** What was typed into the page of the platform, as HTML. */
  typed?: Entry;
}

interface Assembled {
  sha256: string;
  files: SourceFile[];
  notes: string[];
  language?: OtherLanguage;
}

/** The files and notes of one submission, or Unacceptable with the sentence for its student. */
export async function assemble(bundle: Bundle, wide: Vocabulary, limits: IntakeLimits): Promise<Assembled> {
  const { where, entries } = await unwrap(bundle, wide, limits);
  const { typed } = bundle;
  for (const { fault } of entries) if (fault !== undefined) throw new Unacceptable(fault);
  const paths = entries.map((entry) => entry.path);
  // As many as a folder is listed of; to look for the work among more takes longer than all others may wait.
  const used = paths.filter((path) => isReadable(path, 'any') && folderApart(path) === undefined);
  if (used.length > limits.entries) {
    throw new Unacceptable(
      `It holds ${used.length} program and text files (at most ${limits.files}): hand in your own files only.`,
    );
  }
  const vocabulary = inLanguageOf(paths, withLoneProgram(paths, wide));
  if (entries.length === 0 && typed === undefined)
    throw new Unacceptable(`The ${where} is empty: hand in ${listOf([...vocabulary.named])}.`);
  const root = findRoot(paths, vocabulary);
  if (root === undefined && typed === undefined) {
    const packed = paths.find(isArchive);
    const isOther = packed !== undefined && !paths.some(isZip);
    throw new Unacceptable(isOther ? noZip(packed) : nothingFound(where, entries, vocabulary));
  }
  if (root !== undefined && 'rivals' in root) {
    throw new Unacceptable(
      `Several folders hold work (${listOf(root.rivals)}): hand in one of them. ` +
        'For folders of several students, give the folder that holds them, and nothing else.',
    );
  }
  const choice = choose(entries, root?.layers ?? [''], vocabulary);
  const notes = [...choice.notes];
  const read = await readFiles(choice, vocabulary.language, limits, notes);
  const files = typed === undefined ? read : await withTypedText(read, typed, vocabulary, limits, notes);
  const missing = missingSentences(where, choice.chosen, files, vocabulary);
  if (!files.some((file) => vocabulary.named.has(file.path))) {
    throw new Unacceptable(
      (missing.length > 0 ? missing : notes).join(' ') || nothingFound(where, entries, vocabulary),
    );
  }
  const { language } = vocabulary;
  return {
    sha256: hashOf(files),
    files,
    notes: [...notes, ...missing],
    ...(language === 'python' && { language }),
  };
}

/** An archive in which a student put an archive is unpacked once, and only if nothing else is there. */
async function unwrap(bundle: Bundle, vocabulary: Vocabulary, limits: IntakeLimits): Promise<Bundle> {
  const paths = bundle.entries.map((entry) => entry.path);
  if (findRoot(paths, vocabulary) !== undefined) return bundle;
  const archives = bundle.entries.filter((entry) => isZip(entry.path) && entry.aside === undefined);
  if (archives.length !== 1 || archives[0]!.fault !== undefined) return bundle;
  const [inner] = archives as [Entry];
  if (inner.bytes > limits.archiveBytes) throw tooBig(inner, limits);
  return { where: 'archive', entries: await listOneArchive(await inner.read(limits.archiveBytes), limits) };
}

const tooBig = (archive: Entry, limits: IntakeLimits) =>
  new Unacceptable(
    `${quoted(archive.path)} is ${sizeInWords(archive.bytes)} (at most ${sizeInWords(limits.archiveBytes)}): leave out node_modules, data and pictures.`,
  );

/** One sentence for each named file that is absent under its name but there under another, one for all others. */
function missingSentences(
  where: string,
  chosen: readonly Chosen[],
  files: readonly SourceFile[],
  vocabulary: Vocabulary,
): string[] {
  const there = new Set([...chosen, ...files].map(({ path }) => path));
  const { whole } = vocabulary;
  const hasWhole = whole !== undefined && there.has(whole);
  // A notebook stands for all modules together; of several nobody can tell which does.
  const unclear = whole !== undefined && !hasWhole && chosen.some(({ path }) => standsFor(path, vocabulary) === whole);
  const asked = [...vocabulary.asked].filter((name) => !hasWhole || !vocabulary.modules.has(name));
  const absent = [...asked, ...(unclear ? [whole] : [])].filter((name) => !there.has(name));
  const sentences: string[] = [];
  const rest: string[] = [];
  const paths = chosen.map(({ path }) => path);
  const standing = Map.groupBy(paths, (path) => standsFor(path, vocabulary));
  const meant = Map.groupBy(paths, (path) => meantBy(path, vocabulary));
  for (const name of absent) {
    const candidates = standing.get(name) ?? [];
    const other = meant.get(name)?.[0];
    if (candidates.length > 0) {
      const which = listOf(candidates.map(plain)).replace(/, (?=[^,]*$)/, ' and ');
      sentences.push(`${name} is missing; the ${where} holds ${which}: keep one of them and name it ${name}.`);
    } else if (other !== undefined) {
      const what = isReadable(other, vocabulary.language) ? 'rename it' : `hand in ${name} instead`;
      sentences.push(`${name} is missing; the ${where} holds ${plain(other)}: ${what}.`);
    } else rest.push(name);
  }
  // When nothing at all can be graded, the names to change are what counts.
  if (rest.length > 0 && files.some((file) => vocabulary.named.has(file.path)))
    sentences.push(`Not handed in: ${listOf(rest)}.`);
  return sentences;
}

function nothingFound(where: string, entries: readonly Entry[], vocabulary: Vocabulary): string {
  return (
    `No file of ${vocabulary.slug} is there: looked for ${listOf([...vocabulary.named])} ` +
    `at the top, in src/ and in the folders below; the ${where} holds ${listOf(entries.map((entry) => plain(entry.path)))}.`
  );
}

/** Over sorted paths and contents, each with its length, so that no two submissions share one. */
function hashOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const { path, text, knownAs = '' } of files) {
    hash.update(`${path.length}:${path}${text.length}:${text}${knownAs}`);
  }
  return hash.digest('hex');
}
