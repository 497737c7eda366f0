/**
 * The nouns of gradmark, in the order in which they are born: numbers, assignment, submission, what crosses into the
 * sandbox and back, finding, verdict, grade, results. This file imports nothing and holds types only.
 */

// ---- Numbers -------------------------------------------------------------------------------------------------------

export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool';

/** An n-dimensional array on the grader's side, row-major. Data is always widened to float64, so NaN, ±Inf and −0 survive. */
export interface NdArray {
  kind: 'array';
  /** What it was on the student's side: a tf.Tensor, a tf.Variable, a typed array, nested number[]s, `{data, shape}`, or one number. */
  container: 'tensor' | 'variable' | 'typed' | 'nested' | 'ndarray' | 'scalar';
  dtype: DType;
  shape: readonly number[];
  data: Float64Array;
}

// ---- Assignment ----------------------------------------------------------------------------------------------------

export type TaskKind =
  | 'code'
  | 'data-pipeline'
  | 'statistics'
  | 'training-run'
  | 'derivation'
  | 'hand-weights'
  | 'tuning'
  | 'plot'
  | 'essay'
  | 'run'
  | 'read';

/** Which library calls a module may make; enforced before the run (static) and during it (tripwire). */
export type Policy =
  | 'free' // anything the allowed imports offer
  | 'no-autodiff' // tensor operations only: no tf.grad family, optimisers or model.fit
  | 'plain-numbers'; // no deep-learning library at all

export interface RubricItem {
  id: string;
  title: string;
  marks: number;
  /** Words that a marker may look for; shown as hints, never turned into marks. */
  concepts?: string[];
}

export interface Task {
  id: string;
  title: string;
  marks: number;
  kinds: TaskKind[];
  /** File name of the student's module, e.g. `q3c.ts`; absent for essays and for tasks answered in answers.json. */
  module?: string;
  exports?: string[];
  policy?: Policy;
  /** Keys of answers.json that this task reads. */
  answers?: string[];
  /** Side-car files of plots that this task reads, e.g. `plots/q1b.json`. */
  plots?: string[];
  /** Earlier tasks that this one builds on; how a mistake there is treated is the check's business. */
  needs?: string[];
  /** What a person marks: heading in answers.md and rubric. */
  manual?: { heading: string; rubric: RubricItem[] };
  /** Task-wide limits that override the assignment's. */
  limits?: Partial<Limits>;
}

export interface Limits {
  callMs: number;
  submissionMs: number;
  memoryMb: number;
}

export interface Assignment {
  schema: 'gradmark/assignment/v1';
  slug: string;
  title: string;
  summary: string;
  /** Import specifiers a student may use besides their own files. */
  imports: string[];
  /** Modules that the grader provides beside the student's (e.g. code given by the sheet); a student's file of that name is ignored. */
  given?: string[];
  limits: Limits;
  /** Where full-size variants of expensive tasks need more. */
  fullLimits?: Partial<Limits>;
  tasks: Task[];
}

// ---- Submission ----------------------------------------------------------------------------------------------------

export interface SourceFile {
  /** Relative to the submission's root, `/`-separated. */
  path: string;
  text: string;
  /** The student's name for it, where it stands for a module of the sheet: `q3c.js` for `q3c.ts`. */
  handedInAs?: string;
  /** The path by which the student's other files know it, where its own would not be found for that. */
  knownAs?: string;
}

/** What a student handed in, read into memory once; nothing later touches their files again. */
export interface Submission {
  id: string;
  /** Hash over sorted paths and contents. */
  sha256: string;
  files: SourceFile[];
  /** Remarks of intake that the student should see, e.g. a module found in a sub-folder. */
  notes: string[];
}

/** A submission that cannot be graded at all, with the sentence the student can act on. */
export interface Refusal {
  id: string;
  refused: string;
}

/** A place in a student's source, 1-based. */
export interface SourcePlace {
  path: string;
  line: number;
  column: number;
  /** The text of that line, where a reader gains by seeing it. */
  excerpt?: string;
}

/** A rule of the task's policy that the student's source breaks. */
export interface PolicyBreach {
  rule: string;
  place: SourcePlace;
  excerpt: string;
  message: string;
}

/** What a reader sees first of a student's module, found without running it. */
export interface ModuleOutline {
  path: string;
  /** Exports that the assignment asks of this module. */
  asked: readonly string[];
  /** Files of the submission that it imports, with the names taken; `*` for all of them. */
  imports: { path: string; names: string[] }[];
  /** Values that it exports, types left out. */
  exports: { name: string; what: 'function' | 'class' | 'value'; documented: boolean; place: SourcePlace }[];
  /** Comments that say that something is left to do. */
  leftovers: SourcePlace[];
}

