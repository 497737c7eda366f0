/** A container is a wall around all that runs in it: it protects one submission's grade only where there is no other. */
import { IntakeError } from '../intake/entry.ts';
import type { HandedIn } from '../intake/receive.ts';
import type { BatchOptions } from './options.ts';

/** Throws, before anything has run, where a container is stated to be the wall and what was handed in is not one submission. */
export function assertAlone(found: readonly HandedIn[], { containedBy }: Pick<BatchOptions, 'containedBy'>): void {
  if (containedBy === undefined || found.length === 1) return;
  throw new IntakeError(
    `--contained-by ${containedBy} is for exactly one submission, and there are ${found.length} here: one of them could reach ` +
      'the others, which the container does not prevent. Start a container for each; nothing was run.',
  );
}
