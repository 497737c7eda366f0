/** At the top of a class: work that is called like what tools leave behind, and what is passed over as nobody's. */
import type { Entry } from './entry.ts';
import { foldersOfPeople } from './find-root.ts';
import { listOf } from './list-of.ts';
import { isArchive, isOfTools, plain } from './path-rules.ts';
import { isMetadata } from './platforms/gradescope.ts';
import { pathsIn, type Tree } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';
import { isCalledClass } from './wrapped-class.ts';

/** Somebody's work among what is hidden in a class: archives, what cannot be read, and folders unless a tool calls its own so. */
export async function hiddenWork({ files, folders }: Tree['hidden']): Promise<Tree['hidden']> {
  const isSomebodys = await Promise.all(files.map(async (file) => mayBeWork(file) && !(await isAppleDouble(file))));
  return {
    files: files.filter((_, i) => isSomebodys[i]),
    folders: new Map([...folders].filter(([name]) => !isOfTools(name))),
  };
}

/** Whether a file at the top of a class is an archive, or lies in the place of somebody's work and cannot be read. */
export const mayBeWork = ({ path, aside }: Entry): boolean =>
  isArchive(path) || (aside !== undefined && !isOfTools(path));

/** Whether it is a class though everybody in it has a hidden name. */
export const isHiddenClass = (hidden: Tree['hidden'], name: string, vocabulary: Vocabulary): boolean => {
  const paths = [...hidden.folders].flatMap(([folder, inside]) => pathsIn(folder, inside));
  const people = foldersOfPeople(paths, vocabulary).length + hidden.files.length;
  return people > (isCalledClass(name, vocabulary.slug) ? 0 : 1);
};

/** macOS keeps what else it knows of `ann.zip` beside it, in `._ann.zip`; somebody may have called an archive so. */
const isAppleDouble = async ({ path, read }: Entry): Promise<boolean> =>
  path.startsWith('._') &&
  (await read(1_000_000).then(
    (content) => content.toString('hex', 0, 4) === '00051607',
    () => false,
  ));

/** For staff: what at the top of a class is nobody's work, beside what is `taken`; undefined where nothing is. */
export function toldOfPassedOver(all: Tree, taken: ReadonlySet<string>): string | undefined {
  const files = [...all.files, ...all.hidden.files].map(({ path, spelt = path }) => spelt);
  const there = [...files, ...all.folders.keys(), ...all.hidden.folders.keys()];
  const nobodys = there.filter((one) => !taken.has(one) && !isMetadata(one)).sort();
  if (nobodys.length === 0) return undefined;
  return `Passed over in ${plain(all.name)} as nobody's work: ${listOf(nobodys.map(plain), 12)}.`;
}
