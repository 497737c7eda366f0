/**
 * What grader and guest say to each other. One request, one reply, the same nonce on both; the guest never speaks first.
 */
import type { Policy } from '../model/assignment.ts';
import type { Contract } from '../model/contract.ts';
import type { Backend, CallOptions, Precision } from '../model/guest.ts';
import type { Drawing } from '../model/drawing.ts';
import type { LayerDescription, NetworkDescription } from '../model/network.ts';
import type { CellRun, Claim, TakenPart } from '../model/notebook.ts';
import type { Wire, WireArg, WireArray } from './wire.ts';

export type WireTarget = { module: string; name: string } | { handle: number; method?: string };

interface Conditions {
  keep: NonNullable<CallOptions['keep']>;
  policy: Policy;
}

/** The tensor library as a whole, without anything that differentiates, or with derivatives that can be recognised. */
export type LibraryExtent = 'whole' | 'forward' | 'marked';

export type Request =
  /** Starts the tensor library, so that a waiting sandbox is warm. */
  | { op: 'boot'; backend: Backend; precision: Precision; library: LibraryExtent | 'none' }
  /**
   * The student's modules; their texts stand one after the other in the binary part. Nothing is evaluated yet. `names` are all
   * files of the submission, so that it can be said which one was meant.
   */
  | {
      op: 'load';
      modules: { path: string; bytes: number }[];
      names: string[];
      imports: string[];
      seed: number;
      /** What the sheet's names are in another language. */
      contract?: Contract['names'];
      provides?: Contract['provides'];
      /** What is asked of the program: of a notebook only what that needs is run. */
      asked?: string[];
    }
  /** Reads these texts without running them; asked before anything is loaded, of a guest whose language the host cannot read. */
  | { op: 'inspect'; modules: { path: string; bytes: number }[]; asked: string[] }
  | { op: 'exports'; module: string }
  | ({ op: 'call'; target: WireTarget; args: WireArg[]; argsAfter: boolean } & Conditions)
  | ({ op: 'construct'; target: WireTarget; args: WireArg[]; argsAfter: boolean } & Conditions)
  | { op: 'make'; value: WireArg }
  /** Each in its turn; where one gives trouble the others are left. */
  | ({ op: 'get'; handle: number; paths: string[] } & Conditions)
  | { op: 'set'; handle: number; values: [path: string, WireArg][] }
  | ({ op: 'take'; handle: number; count: number } & Conditions)
  | { op: 'describe'; handle: number; weights: boolean }
  /** What came of cells that were run, and what was plotted; with `draw` cells that only draw are run for it, but none that needs one of the `lengthy` modules. */
  | { op: 'seen'; draw: boolean; lengthy: string[] }
  | { op: 'seed'; seed: number }
  | { op: 'release'; handle: number };

export type Op = Request['op'];

export interface WireDescription extends Omit<NetworkDescription, 'layers'> {
  layers: (Omit<LayerDescription, 'weights'> & { weights: WireArray[] })[];
}

/** A place in a text, 1-based; of a notebook in one of its cells. */
interface At {
  line: number;
  column: number;
  cell?: number;
}

/** What becomes of a cell of a notebook, and why. */
export interface CellFacts extends Pick<CellRun, 'cell' | 'begins' | 'state'> {
  why?: string;
  /** Which of the asked names it binds. */
  binds?: string[];
  /** What those of its statements do that are not run. */
  left?: ('plots' | 'prints' | 'trains' | 'unneeded')[];
  claims?: Claim[];
}

/** A heading in the text of a notebook: the number of the cell in which it stands, and how deep it is. */
interface HeadingFacts {
  cell: number;
  depth: number;
  text: string;
}

/** What is seen of one text without running it: of one that cannot be parsed nothing but why. */
export interface SourceFacts {
  path: string;
  syntax?: { message: string } & At;
  imports?: ({ name: string; taken: string[]; for?: string[] } & At)[];
  /**
   * Dotted uses such as `np.linalg.lstsq`, and uses of what an import binds; of a notebook those that are run, `for` the asked names
   * that need them. `of` is the full name (`numpy.linalg.lstsq`) where the program has another.
   */
  names?: ({ name: string; of?: string; for?: string[] } & At)[];
  defines?: ({ name: string; what: 'function' | 'class'; documented: boolean; used: boolean } & At)[];
  leftovers?: At[];
  cells?: CellFacts[];
  headings?: HeadingFacts[];
}

/** What a process of a program in cells has seen of it: which cells raised, and what was plotted in which file or cell. */
export interface Seen {
  raised: { path: string; cell: number; trouble: Trouble }[];
  /** `n.ipynb cell 3`, or the name of a program. */
  drawn: { path: string; drawing: Drawing }[];
  /** In which file something of a script was taken in the place of which function of the sheet, and which cells were run for it. */
  taken?: (TakenPart & { path: string; cells: number[] })[];
}

/**
 * `differentiated` names the automatic differentiation that the call used, if any; `takenFrom` what of a script stood in the place
 * of the function.
 */
interface Called {
  value: Wire;
  argsAfter?: Wire[];
  differentiated?: string;
  takenFrom?: string;
}

/** The bodies of good replies. */
export interface Answers {
  inspect: { files: SourceFacts[] };
  boot: { node: string; cacheRejected: boolean };
  load: Record<never, never>;
  exports: { names: [string, string][] };
  call: Called;
  construct: Called;
  make: { value: Wire };
  get: { values: Wire[] };
  set: Record<never, never>;
  take: { items: Wire[] };
  describe: { description: WireDescription };
  seen: Seen;
  seed: Record<never, never>;
  release: Record<never, never>;
}

/**
 * Why there is no good answer: the student's code threw, the thing asked for is missing, a forbidden call was made, a promise
 * never settles, the answer is too large, the student's code broke what the guest stands on, it asked for a part that this
 * process's library lacks, or the guest itself failed.
 */
type TroubleKind = 'threw' | 'missing' | 'refused' | 'never' | 'large' | 'tampered' | 'absent' | 'ours';

export interface Trouble {
  kind: TroubleKind;
  message: string;
  /** Class name of what was thrown. */
  name?: string;
  /** Which of several it was that were asked for together; the first where nothing is said. */
  part?: number;
  /** The module whose loading failed, when it was not the call itself. */
  loading?: string;
  /** Where, in the text of the module as it was sent. */
  place?: { path: string; line: number; column: number };
}

export type ReplyTo<O extends Op> = { nonce: string; ok: Answers[O] } | { nonce: string; trouble: Trouble };
