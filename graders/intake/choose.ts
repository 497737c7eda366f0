/** Which files of a submission are the work, and which file of the sheet each of them is. */
import type { Entry } from './entry.ts';
import { firstOf, listOf } from './list-of.ts';
import { folderApart, isReadable, lookOf, nameFault, plain, quoted } from './path-rules.ts';
import type { Vocabulary } from './vocabulary.ts';
import { otherNamesOf, spellingOf, standsFor } from './vocabulary.ts';

export interface Chosen {
  /** Path as the sheet would have it. */
  path: string;
  entry: Entry;
  /** The path that the student gave it, where that is another one. */
  handedInAs?: string;
  /** The path from the root of what was handed in, where that is another one. */
  knownAs?: string;
}

export interface Choice {
  chosen: Chosen[];
  /** Data and built files: read only if a program imports them. */
  apart: Chosen[];
  notes: string[];
}

/** The files below the layers of a root, of which the first is the root itself, under the names of the sheet. */
export function choose(entries: readonly Entry[], layers: readonly string[], vocabulary: Vocabulary): Choice {
  const found = lifted(entries, layers, vocabulary);
  const wider = layersOfAbsent(entries, layers, found, vocabulary);
  const { files, apart, notes, used } = wider.length > 0 ? lifted(entries, [...layers, ...wider], vocabulary) : found;
  const folders = [...used].filter((layer) => layer !== '');
  const place = folders.length > 0 ? [`Found in the folder ${listOf(folders.map(plain))}.`] : [];
  const renamed: string[] = [];
  const chosen = named(files, vocabulary, renamed);
  return { chosen, apart: [...apart.values()], notes: [...firstOf(notes), ...place, ...firstOf(renamed)] };
}

interface Lifted {
  files: Map<string, Chosen>;
  apart: Map<string, Chosen>;
  notes: string[];
  /** The layers in which files of the sheet were found. */
  used: Set<string>;
}

function lifted(entries: readonly Entry[], layers: readonly string[], vocabulary: Vocabulary): Lifted {
  const result: Lifted = { files: new Map(), apart: new Map(), notes: [], used: new Set() };
  const deepestFirst = [...layers].sort((a, b) => b.length - a.length);
  // Layers in their order, so that of two files with one name the one nearer to the top is taken.
  for (const layer of layers) {
    for (const entry of entries) {
      if (deepestFirst.find((candidate) => entry.path.startsWith(candidate)) !== layer) continue;
      const path = entry.path.slice(layer.length);
      if (vocabulary.given.has(path)) continue;
      lift({ path, entry, ...knownAs(entry.path, path, layers[0]!) }, layer, result, vocabulary);
    }
  }
  return result;
}

function knownAs(whole: string, path: string, root: string): Pick<Chosen, 'knownAs'> {
  const own = whole.startsWith(root) ? whole.slice(root.length) : whole;
  return own === path ? {} : { knownAs: own };
}

function lift(file: Chosen, layer: string, { files, apart, notes, used }: Lifted, vocabulary: Vocabulary): void {
  const { path, entry } = file;
  const name = standsFor(path, vocabulary);
  if (name === undefined && folderApart(path) !== undefined) {
    if (!apart.has(path)) apart.set(path, file);
    return;
  }
  const fault = nameFault(path);
  const rival = files.get(path);
  if (fault !== undefined) notes.push(`${quoted(path)} was not read: it ${fault}.`);
  else if (rival !== undefined)
    notes.push(`${plain(entry.path)} was not read, because ${plain(rival.entry.path)} is there too.`);
  else files.set(path, file);
  if (name !== undefined && rival === undefined) used.add(layer);
}

/** Folders outside of the layers that are the one place of a file of the sheet, and bring nothing that is there already. */
function layersOfAbsent(
  entries: readonly Entry[],
  layers: readonly string[],
  { files }: Lifted,
  vocabulary: Vocabulary,
): string[] {
  const there = new Set([...files.keys()].map((path) => standsFor(path, vocabulary)));
  const absent = new Set([...vocabulary.named].filter((name) => !there.has(name)));
  if (absent.size === 0) return [];
  const places = new Map<string, Set<string>>();
  for (const { path } of entries) {
    if (folderApart(path) !== undefined || !isReadable(path, vocabulary.language)) continue;
    for (const [folder, name] of placesOf(path, vocabulary)) {
      if (absent.has(name) && !layers.includes(folder)) places.set(name, (places.get(name) ?? new Set()).add(folder));
    }
  }
  const single = [...places.values()].flatMap((folders) => (folders.size === 1 ? [...folders] : []));
  const brings = (folder: string) =>
    entries.filter(({ path }) => path.startsWith(folder)).map(({ path }) => path.slice(folder.length));
  return [...new Set(single)].filter((folder) => !brings(folder).some((path) => files.has(path)));
}

/** The folders from which a path is a file of the sheet, with the name of that. */
function placesOf(path: string, vocabulary: Vocabulary): [folder: string, name: string][] {
  const starts = [...path.matchAll(/\//g)].map(({ index }) => index + 1);
  return starts.flatMap((start): [string, string][] => {
    const name = standsFor(path.slice(start), vocabulary);
    return name === undefined ? [] : [[path.slice(0, start), name]];
  });
}

/** Every file that alone stands for one of the sheet gets its name. */
function named(files: ReadonlyMap<string, Chosen>, vocabulary: Vocabulary, notes: string[]): Chosen[] {
  const bySpelling = Map.groupBy(files.keys(), (path) => spellingOf(path, vocabulary));
  return [...files.values()].map((file) => {
    const name = standsFor(file.path, vocabulary);
    if (name === undefined || name === file.path) return file;
    const best = [name, ...otherNamesOf(name)].find((path) => files.has(path));
    // Several where nobody can tell which of them it is.
    const [claimant, ...others] = best === undefined ? (bySpelling.get(name) ?? []) : [best];
    if (claimant === undefined || others.length > 0) return file;
    if (claimant !== file.path) {
      notes.push(`${quotedIfAlike(file.path, name)} was not read as ${name}, because ${claimant} is there too.`);
      return file;
    }
    notes.push(`${quotedIfAlike(file.path, name)} was read as ${name}.`);
    return { ...file, path: name, handedInAs: file.path, knownAs: file.knownAs ?? file.path };
  });
}

/** A name that cannot be told from another by eye is written out. */
const quotedIfAlike = (path: string, name: string): string =>
  path.toLowerCase() !== name && lookOf(path) === name.toLowerCase() ? quoted(path) : plain(path);
