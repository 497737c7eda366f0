/**
 * Names of files and folders from ids. Ids come from names of folders and archives, which anyone may choose, so they are not
 * believed: one that could leave a folder, hide, be too long for a file system or take another's place gets a name of its own.
 */
import { createHash } from 'node:crypto';

/**
 * What stands in the folder of a batch beside the students' folders; names of files with such endings are kept for more. SQLite has
 * files of its own beside each of its, gradebook and lock, with `-journal` and others after the name, and opens none where something
 * else bears such a name.
 */
const ours =
  /^(records|marks|secret|seed|students|pages|assets|logs)$|\.(json|jsonl|html|csv|tsv|css|js|txt|md|xml|zip|log|lock|part|key|db)(-[^.]*)?$/i;

/** Names that Windows keeps for devices, whatever follows a dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const longest = 80;
/** File systems take 255 bytes; endings and drafts' names need some of them. */
const mostBytes = 200;

/** Whether an id may stand as it is for a student's folder in the folder of a batch. */
export const isFolderName = (id: string): boolean => isFileName(id) && !ours.test(id);

/** Whether it is the name of something that may stand in the folder of a batch: a file of ours, or a student's folder. */
export const isNameInBatch = (name: string): boolean => ours.test(name) || isFileName(name);

/**
 * Names that are one on some file systems: capitals and forms of letters do not tell them apart there. By way of small letters to
 * capitals, since `ß` and `ẞ` are `SS`, and `ς` and `σ` both `Σ`.
 */
export const foldedName = (name: string): string =>
  name.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC');

/** A name that no other id has, with as much of the id as can be read in its own script; another `salt` gives another one. */
export function standIn(id: string, salt = 0): string {
  const plain = id
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_')
    .replace(/^[\p{M}_-]+|[_-]+$/gu, '');
  const readable = [...plain]
    .slice(0, longest / 2)
    .join('')
    .replace(/[_-]+$/, '');
  return `${readable || 'submission'}-${createHash('sha256').update(`${salt} ${id}`).digest('hex').slice(0, 12)}`;
}

/** What the folder of an id is called where nobody else's is. */
export const folderNameOf = (id: string): string => (isFolderName(id) ? id : standIn(id));

/** Letters that are seen as nothing are letters all the same. */
const invisible = /\p{Default_Ignorable_Code_Point}+/gu;

/** Letters of any script in their usual form, seen, short enough, and nothing that a system keeps for itself. */
const isFileName = (id: string): boolean =>
  [...id].length <= longest &&
  Buffer.byteLength(id) <= mostBytes &&
  id === id.normalize('NFC') &&
  id.replace(invisible, '') === id &&
  /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(id) &&
  !id.endsWith('.') &&
  !devices.test(id);
