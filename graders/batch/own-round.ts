/**
 * A round for each work, where one hands in again and again and sees each time what was asked: a table of that is another work, and
 * is asked something else. The same work is asked the same, on any machine.
 */
import type { HandedIn } from '../intake/receive.ts';

/** What the round of this work is called; undefined where it cannot be read, which is told where it is judged. */
export async function roundOfWork(handedIn: Pick<HandedIn, 'read'> | undefined): Promise<string | undefined> {
  const read = await handedIn?.read().catch(() => undefined);
  return read === undefined || 'refused' in read ? undefined : `work ${read.sha256.slice(0, 16)}`;
}
