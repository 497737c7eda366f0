/**
 * Copies of what was handed in, as intake read it: a grade can be repeated when the folder of the class is gone. Each stands under the
 * hash of what it holds, so that who hands in the same has the same copy.
 */
import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import type { SourceFile } from '../model/submission.ts';
import { GradebookError } from './read-event.ts';

export type Work = readonly SourceFile[];

/** Under which name the gradebook keeps it. */
export const hashOfWork = (work: Work): string => sha256Of(textOf(work));

/** As it is stored. */
export const packed = (work: Work): Uint8Array => deflateSync(textOf(work));

/** As it was read. Throws GradebookError where that is not what stands under this hash. */
export function unpacked(hash: string, body: Uint8Array, where: string): Work {
  let text = '';
  try {
    text = inflateSync(body).toString();
  } catch {
    // It has no hash of ours then.
  }
  if (sha256Of(text) === hash) return JSON.parse(text) as Work;
  throw new GradebookError(`${where} is damaged: a copy of what was handed in is not as it was written.`);
}

/** Half characters, as a file may hold, stay what they are. */
const textOf = (work: Work): string =>
  JSON.stringify(work.map(({ path, text, handedInAs, knownAs }) => ({ path, text, handedInAs, knownAs })));

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
