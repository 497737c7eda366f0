/** Folders that lie beside the work, or beside the folders of students, and are nobody's work: pictures, data, documents. */
import { foldersWithWork } from './find-root.ts';
import { folderApart } from './path-rules.ts';
import type { Tree } from './tree.ts';
import { pathsIn } from './tree.ts';
import type { Vocabulary } from './vocabulary.ts';

const support =
  /^(images?|img|pictures?|pics|screenshots?|figures?|plots?|docs?|documents|reports?|tests?|notebooks?|assets|results?|logs?|scripts?|lib|utils?|helpers?)$/i;

/** Whether a folder is called like that. */
export const isSupport = (name: string): boolean => support.test(name) || folderApart(`${name}/`) !== undefined;

/** The tree without folders of that kind, where they hold neither work nor an archive of it. */
export function withoutSupport(tree: Tree, vocabulary: Vocabulary): Tree {
  const paths = [...tree.folders].flatMap(([name, inside]) => pathsIn(name, inside));
  const working = foldersWithWork(paths, vocabulary);
  const isNobodys = (name: string) =>
    isSupport(name) && !working.has(name) && !paths.some((path) => path.startsWith(`${name}/`) && /\.zip$/i.test(path));
  return { ...tree, folders: new Map([...tree.folders].filter(([name]) => !isNobodys(name))) };
}
