/** What the sandbox has to know of a process in order to contain it. Of no language does this room know more than stands here. */
import type { Limits } from '../../model/assignment.ts';

/** One process of a runtime: how its command line goes, what it finds around it, what it costs by itself. */
export interface RuntimeProcess {
  /** What runs, in sentences: `Node`. */
  name: string;
  /** Where its binary is seen in a root of its own. */
  at: string;
  /** Words between the binary and the guest's file; `readable` is the guest's folder as the process sees it, with a slash. */
  flags(limits: Limits, readable: string): readonly string[];
  /** Words after the guest's file. */
  args: readonly string[];
  /** What the guest loads besides its own files; the place where the process sees it is the last of its words. */
  beside?: Mount;
  /** What else has to be there in a root of its own, where nothing is there by itself. */
  mounts?: readonly Mount[];
  links?: readonly { at: string; to: string }[];
  env?: Readonly<Record<string, string>>;
  /** Address space that it may reserve, in megabytes: a wall behind the watchdog, for what is not resident. */
  addressMb(limits: Limits): number;
  /** Resident megabytes of the runtime itself that come on top of the assignment's limit. */
  besidesMb?: number;
  /** How many copies may be made of one that has been started with these words before its own. */
  copies?: { many: number; args: readonly string[] };
  /** How one learns that the runtime itself has run out of memory. */
  outOfMemory?: OutOfMemory;
}

/** A file or folder of the host, seen inside under another name, read-only. */
export interface Mount {
  from: string;
  at: string;
}

export interface OutOfMemory {
  /** The reason that it prints before it ends itself. */
  printed: string;
  /** All that it prints then: addresses, sizes and times, of which only the reason is for a reader. */
  report: RegExp;
  /** What it throws where it goes on: name and message. */
  thrown: RegExp;
}
