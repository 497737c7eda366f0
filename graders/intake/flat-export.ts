/** Learning platforms that put the files of a whole class into one folder write in front of each whose it is. */
import type { Entry } from './entry.ts';
import type { Vocabulary } from './vocabulary.ts';
import { isTelling, moduleFor } from './vocabulary.ts';

interface Owned {
  /** Name and number of the student: names alone may be shared. */
  student: string;
  file: string;
  /** Of several copies the one with the greatest is the last. */
  order: readonly [copy: number, upload: number];
}

/** `doejane_LATE_12345_67890_q3c.ts`: name, number of the student, number of the upload. */
const canvas = /^([^_]+)(?:_LATE)?_(\d+)_(\d+)_(.+)$/;
/** `Jane Doe_12345_assignsubmission_file_q3c.ts` */
const moodle = /^(.+?)_(\d+)_assignsubmission_(?:file|onlinetext)_(.+)$/;

/**
 * The files of each student, under their own names, from a flat folder as Canvas and Moodle export it. A student's file is
 * known by what the platform wrote in front, from the left, so no student can write another's name. Copies that Canvas
 * numbers on handing in again (`q1-2.ts`) stand for the file, the last one counting. Undefined when no file of the assignment
 * is named in that way, or a program is there that does not say whose it is: then a folder or .zip per student is needed.
 */
export function studentsIn(files: readonly Entry[], vocabulary: Vocabulary): Map<string, Entry[]> | undefined {
  const students = new Map<string, Map<string, { entry: Entry; order: Owned['order'] }>>();
  let told = false;
  for (const entry of files) {
    const owned = ownerOf(entry.path, vocabulary);
    if (owned === undefined) {
      if (/\.([mc]?[jt]s|[jt]sx)$/i.test(entry.path)) return undefined;
      continue;
    }
    const { student, file, order } = owned;
    told ||= isTelling(file, vocabulary);
    const own = students.get(student) ?? new Map<string, { entry: Entry; order: Owned['order'] }>();
    students.set(student, own);
    const known = own.get(file);
    if (known === undefined || isLater(order, known.order)) own.set(file, { entry: { ...entry, path: file }, order });
  }
  if (!told) return undefined;
  return new Map([...students].map(([student, own]) => [student, [...own.values()].map(({ entry }) => entry)]));
}

/** True when files of several students seem to lie together under names that do not say clearly whose they are. */
export const looksFlat = (files: readonly Entry[], vocabulary: Vocabulary): boolean =>
  files.some(({ path }) =>
    [...path.matchAll(/[-_ ]/g)].some(({ index }) => isNamed(path.slice(index + 1), vocabulary)),
  );

function ownerOf(path: string, vocabulary: Vocabulary): Owned | undefined {
  const [, moodleName, moodleId, moodleFile] = moodle.exec(path) ?? [];
  if (moodleFile !== undefined) return { student: `${moodleName}_${moodleId}`, file: moodleFile, order: [0, 0] };
  const [, name, id, upload, file] = canvas.exec(path) ?? [];
  if (file === undefined) return undefined;
  const [, stem, copy, ending] = /^(.+)-(\d{1,3})(\.[^.]+)$/.exec(file) ?? [];
  const original = `${stem}${ending}`;
  const isCopy = copy !== undefined && isNamed(original, vocabulary);
  return {
    student: `${name}_${id}`,
    file: isCopy ? original : file,
    order: [isCopy ? Number(copy) : 0, Number(upload)],
  };
}

const isNamed = (path: string, vocabulary: Vocabulary) =>
  vocabulary.named.has(path) || moduleFor(path, vocabulary) !== undefined;

const isLater = (a: Owned['order'], b: Owned['order']) => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
