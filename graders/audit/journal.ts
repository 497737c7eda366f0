/** What an audit has already measured, line by line on disk, so that an interrupted audit goes on where it stopped. */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fromJson } from '../gradebook/json.ts';
import { WriteError } from '../gradebook/write-whole.ts';
import { makeFolders } from '../make-folders.ts';
import { readPlainFileSync } from '../plain-file.ts';

export interface Journal {
  /** The row measured earlier under this key, or `measure()`, which is then remembered. */
  row<T>(key: string, measure: () => Promise<T>): Promise<T>;
}

/** A journal that forgets when the program ends. */
export const noJournal: Journal = { row: (_key, measure) => measure() };

/**
 * A journal in this file. `of` names what is measured: the grader (by its hash), its seed, its sandbox; rows of another are
 * dropped. A torn last line is measured again.
 */
export function openJournal(path: string, of: string): Journal {
  try {
    makeFolders(dirname(path));
  } catch (error) {
    throw new WriteError(path, error);
  }
  const rows = new Map<string, unknown>();
  const lines = existsSync(path) ? readPlainFileSync(path).toString().split('\n') : [];
  if (lines[0] === of) {
    for (const line of lines.slice(1)) {
      try {
        const { key, row } = fromJson(line) as { key: string; row: unknown };
        rows.set(key, row);
      } catch {
        continue;
      }
    }
  } else {
    writeFileSync(path, `${of}\n`);
  }
  return {
    async row(key, measure) {
      if (rows.has(key)) return rows.get(key) as never;
      const row = await measure();
      rows.set(key, row);
      appendFileSync(path, `${JSON.stringify({ key, row })}\n`);
      return row;
    },
  };
}
