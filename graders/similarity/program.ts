/** What of a submission is compared: its modules, each with its shape. */
import type { ProgramShape } from '../runtimes/node/inspect/inspection.ts';

export interface ComparedModule {
  path: string;
  lines: readonly string[];
  shape: ProgramShape;
}

export interface Program {
  id: string;
  modules: readonly ComparedModule[];
}

/** A submission, or a part of one, that is not compared, and why. */
export interface LeftOut {
  id: string;
  why: string;
}
