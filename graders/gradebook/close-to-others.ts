/**
 * A folder that was there before may be open to others: `mkdir out` makes it so, and so does a copy that is put back. Then the names of
 * a class can be listed, and its gradebook and secret read.
 */
import { chmodSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { isNameInBatch } from './file-name.ts';
import { fileMode, folderMode } from './write-whole.ts';

const closed = /^(secret|gradebook\.db(-wal|-shm|-journal)?)$/;

/** Closes a folder in which nothing lies but what belongs to a batch, and always the gradebook and the secret in it. */
export function closeToOthers(outDir: string): void {
  const entries = readdirSync(outDir, { withFileTypes: true });
  const names = entries.map(({ name }) => name);
  const isBatch = names.length === 0 || (names.includes('gradebook.db') && entries.every(mayBeInBatch));
  if (isBatch) close(outDir, folderMode);
  // Where a link leads is not ours.
  for (const each of entries) if (each.isFile() && closed.test(each.name)) close(join(outDir, each.name), fileMode);
}

/** `/dev` is no batch, whatever its devices are called. */
const mayBeInBatch = (entry: Dirent): boolean =>
  isNameInBatch(entry.name) && (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink());

/** What belongs to somebody else is theirs to close; a folder that everybody writes into (`/tmp`) is not for us to close. */
function close(path: string, mode: number): void {
  try {
    const { mode: now } = statSync(path);
    if ((now & 0o077) !== 0 && (now & 0o1000) === 0) chmodSync(path, mode);
  } catch {
    // Whoever writes there says it.
  }
}
