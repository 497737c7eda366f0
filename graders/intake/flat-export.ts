/** Learning platforms that put the files of a whole class into one folder write in front of each whose it is. */
import type { Entry } from './entry.ts';
import { isArchive, isProgram } from './path-rules.ts';
import { nameOfPerson } from './person-key.ts';
import type { Receipt } from './platforms/blackboard.ts';
import { readReceipt } from './platforms/blackboard.ts';
import type { Owned, Owner } from './platforms/owned.ts';
import { ownerOfFile } from './platforms/owner.ts';
import type { Vocabulary } from './vocabulary.ts';
import { isLoneProgram, isTelling, moduleFor } from './vocabulary.ts';

/** What one person handed in at one time, under the names that the person gave. */
interface FlatAttempt {
  owner: Owner;
  files: readonly Entry[];
}

interface File {
  entry: Entry;
  owned: Owned;
  /** Of several copies the one with the greatest is the last. */
  order: readonly [copy: number, upload: number];
}

/**
 * The attempts of each student, from a flat folder as Blackboard, Canvas, Moodle and Brightspace export it. Copies that Canvas
 * numbers on handing in again (`q1-2.ts`) stand for the file, the last one counting. Undefined when no file of the assignment
 * and no archive is named in that way, or a program or an archive is there that does not say whose it is: then a folder or
 * .zip per student is needed.
 */
export async function attemptsIn(files: readonly Entry[], vocabulary: Vocabulary): Promise<FlatAttempt[] | undefined> {
  const attempts = new Map<string, File[]>();
  const receipts = new Map<string, Entry>();
  let told = false;
  for (const entry of files) {
    const owned = ownerOfFile(entry.path);
    if (owned === undefined) {
      if (isProgram(entry.path) || isArchive(entry.path)) return undefined;
      continue;
    }
    const key = `${nameOfPerson(owned)} ${owned.origin.at ?? ''}`;
    if (owned.isReceipt === true) {
      receipts.set(key, entry);
      continue;
    }
    told ||= isTelling(owned.file, vocabulary) || isArchive(owned.file) || mayBeWhole(owned.file, vocabulary);
    const file = fileOf(entry, owned, vocabulary);
    const own = attempts.get(key);
    if (own === undefined) attempts.set(key, [file]);
    else own.push(file);
  }
  const isLone = (own: readonly File[]) =>
    isLoneProgram(
      own.map(({ entry }) => entry.path),
      vocabulary,
    );
  if (!told && ![...attempts.values()].some(isLone)) return undefined;
  const found = [];
  for (const [key, own] of attempts) {
    const receipt = receipts.get(key);
    const known = receipt === undefined ? own : asTold(own, await readReceipt(receipt));
    for (const part of parted(known, vocabulary)) found.push(attemptOf(part));
  }
  return found;
}

/** True when files of several students seem to lie together under names that do not say clearly whose they are. */
export const looksFlat = (files: readonly Entry[], vocabulary: Vocabulary): boolean =>
  files.some(({ path }) =>
    [...path.matchAll(/[-_ ]/g)].some(({ index }) => isNamed(path.slice(index + 1), vocabulary)),
  );

/** One program of whatever name may be all that somebody hands in. */
const mayBeWhole = (path: string, { whole }: Vocabulary) => whole !== undefined && /\.py$/i.test(path);

function fileOf(entry: Entry, owned: Owned, vocabulary: Vocabulary): File {
  const [, stem, copy, ending] = /^(.+)-(\d{1,3})(\.[^.]+)$/.exec(owned.file) ?? [];
  const original = `${stem}${ending}`;
  if (owned.upload === undefined || copy === undefined || !isNamed(original, vocabulary)) {
    return { entry: { ...entry, path: owned.file }, owned, order: [0, owned.upload ?? 0] };
  }
  const again = { ...owned, file: original, origin: { ...owned.origin, attempt: Number(copy) + 1 } };
  return { entry: { ...entry, path: original }, owned: again, order: [Number(copy), owned.upload] };
}

/** The files with what the text of the attempt says of them. */
function asTold(files: readonly File[], { name, username, originals }: Receipt): File[] {
  return files.map(({ entry, owned, order }) => {
    const { handedInAs } = owned.origin;
    const isSame =
      username !== undefined && handedInAs.slice(0, handedInAs.lastIndexOf('_attempt_')).endsWith(`_${username}`);
    const file = originals.get(`${handedInAs}_${owned.file}`) ?? owned.file;
    const known: Owned = {
      ...owned,
      file,
      origin: { ...owned.origin, ...(isSame && { person: username }), ...(name !== undefined && { name }) },
      ...(isSame && { label: username }),
    };
    return { entry: { ...entry, path: file }, owned: known, order };
  });
}

/** Of several archives and nothing else each is a time of handing in: they cannot be parts of one. */
function parted(files: readonly File[], vocabulary: Vocabulary): (readonly File[])[] {
  const isPart = ({ entry }: File) => isTelling(entry.path, vocabulary) || !isArchive(entry.path);
  const isCanvas = files.every(({ owned }) => owned.upload !== undefined);
  if (!isCanvas || files.length < 2 || files.some(isPart)) return [files];
  return files.toSorted((a, b) => a.order[1] - b.order[1]).map((file) => [file]);
}

function attemptOf(files: readonly File[]): FlatAttempt {
  const last = new Map<string, File>();
  for (const file of files) {
    const known = last.get(file.entry.path);
    if (known === undefined || isLater(file.order, known.order)) last.set(file.entry.path, file);
  }
  const [{ label, distinct, key, origin, upload }] = files.map(({ owned }) => owned) as [Owned];
  // One person may hand in more files than a call takes arguments.
  const attempt = files.reduce((most, { owned }) => Math.max(most, owned.origin.attempt ?? 0), 0);
  const late = files.some(({ owned }) => owned.origin.late === true);
  return {
    owner: {
      origin: { ...origin, ...(attempt > 0 && { attempt }), ...(late && { late }) },
      label,
      ...(distinct !== undefined && { distinct }),
      ...(key !== undefined && { key }),
      ...(upload !== undefined && { upload }),
    },
    files: [...last.values()].map(({ entry }) => entry),
  };
}

const isNamed = (path: string, vocabulary: Vocabulary) =>
  vocabulary.named.has(path) || moduleFor(path, vocabulary) !== undefined;

const isLater = (a: File['order'], b: File['order']) => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
