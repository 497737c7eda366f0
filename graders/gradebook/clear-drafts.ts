/** A grader that is killed while it writes leaves a draft beside the file; the next one on the same folder clears it away. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that a batch consists of, as `draftOf` names them before they are whole. */
const draft = /^(?:secret\..+|.+\.(?:json|html|csv))\.(\d+)\.part$/;

/** Removes the drafts of processes that have ended from the folder of a batch and the folders in it; others stay. */
export async function clearDrafts(outDir: string): Promise<void> {
  const inside = await entriesOf(outDir);
  const folders = inside.filter((entry) => entry.isDirectory()).map(({ name }) => join(outDir, name));
  for (const folder of [outDir, ...folders]) {
    for (const { name } of folder === outDir ? inside : await entriesOf(folder)) {
      const pid = Number(draft.exec(name)?.[1] ?? NaN);
      // In a container every grader may have the same number: this one has not written anything yet.
      if (pid === process.pid || hasEnded(pid)) await rm(join(folder, name), { force: true });
    }
  }
}

const entriesOf = (folder: string) => readdir(folder, { withFileTypes: true }).catch(() => []);

function hasEnded(pid: number): boolean {
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
