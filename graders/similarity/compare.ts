/**
 * Which programs of a class have in common what few others have. Only for people who look at both sides: programs may be alike for
 * good reasons, and no grade follows from this.
 *
 * Fingerprints are taken of the shapes of programs by winnowing (Schleimer, Wilkerson, Aiken 2003). What the starter or the model
 * solution has tells nothing and is left out, and so is what more than half of the class has, or thirty people; the rest counts the more the
 * fewer have it.
 */
import type { Occurrence, SharedFingerprint } from '@dodona/dolos-core';
import { FingerprintIndex, Region, TokenizedFile, File } from '@dodona/dolos-core';
import type { ComparedModule, LeftOut, Program } from './program.ts';

/** Tokens of a fingerprint, about a dozen nodes, and fingerprints of which one is kept. */
const [gram, window] = [23, 17];
/** Nodes below which a module has no choice how to be written, and those below which a program tells nothing of its author. */
const shortModule = 60;
const shortProgram = 300;
/** What a program repeats more often is a table, or made to take time. */
const mostRepeats = 20;
/** People of a large class beyond whom nothing is rare. */
const mostHolders = 30;
/** Fingerprints that two programs share by chance. */
const byChance = 8;
const leastShare = 0.1;
const mostPairs = 50;
const mostFragments = 30;

/** The same on two sides: from and to are lines of the module, from 0 and inclusive. */
interface Fragment {
  left: FragmentSide;
  right: FragmentSide;
}

interface FragmentSide {
  module: number;
  from: number;
  to: number;
}

export interface AlikePair {
  left: Program;
  right: Program;
  /** Of the rarer of what the smaller of both has, how much the other has, too: from 0 to 1. */
  share: number;
  /** Fingerprints in common, and how many people have one of them on average, both included. */
  common: number;
  heldBy: number;
  /** The longest first. */
  fragments: readonly Fragment[];
}

export interface Similarity {
  compared: number;
  /** The most alike first. */
  pairs: readonly AlikePair[];
  /** How many more pairs there are than are listed. */
  more: number;
  leftOut: readonly LeftOut[];
}

/** Compares everybody with everybody; `known` are the modules of starter and model solution. */
export function compareClass(class_: readonly Program[], known: readonly ComparedModule[]): Similarity {
  const programs = class_.map(withoutShort);
  const long = programs.filter((program) => nodesOf(program) >= shortProgram);
  const leftOut = programs
    .filter((program) => !long.includes(program))
    .map(({ id }) => ({ id, why: `has fewer than ${shortProgram} nodes in modules that are not short` }));
  const rare = Math.min(mostHolders, Math.max(4, Math.ceil(long.length / 2)));
  const index = new FingerprintIndex(gram, window, false, rare);
  for (const module of known) index.addIgnoredFile(tokenized({ id: module.path, modules: [module] }));
  const files = long.map(tokenized);
  index.addFiles(files);
  index.addIgnoredHashes(repeated(index.sharedFingerprints()));

  const alike = likeness(index, files);
  const pairs = alike.slice(0, mostPairs).map(({ left, right, share, common, held }) => ({
    ...{ left: long[left]!, right: long[right]!, share, common, heldBy: held / common },
    fragments: fragmentsOf(index, files[left]!, files[right]!, long[left]!, long[right]!),
  }));
  return { compared: long.length, pairs, more: alike.length - pairs.length, leftOut };
}

interface Likeness {
  left: number;
  right: number;
  weight: number;
  common: number;
  held: number;
  share: number;
}

