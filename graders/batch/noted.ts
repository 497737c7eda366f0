/**
 * What one person handed in, as it is read. Of several attempts none is held: a student may hand in a hundred times, each as large as
 * is read, and the memory is everybody's. Each is read again when its turn comes.
 */
import type { Grade } from '../model/grade.ts';
import type { Refusal, Submission } from '../model/submission.ts';
import { handedInOf } from './said.ts';

/** An attempt, one that cannot be accepted, or one that could not be read. */
export type Read = Submission | Refusal | Grade;

export interface Noted {
  /** Without its files where they are not held. */
  item: Read;
  /** What the gradebook is told of it; undefined where nothing is known. */
  said: ReturnType<typeof handedInOf> | undefined;
  /** With its files. Rejects where it is no longer what it was. */
  whole(): Promise<Read>;
}

/** Reads one after the other. */
export async function noteAll(attempts: readonly (() => Promise<Read>)[]): Promise<Noted[]> {
  const all: Noted[] = [];
  for (const read of attempts) {
    const item = await read();
    const said = 'tasks' in item ? undefined : handedInOf(item);
    const held = attempts.length === 1 || !('files' in item);
    all.push({
      item: held ? item : { ...item, files: [] },
      said,
      whole: held ? async () => item : again(item.sha256, read),
    });
  }
  return all;
}

const again = (sha256: string, read: () => Promise<Read>) => async (): Promise<Read> => {
  const item = await read();
  if ('sha256' in item && item.sha256 === sha256) return item;
  throw new Error('What was handed in has changed since it was first read: grade it once more.');
};
