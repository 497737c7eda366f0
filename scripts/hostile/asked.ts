/** How a session is asked by an attack, and what comes back in words. */
import type { Arg } from '../../graders/model/guest.ts';
import { ProgramStopped } from '../../graders/stopped.ts';
import type { Told } from './attack.ts';

/** The bait as an argument. */
export const record = (entries: object): Arg => ({
  kind: 'record',
  entries: entries as Record<string, string | number>,
});

/** How a stopped program ended; whatever else was thrown goes on. */
export function endingOfError(error: unknown): Pick<Told, 'ending' | 'says'> {
  if (!(error instanceof ProgramStopped)) throw error;
  return { ending: error.kind, says: error.message };
}

/** The reply as text: numbers as such, everything else as JSON. */
export function inWords(reply: object): string {
  return JSON.stringify(reply, (key, value: unknown) => {
    if (key === 'ms') return undefined;
    if (value instanceof Float64Array) return Array.from(value.slice(0, 40), String);
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
}