// ---- Across the sandbox wall ---------------------------------------------------------------------------------------

/** A layer of a grader-made tfjs model, built inside the sandbox: class name and config of tf.layers, then its weights. */
export interface LayerSpec {
  className: 'Dense' | 'Flatten' | 'Activation' | 'InputLayer' | 'Reshape';
  config: Record<string, string | number | boolean | readonly (number | null)[] | null>;
  weights?: NdArray[];
}

/** What the grader sends in as an argument. Anything here is public to the student's process: never an expected value. */
export type Arg =
  | undefined
  | null
  | boolean
  | number
  | string
  | NdArray // rebuilt as its `container` says: tf.Tensor, tf.Variable, typed array, number[][] …
  | { kind: 'list'; items: readonly Arg[] }
  | { kind: 'record'; entries: Readonly<Record<string, Arg>> }
  | { kind: 'handle'; id: number } // an object that stayed inside
  | { kind: 'model'; layers: readonly LayerSpec[] } // a tf.Sequential built inside
  | { kind: 'bytes'; data: Uint8Array } // a Uint8Array inside
  /** An RngTape inside: plays the listed draws first, then a seeded generator (graders/numerics/random.ts, same stream). */
  | { kind: 'rng'; seed: number; normals?: readonly number[]; uniforms?: readonly number[] };

/** What came back, decoded and validated. It is a claim of the student's process, never a verdict. */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | NdArray
  | { kind: 'list'; items: Value[] }
  | { kind: 'record'; entries: Record<string, Value>; className?: string }
  | { kind: 'handle'; id: number; type: 'function' | 'object'; className: string; keys: string[] }
  | { kind: 'opaque'; what: string }; // bigint, symbol, cut-off depth …: named, not carried

/** Why the student's program gave no answer. */
export type StopKind = 'crash' | 'timeout' | 'memory' | 'refused';

export type Backend = 'wasm' | 'cpu' | 'node';
/** `double` runs tfjs in float64 (cpu backend), to settle what float32 cannot. */
export type Precision = 'single' | 'double';

/** How well the student's process is contained; the words readers see are in graders/sandbox/levels.ts. */
export type SandboxLevel = 'A' | 'A-' | 'C' | 'D';

/** What of the student's is addressed: an export of one of their modules, or an object kept inside (or its method). */
export type Target = { module: string; name: string } | { handle: number; method?: string };

export interface CallOptions {
  /** `value` (default) copies the result out; `handle` leaves it inside and returns a handle. */
  keep?: 'value' | 'handle';
  wallMs?: number;
  /** Also report the arguments as they are after the call, so that mutation is seen. */
  argsAfter?: boolean;
  /** Arms the tripwire of this policy for the duration of the call. */
  policy?: Policy;
}

export interface Reply {
  value: Value;
  argsAfter?: Value[];
  /** The automatic differentiation that the call used, e.g. `tf.grads`; told whatever the policy. */
  differentiated?: string;
  ms: number;
}

/**
 * The student's program as the grader sees it: a sandboxed process that computes on request. Every method rejects with
 * ProgramStopped when the student's side throws, stops, exceeds a limit or lacks what is asked; any other rejection is ours.
 */
export interface Guest {
  readonly backend: Backend;
  readonly precision: Precision;
  /** Loads a module (once) and names its exports: `function`, `class`, `object`, `number` … */
  exports(module: string): Promise<Record<string, string>>;
  /** Calls and awaits. A generator or iterator comes back as a handle for `take`. */
  call(target: Target, args: readonly Arg[], options?: CallOptions): Promise<Reply>;
  /** `new module.name(...args)`, or the plain call where `new` is impossible; what it gives is kept inside as a handle. */
  construct(target: { module: string; name: string }, args: readonly Arg[], options?: CallOptions): Promise<Reply>;
  /** Builds an argument once and keeps it inside, e.g. a model that several calls share. */
  make(arg: Arg): Promise<{ kind: 'handle'; id: number }>;
  /** Reads a property by dotted path, e.g. `layers.0.weights`. */
  get(handle: number, path: string, options?: CallOptions): Promise<Value>;
  /** Writes a property by dotted path. */
  set(handle: number, path: string, value: Arg): Promise<void>;
  /** Up to `count` items of an iterable, iterator, async iterable or tf.data.Dataset kept inside; a fresh iteration for iterables. */
  take(handle: number, count: number, options?: CallOptions): Promise<Value[]>;
  /** A tfjs model kept inside: layers (class name, config, weights), input and output shapes, total parameters. */
  describe(handle: number): Promise<ModelDescription>;
  /** Seeds Math.random inside, so that a verdict can be reproduced. */
  seed(seed: number): Promise<void>;
}

