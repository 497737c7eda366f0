/** Reads the chosen files of a submission as text, within the limits, and what lies apart as far as a program imports it. */
import type { SourceFile } from '../model/submission.ts';
import { isLocal, resolveLocal } from '../runtimes/node/language/program-files.ts';
import type { Choice, Chosen } from './choose.ts';
import { decodeText } from './decode-text.ts';
import { Unacceptable } from './entry.ts';
import type { IntakeLimits } from './limits.ts';
import { sizeInWords } from './limits.ts';
import { listOf } from './list-of.ts';
import type { Language } from './path-rules.ts';
import { folderApart, isReadable, plain } from './path-rules.ts';

/** The texts by path; notes say of every file that was chosen and not read why, Unacceptable that there is too much to read. */
export async function readFiles(
  choice: Choice,
  language: Language,
  limits: IntakeLimits,
  notes: string[],
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const unread = choice.chosen.filter(({ path }) => !isReadable(path, language)).map(({ path }) => path);
  const waiting = choice.chosen.filter(({ path }) => isReadable(path, language));
  const apart = new Map(choice.apart.filter(({ path }) => isReadable(path, language)).map((file) => [file.path, file]));
  const paths = new Set([...waiting.map(({ path }) => path), ...apart.keys()]);
  let bytes = 0;
  // The list grows while it is walked: a program brings what it imports.
  for (const file of waiting) {
    if (waiting.length > limits.files) {
      throw new Unacceptable(
        `It holds ${waiting.length} program and text files (at most ${limits.files}): hand in your own files only.`,
      );
    }
    const trouble = reasonAgainst(file, limits);
    if (trouble === undefined && (bytes += file.entry.bytes) > limits.totalBytes) {
      throw new Unacceptable(
        `Its program and text files come to more than ${sizeInWords(limits.totalBytes)}: leave out data.`,
      );
    }
    const text = trouble === undefined ? await textOf(file, limits, notes) : undefined;
    if (trouble !== undefined) notes.push(`${plain(file.path)} was not read: it ${trouble}.`);
    if (text === undefined) continue;
    files.push(sourceFile(file, text));
    for (const path of apart.size > 0 ? importsOf(file.path, text, paths) : []) {
      const imported = apart.get(path);
      if (imported !== undefined && apart.delete(path)) waiting.push(imported);
    }
  }
  if (unread.length > 0) {
    notes.push(`Not read, because only programs and plain text are: ${listOf(unread.map(plain))}.`);
  }
  const left = new Set(
    choice.apart
      .filter(({ path }) => !waiting.some((file) => file.path === path))
      .map(({ path }) => folderApart(path)!),
  );
  if (left.size > 0) notes.push(`Not read, because no program imports it: ${listOf([...left].map(plain))}.`);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function reasonAgainst({ entry }: Chosen, limits: IntakeLimits): string | undefined {
  if (entry.aside !== undefined) return entry.aside;
  // Pictures that a notebook keeps are its text as well.
  const most = limits.fileBytes * (entry.path.endsWith('.ipynb') ? 4 : 1);
  return entry.bytes > most ? `is ${sizeInWords(entry.bytes)} (at most ${sizeInWords(most)})` : undefined;
}

async function textOf({ path, entry }: Chosen, limits: IntakeLimits, notes: string[]): Promise<string | undefined> {
  const decoded = decodeText(
    await entry.read(entry.bytes > limits.fileBytes ? 4 * limits.fileBytes : limits.fileBytes),
  );
  if ('trouble' in decoded) {
    notes.push(`${plain(path)} was not read: ${decoded.trouble}.`);
    return undefined;
  }
  if (decoded.note !== undefined) notes.push(`${plain(path)}: ${decoded.note}.`);
  return decoded.text;
}

function sourceFile({ path, handedInAs, knownAs }: Chosen, text: string): SourceFile {
  // Imports leave endings to the reader: `q3c.js` is found for what they call `q3c.ts`.
  const isFound = knownAs === undefined || resolveLocal('', `./${knownAs}`, new Set([path])) === path;
  return {
    path,
    text,
    ...(handedInAs !== undefined && { handedInAs }),
    ...(!isFound && { knownAs }),
  };
}

/** More files than are read of a submission; a text may name a hundred thousand. */
const mostImports = 1000;

/** Roughly, and rather too many: whatever looks like an import. What it really imports is found when it is inspected. */
function importsOf(from: string, text: string, paths: ReadonlySet<string>): string[] {
  const named = text.matchAll(/\b(?:from|import|require)\s{0,9}\(?\s{0,9}(['"`])([^'"`\n]{1,300})\1/g);
  const specifiers = new Set<string>();
  for (const [, , specifier] of named) {
    if (isLocal(specifier!)) specifiers.add(specifier!);
    if (specifiers.size >= mostImports) break;
  }
  return [...specifiers].flatMap((specifier) => resolveLocal(from, specifier, paths) ?? []);
}
