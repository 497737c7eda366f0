/**
 * Names of files and folders from ids. Ids come from names of folders and archives, which anyone may choose, so they are not
 * believed: one that could leave a folder, hide, be too long for a file system or take another's place gets a name of its own.
 */
import { createHash } from 'node:crypto';

/** What stands in the folder of a batch beside the students' folders; names of files with such endings are kept for more. */
const ours =
  /^(records|marks|secret|seed|students|pages|assets|logs)$|\.(json|jsonl|html|csv|tsv|css|js|txt|md|xml|zip|log|lock|part|key|db|db-wal|db-shm)$/i;

/** Names that Windows keeps for devices, whatever follows a dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const longest = 80;

/** Whether an id may stand as it is for a student's folder in the folder of a batch. */
export const isFolderName = (id: string): boolean => isFileName(id) && !ours.test(id);

/** A file name for an id, always the same one, and another for another id; ids that are fine stay as they are. */
export const fileName = (id: string): string => (isFileName(id) ? id : standIn(id));

/** A name that no other id has, with as much of the id as can be read anywhere; another `salt` gives another one. */
export function standIn(id: string, salt = 0): string {
  const readable = id
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, longest / 2);
  return `${readable || 'submission'}-${createHash('sha256').update(`${salt} ${id}`).digest('hex').slice(0, 12)}`;
}

const isFileName = (id: string): boolean =>
  id.length <= longest && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id) && !id.endsWith('.') && !devices.test(id);