export interface ModelDescription {
  className: string;
  layers: { className: string; name: string; config: Record<string, Value>; weights: NdArray[] }[];
  inputShape: (number | null)[];
  outputShape: (number | null)[];
  parameters: number;
  /** Optimizer class and its numeric settings when the model is compiled. */
  optimizer?: { className: string; config: Record<string, Value> };
  loss?: string;
}

// ---- Finding and diagnosis -----------------------------------------------------------------------------------------

/** How far one tensor (or number) of the answer is from the expected one. */
export interface TensorGap {
  name: string;
  shape: readonly number[];
  /** Largest error divided by the largest expected magnitude; Infinity when a value is not finite. */
  distance: number;
  /** The distance at which the check rejects, in the same unit. */
  tolerance: number;
  worst: { index: readonly number[]; yours: number; expected: number };
  /** Share of entries outside the tolerance, 0..1. */
  badShare: number;
  /** Signed error per entry, scaled by the largest expected magnitude, at most 64×64 (block maxima), for the picture. */
  heat?: { rows: number; cols: number; values: number[] };
}

export interface Diagnosis {
  /** Id of the known mistake(s); several when they cannot be told apart. */
  mistakes: string[];
  certainty: 'certain' | 'consistent' | 'family' | 'unknown';
  /** One sentence a second-year student can act on. */
  says: string;
  /** The numbers that show it: yours, expected, factor. */
  evidence: string[];
}

/** What is wrong, where, yours beside expected, and perhaps why. */
export interface Finding {
  /** One sentence: what is wrong. */
  says: string;
  /** What the check asked, with the probe in words. */
  asked?: string;
  yours?: string;
  expected?: string;
  tolerance?: string;
  gaps?: TensorGap[];
  places?: SourcePlace[];
  /** Advice that does not give the answer away. */
  hint?: string;
}

// ---- Verdict -------------------------------------------------------------------------------------------------------

export type OutcomeKind =
  | 'pass'
  | 'fail' // the answer is wrong
  | StopKind // the student's program stopped, or was not allowed to run
  | 'missing' // file, export or answer not handed in
  | 'skipped' // not run because something earlier failed, or data is absent
  | 'manual' // a person marks it
  | 'broken'; // our fault: the grade is held, never lowered

export interface Verdict {
  id: string;
  title: string;
  task: string;
  outcome: OutcomeKind;
  points: number;
  max: number;
  finding?: Finding;
  diagnosis?: Diagnosis;
  /** Where the decision stood: log10(tolerance / distance); positive passes, negative fails. */
  margin?: number;
  /** Conventions recognised and accepted, e.g. "gradient is the sum over the batch". */
  notes?: string[];
  /** Set when a later part was judged on the student's own, or on the reference's, earlier part. */
  followThrough?: string;
  /** For `manual`: the student's own text and what the marker needs. */
  manual?: { text: string; rubric: RubricItem[]; hits: string[] };
  /** For a stop, a refusal, missing, skipped or broken: one sentence. */
  because?: string;
  /** Stack and internals for staff; never on a student's page. */
  staff?: string;
  ms: number;
}

// ---- Grade and results ---------------------------------------------------------------------------------------------

export type TaskStatus = 'pass' | 'partial' | 'fail' | 'manual' | 'held' | 'missing';

export interface TaskGrade {
  id: string;
  title: string;
  score: number;
  max: number;
  /** Marks that a person still has to give. */
  manualMax: number;
  status: TaskStatus;
  checks: Verdict[];
  /** The plots that were handed in with the task, for the report to draw. */
  drawings?: Drawing[];
}

/** A plot as the numbers behind it, read from a side-car file and cut to what a picture can show. */
export type Drawing =
  | {
      kind: 'lines';
      title: string;
      xLabel: string;
      yLabel: string;
      /** Of longer series every so many values only, the first one included. */
      series: { name: string; every: number; values: number[] }[];
    }
  | { kind: 'bars'; title: string; edges: number[]; heights: number[] }
  | { kind: 'image'; title: string; rows: number[][] };

/** How much a student sees: marks only; marks and advice; everything including expected values. */
export type FeedbackLevel = 'score' | 'hint' | 'full';

export interface Grade {
  id: string;
  sha256: string;
  score: number;
  max: number;
  manualMax: number;
  /** True when something of ours broke: staff decide, nobody loses marks. */
  held: boolean;
  late?: string;
  refused?: string;
  notes: string[];
  stdout?: string;
  tasks: TaskGrade[];
}

export interface Results {
  schema: 'gradmark/results/v1';
  assignment: string;
  title: string;
  graderVersion: string;
  seed: number;
  backend: Backend;
  level: SandboxLevel;
  feedback: FeedbackLevel;
  startedAt: string;
  finishedAt: string;
  submissions: Grade[];
}
