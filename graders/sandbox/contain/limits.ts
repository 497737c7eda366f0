/** How much a student's process may use, beyond the wall clock, which the session keeps. */
import type { Limits } from '../../model/assignment.ts';

/** Bytes on stdout and stderr together after which the process is stopped. */
export const OUTPUT_CAP_BYTES = 20_000_000;
/** How much of that is kept for the reader. */
export const OUTPUT_KEPT_BYTES = 20_000;
/** How often the resident memory of the process tree is read. A program that allocates as fast as it can gains about 20 MB meanwhile. */
export const WATCH_EVERY_MS = 30;
/** A legitimate program with the threads of its tensor library stays below half of each. */
export const THREADS = 64;
export const OPEN_FILES = 64;

/** RLIMIT_CPU over all threads: a backstop should the grader be too busy to keep the wall clock. */
export const cpuSeconds = ({ submissionMs }: Limits): number => 10 + Math.ceil((2 * submissionMs) / 1000);
