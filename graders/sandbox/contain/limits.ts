/** How much a student's process may use, beyond the wall clock, which the session keeps. */
import type { Limits } from '../../model/assignment.ts';

/** Bytes on stdout and stderr together after which the process is stopped. */
export const OUTPUT_CAP_BYTES = 20_000_000;
/** How much of that is kept for the reader. */
export const OUTPUT_KEPT_BYTES = 20_000;
/** How often the resident memory of the process tree is read. A program that allocates as fast as it can gains about 20 MB meanwhile. */
export const WATCH_EVERY_MS = 30;
/** A legitimate tfjs program with its threads stays below half of each. */
export const THREADS = 64;
export const OPEN_FILES = 64;

/** Resident pages of TensorFlow's libraries, shared by all processes that map them: no student's doing. Measured: 335 MB. */
export const NATIVE_RESIDENT_MB = 360;
/** What they reserve. Measured: 1.1 GB. */
const NATIVE_ADDRESS_MB = 2048;

interface ProcessLimits {
  /** V8's heap; typed arrays and WebAssembly memory lie outside it. */
  heapMb: number;
  /**
   * RLIMIT_AS. V8 reserves far more than it uses: below 1.2 GB it does not start at all, and below 12 GB it searches long for
   * room for a WebAssembly memory, which doubles the time of a start.
   */
  addressSpaceBytes: number;
  /** RLIMIT_CPU over all threads: a backstop should the grader be too busy to keep the wall clock. */
  cpuSeconds: number;
}

/** The kernel's and V8's share of an assignment's limits; the resident memory itself is watched from outside. */
export function processLimits({ memoryMb, submissionMs }: Limits, native = false): ProcessLimits {
  return {
    heapMb: Math.max(256, Math.round(memoryMb * 0.36)),
    addressSpaceBytes: (Math.max(12_288, 2600 + 2 * Math.round(memoryMb)) + (native ? NATIVE_ADDRESS_MB : 0)) * 2 ** 20,
    cpuSeconds: 10 + Math.ceil((2 * submissionMs) / 1000),
  };
}
