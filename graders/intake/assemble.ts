/** Turns the listing of one submission into its files: finds the work, reads its text, and notes what the student should know. */
import { createHash } from 'node:crypto';
import type { SourceFile } from '../model.ts';
import type { Entry } from './entry.ts';
import { Unacceptable } from './entry.ts';
import { findRoot } from './find-root.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import { listArchive } from './list-archive.ts';
import { isPlain, quoted } from './path-rules.ts';
import { decodeText } from './decode-text.ts';
import type { Vocabulary } from './vocabulary.ts';
import { meantBy, moduleFor, otherNamesOf } from './vocabulary.ts';

export interface Bundle {
  where: 'folder' | 'archive';
  entries: readonly Entry[];
}

export interface Assembled {
  sha256: string;
  files: SourceFile[];
  notes: string[];
}

/** What is read: programs and plain text. Pictures, data and office files are left unopened. */
const readable = /\.([mc]?[jt]s|[jt]sx|json|md|txt)$/i;

/** The files and notes of one submission, or Unacceptable with the sentence for its student. */
export async function assemble(bundle: Bundle, vocabulary: Vocabulary, limits: IntakeLimits): Promise<Assembled> {
  const { where, entries } = await unwrap(bundle, vocabulary, limits);
  for (const { fault } of entries) if (fault !== undefined) throw new Unacceptable(fault);
  if (entries.length === 0) throw new Unacceptable(`The ${where} is empty: hand in ${listOf([...vocabulary.named])}.`);
  const root = findRoot(
    entries.map((entry) => entry.path),
    vocabulary,
  );
  if (root === undefined) throw new Unacceptable(nothingFound(where, entries, vocabulary));
  if ('rivals' in root) {
    throw new Unacceptable(
      `Several folders hold work (${listOf(root.rivals)}): hand in one of them. ` +
        'For folders of several students, give the folder that holds them, and nothing else.',
    );
  }
  const notes: string[] = [];
  const chosen = choose(entries, root.layers, vocabulary, notes);
  const files = await readAll(chosen, limits, notes);
  const missing = missingSentences(where, chosen, files, vocabulary);
  if (!files.some((file) => vocabulary.named.has(file.path))) {
    throw new Unacceptable(
      (missing.length > 0 ? missing : notes).join(' ') || nothingFound(where, entries, vocabulary),
    );
  }
  return { sha256: hashOf(files), files, notes: [...notes, ...missing] };
}

/** An archive in which a student put an archive is unpacked once, and only if nothing else is there. */
async function unwrap(bundle: Bundle, vocabulary: Vocabulary, limits: IntakeLimits): Promise<Bundle> {
  const paths = bundle.entries.map((entry) => entry.path);
  if (findRoot(paths, vocabulary) !== undefined) return bundle;
  const archives = bundle.entries.filter((entry) => /\.zip$/i.test(entry.path) && entry.aside === undefined);
  if (archives.length !== 1 || archives[0]!.fault !== undefined) return bundle;
  const [inner] = archives as [Entry];
  if (inner.bytes > limits.archiveBytes) throw tooBig(inner, limits);
  return { where: 'archive', entries: await listArchive(await inner.read(limits.archiveBytes), limits) };
}

const tooBig = (archive: Entry, limits: IntakeLimits) =>
  new Unacceptable(
    `${quoted(archive.path)} is ${sizeInWords(archive.bytes)} (at most ${sizeInWords(limits.archiveBytes)}): leave out node_modules, data and pictures.`,
  );

interface Chosen {
  /** Path as the sheet would have it. */
  path: string;
  entry: Entry;
  /** The path that the student gave it, where that is another one. */
  handedInAs?: string;
}

function choose(
  entries: readonly Entry[],
  layers: readonly string[],
  vocabulary: Vocabulary,
  notes: string[],
): Chosen[] {
  const chosen = new Map<string, Chosen>();
  const deepestFirst = [...layers].sort((a, b) => b.length - a.length);
  const used = new Set<string>();
  // Layers in their order, so that of two files with one name the one nearer to the top is taken.
  for (const layer of layers) {
    for (const entry of entries) {
      if (deepestFirst.find((candidate) => entry.path.startsWith(candidate)) !== layer) continue;
      const path = entry.path.slice(layer.length);
      if (vocabulary.given.has(path)) continue;
      const rival = chosen.get(path);
      if (rival !== undefined) notes.push(`${entry.path} was not read, because ${rival.entry.path} is there too.`);
      else chosen.set(path, { path, entry });
      if (vocabulary.named.has(path) && rival === undefined) used.add(layer);
    }
  }
  const folders = [...used].filter((layer) => layer !== '');
  if (folders.length > 0) notes.push(`Found in the folder ${listOf(folders)}.`);
  return [...chosen.values()].map((file) => renamed(file, chosen, vocabulary, notes));
}

