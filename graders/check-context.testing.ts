/** A check context without a sandbox: a student in this very process answers problems through their own `ask`. */
import type { BatchContext, OpenContext, OpenGuest } from './check-context.ts';
import { openContext } from './check-context.ts';
import type { Precision } from './model/guest.ts';

/** What all check contexts of a test share that are given the same. */
export const batchOf = (seed = 3): BatchContext => ({
  assignment: { limits: { submissionMs: 1e6 } } as BatchContext['assignment'],
  seed,
  shared: new Map(),
  dataFolder: undefined,
  full: false,
  clock: () => 0,
});

/** A check context whose guests know their precision and nothing else; `opened` tells of each. */
export function contextInProcess(
  batch = batchOf(),
  opened: (precision: Precision) => void = () => undefined,
): OpenContext {
  const unused = () => Promise.reject(new Error('not asked for'));
  return openContext({ id: 'in process', sha256: '', files: [], notes: [] }, batch, {
    open: ({ precision }) => {
      opened(precision);
      const guest = { alive: true, precision, output: () => '', close: () => Promise.resolve() };
      return Promise.resolve(guest as unknown as OpenGuest);
    },
    breaches: unused,
    outlines: unused,
    answers: () => ({}),
    essay: () => undefined,
    sidecar: () => undefined,
  });
}
