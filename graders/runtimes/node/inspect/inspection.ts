/** What an inspection asks and answers; plain data, so that it can cross to the worker and back. */
import type { Policy } from '../../../model/assignment.ts';
import type { ModuleOutline, PolicyBreach, SourceFile, SourcePlace } from '../../../model/submission.ts';

export interface InspectionRequest {
  /** The submission's files, with the given modules among them if they are to be compiled too. */
  files: readonly SourceFile[];
  /** The module that a task asks for, e.g. `q3c.ts`. */
  module: string;
  policy: Policy;
  /** Packages that may be imported. */
  imports: readonly string[];
  /** Modules that the grader provides: compiled, but not judged. */
  given: readonly string[];
  /** Set where the shape of the one module is wanted and nothing else: it is not judged, and nothing is compiled. */
  shapeOnly?: true;
}

/** One module as the sandbox runs it. */
export interface CompiledModule {
  path: string;
  /** CommonJS, strict. */
  code: string;
  /** Source map from `code` to the student's text, as JSON. */
  map: string;
}

export interface Inspection {
  breaches: PolicyBreach[];
  /** The first text that is no TypeScript; its module is not among `modules`. */
  syntax?: { message: string; place: SourcePlace };
  modules: CompiledModule[];
  /** Paths of the submission's own and given modules that the module reaches, itself excepted. */
  localImports: string[];
  /** Packages that the student's modules import and that are not there. */
  leftOut: { source: string; place: SourcePlace }[];
  /** Of every module of the student's that could be read. */
  outlines: ModuleOutline[];
  /** Where it alone was asked for, and the module could be read. */
  shape?: ProgramShape;
}

/** A program without its names, numbers and texts: what stays the same when a copy is renamed. */
export interface ProgramShape {
  /** Of every node its opening and, after its children, its closing. */
  tokens: string[];
  /** Of every token its line and column, from 0, in rising order. */
  places: number[];
}

/** What the worker sends back: an inspection, the sentence why there can be none, or an error of ours; and what it cost. */
export type WorkerReply = { cpuMs: number } & (
  | { inspection: Inspection }
  | { stopped: { kind: 'missing' | 'refused'; says: string } }
  | { ours: string }
);

/** What the texts of one submission have cost the grader so far. */
export interface HostAccount {
  cpuMs: number;
}