function renamed(file: Chosen, all: ReadonlyMap<string, Chosen>, vocabulary: Vocabulary, notes: string[]): Chosen {
  const module = moduleFor(file.path, vocabulary);
  if (module === undefined) return file;
  const first = [module, ...otherNamesOf(module)].find((path) => all.has(path))!;
  if (first !== file.path) {
    notes.push(`${file.path} was not read as ${module}, because ${first} is there too.`);
    return file;
  }
  notes.push(`${file.path} was read as ${module}.`);
  return { ...file, path: module, handedInAs: file.path };
}

async function readAll(chosen: readonly Chosen[], limits: IntakeLimits, notes: string[]): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const unread = chosen.filter(({ path }) => !readable.test(path)).map(({ path }) => path);
  const wanted = chosen.filter(({ path }) => readable.test(path));
  if (wanted.length > limits.files) {
    throw new Unacceptable(
      `It holds ${wanted.length} program and text files (at most ${limits.files}): hand in your own files only.`,
    );
  }
  let bytes = 0;
  for (const { path, entry, handedInAs } of wanted) {
    const reason =
      entry.aside ??
      (entry.bytes > limits.fileBytes
        ? `is ${sizeInWords(entry.bytes)} (at most ${sizeInWords(limits.fileBytes)})`
        : undefined);
    if (reason !== undefined) {
      notes.push(`${plain(path)} was not read: it ${reason}.`);
      continue;
    }
    bytes += entry.bytes;
    if (bytes > limits.totalBytes) {
      throw new Unacceptable(
        `Its program and text files come to more than ${sizeInWords(limits.totalBytes)}: leave out data.`,
      );
    }
    const text = decodeText(await entry.read(limits.fileBytes));
    if ('trouble' in text) notes.push(`${plain(path)} was not read: ${text.trouble}.`);
    else files.push({ path, text: text.text, ...(handedInAs !== undefined && { handedInAs }) });
  }
  if (unread.length > 0) {
    notes.push(`Not read, because only programs and plain text are: ${listOf(unread.map(plain))}.`);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One sentence for each named file that is absent under its name but there under another, one for all others. */
function missingSentences(
  where: string,
  chosen: readonly Chosen[],
  files: readonly SourceFile[],
  vocabulary: Vocabulary,
): string[] {
  const there = new Set(chosen.map(({ path }) => path));
  const absent = [...vocabulary.named].filter((name) => !there.has(name));
  const meant = new Map<string, string>();
  for (const { path } of chosen) {
    const name = meantBy(path, vocabulary);
    if (name !== undefined && !there.has(name) && !meant.has(name)) meant.set(name, path);
  }
  const sentences = [...meant].map(
    ([name, path]) =>
      `${name} is missing; the ${where} holds ${plain(path)}: ${readable.test(path) ? 'rename it' : `hand in ${name} instead`}.`,
  );
  const rest = absent.filter((name) => !meant.has(name));
  // When nothing at all can be graded, the names to change are what counts.
  if (rest.length > 0 && files.some((file) => vocabulary.named.has(file.path)))
    sentences.push(`Not handed in: ${listOf(rest)}.`);
  return sentences;
}

function nothingFound(where: string, entries: readonly Entry[], vocabulary: Vocabulary): string {
  return (
    `No file of ${vocabulary.slug} is there: looked for ${listOf([...vocabulary.named])} ` +
    `at the top, in src/ and in one nested folder; the ${where} holds ${listOf(entries.map((entry) => plain(entry.path)))}.`
  );
}

/** Over sorted paths and contents, each with its length, so that no two submissions share one. */
function hashOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(`${path.length}:${path}${text.length}:${text}`);
  return hash.digest('hex');
}

const plain = (path: string) => (isPlain(path) ? path : quoted(path));

function listOf(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
