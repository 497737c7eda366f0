/** Small problems for tests of the library: seeded probes, an oracle, mistakes, and answers sent as a plain record. */
import type { Value } from '../model/guest.ts';
import type { Problem } from '../problem.ts';
import type { Answer } from '../question.ts';

/** A problem whose program would send a record of arrays. */
export function standIn<Probe>(
  parts: Pick<Problem<Probe>, 'id' | 'probes' | 'oracle' | 'mistakes' | 'precision'> & Partial<Problem<Probe>>,
): Problem<Probe> {
  return {
    title: parts.id,
    describe: () => 'a stand-in probe',
    ask: () => Promise.reject(new Error('a stand-in asks nobody')),
    read: ({ value }) => ({ answer: (value as { entries: Record<string, Answer[string]> }).entries, notes: [] }),
    write: (answer): Value => ({ kind: 'record', entries: { ...answer } }),
    ...parts,
  };
}
