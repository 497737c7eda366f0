/** How many submissions this machine grades at once, where nobody says. */
import { availableParallelism } from 'node:os';

/** What the grader itself keeps of one submission: its files, the answers to all probes, and what they are compared with. */
const graderMb = 600;

/** One per core, as far as the memory goes that is free now; each may use `memoryMb` and the grader's own share. */
export function jobsFor(
  memoryMb: number,
  cores = availableParallelism(),
  freeMb = process.availableMemory() / 2 ** 20,
): number {
  return Math.max(1, Math.min(cores, Math.floor(freeMb / (memoryMb + graderMb))));
}