/** Every two files that have enough in common, by their numbers, the most alike first. */
function likeness(index: FingerprintIndex, files: readonly TokenizedFile[]): Likeness[] {
  const at = new Map(files.map((file, i) => [file.id, i]));
  const total = files.map(() => 0);
  const found = new Map<string, Likeness>();
  for (const fingerprint of index.sharedFingerprints()) {
    if (fingerprint.ignored) continue;
    const holders = fingerprint.files().map(({ id }) => at.get(id)!);
    const weight = Math.log((files.length + 1) / holders.length);
    for (const holder of holders) total[holder]! += weight;
    for (const [left, right] of pairsOf(holders.sort((a, b) => a - b))) {
      const key = `${left} ${right}`;
      const pair = found.get(key) ?? { left, right, weight: 0, common: 0, held: 0, share: 0 };
      pair.weight += weight;
      pair.common += 1;
      pair.held += holders.length;
      found.set(key, pair);
    }
  }
  for (const pair of found.values()) pair.share = pair.weight / Math.min(total[pair.left]!, total[pair.right]!);
  return [...found.values()]
    .filter(({ common, share }) => common >= byChance && share >= leastShare)
    .sort((a, b) => b.share - a.share || b.common - a.common || a.left - b.left || a.right - b.right);
}

const pairsOf = (holders: readonly number[]): [number, number][] =>
  holders.flatMap((left, i) => holders.slice(i + 1).map((right): [number, number] => [left, right]));

const nodesIn = ({ shape }: ComparedModule): number => shape.tokens.length / 2;
const nodesOf = ({ modules }: Program): number => modules.reduce((sum, module) => sum + nodesIn(module), 0);
const withoutShort = ({ id, modules }: Program): Program => ({
  id,
  modules: modules.filter((module) => nodesIn(module) >= shortModule),
});

/** What stands around every module, so that no fingerprint tells which module follows which. */
const BORDER = new Array<string>(gram).fill('border');

/** All modules of a program one after the other, so that it does not matter in which of them something stands. */
function tokenized({ id, modules }: Program): TokenizedFile {
  const [tokens, mapping]: [string[], Region[]] = [[], []];
  const add = (words: readonly string[], placeOf: (k: number) => readonly [row: number, column: number]) => {
    for (const [k, word] of words.entries()) {
      const [row, column] = placeOf(k);
      tokens.push(word);
      mapping.push(new Region(row, column, row, column + 1));
    }
  };
  for (const [i, { shape, lines }] of modules.entries()) {
    const first = firstRow(modules, i);
    const last = [first + lines.length - 1, lines.at(-1)!.length] as const;
    add(BORDER, () => [first, 0]);
    add(shape.tokens, (k) => [first + shape.places[2 * k]!, shape.places[2 * k + 1]!]);
    add(BORDER, () => last);
  }
  return new TokenizedFile(new File(id, modules.map(({ lines }) => lines.join('\n')).join('\n')), tokens, mapping);
}

const firstRow = (modules: readonly ComparedModule[], at: number): number =>
  modules.slice(0, at).reduce((row, { lines }) => row + lines.length, 0);

const repeated = (fingerprints: readonly SharedFingerprint[]): number[] =>
  fingerprints
    .filter((one) => one.files().some((file) => one.occurrencesOf(file).length > mostRepeats))
    .map(({ hash }) => hash);

function fragmentsOf(
  index: FingerprintIndex,
  leftFile: TokenizedFile,
  rightFile: TokenizedFile,
  left: Program,
  right: Program,
): Fragment[] {
  const found = index.getPair(leftFile, rightFile).buildFragments(2);
  return found
    .sort((a, b) => b.pairs.length - a.pairs.length)
    .slice(0, mostFragments)
    .map(({ leftSelection, rightSelection }) => ({
      left: sideOf(left, leftSelection),
      right: sideOf(right, rightSelection),
    }));
}

/** A row of the modules together as a line of one of them; what reaches into the next ends with the first. */
function sideOf({ modules }: Program, { startRow, endRow }: Occurrence['side']['location']): FragmentSide {
  const starts = modules.map((_, i) => firstRow(modules, i));
  const module = starts.findLastIndex((start) => start <= startRow);
  const last = modules[module]!.lines.length - 1;
  return { module, from: startRow - starts[module]!, to: Math.min(endRow - starts[module]!, last) };
}
