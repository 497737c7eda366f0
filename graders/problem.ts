/**
 * A problem is one thing the student's program computes, with the oracle that knows the answer and the known mistakes as
 * variants of that oracle. Checks judge answers to problems; `diagnose` explains wrong ones; `audit` plants the mistakes.
 */
import type { Finding, Guest, NdArray, Precision, Value } from './model.ts';
import type { Random } from './numerics/random.ts';
import type { Band } from './numerics/tolerance.ts';
import type { Quantity } from './numerics/scale.ts';

/** An answer as it came back, before it is read. */
export interface Answered {
  value: Value;
  argsAfter?: Value[];
  /** The automatic differentiation that was used, e.g. `tf.grads`. */
  differentiated?: string;
}

/** Named arrays: the answer to a problem, e.g. `{ W2, b2 }`. Numbers are arrays of shape []. */
export type Answer = Readonly<Record<string, NdArray>>;

/**
 * An answer brought into the oracle's names and shapes, with the conventions that were recognised on the way. `misreads`
 * says what is wrong with single tensors that could not be read while the others could. `rounding` says by how much each
 * tensor may be off because of the digits in which it came back, e.g. a step that is read off weights in single precision.
 */
export type Reading =
  | {
      answer: Answer;
      notes: string[];
      misreads?: Readonly<Record<string, Finding>>;
      rounding?: Readonly<Record<string, number>>;
    }
  | { misread: Finding };

/** One way to get it wrong (or, in `accepts`, another way to get it right). */
export interface Variant<Probe> {
  id: string;
  /** A noun phrase for staff and `audit`, e.g. "sum instead of mean". */
  title: string;
  /** Present for mistakes: one sentence a second-year student can act on. */
  advice?: string;
  /** Mistakes of one family differ only by a scale factor or a permutation. */
  family?: string;
  compute(probe: Probe): Answer;
}

/** Mistakes that differ by one free number, e.g. the strength of a penalty that does not belong here. */
export interface VariantFamily<Probe> {
  id: string;
  title: string;
  /** The sentence for the student, given the number that was found, e.g. "0.01". */
  advice(value: string): string;
  /** Numbers that a person would write, positive and ascending; a fit also searches between the first and the last. */
  values: readonly number[];
  compute(probe: Probe, value: number): Answer;
}

/** What helps to explain a wrong answer that no single known mistake explains. */
export interface Clues<Probe> {
  /** What a wrong factor may be made of, e.g. batch size and number of classes; they also tell designs apart. */
  quantities?(probe: Probe): readonly Quantity[];
  families?: readonly VariantFamily<Probe>[];
  /** Names of the answer's tensors in the order in which a program computes them: the first wrong one is where to look. */
  order?: readonly string[];
  /** Where to look, in a sentence, when this tensor is the first wrong one and those are right. */
  suspect?(wrong: string, right: readonly string[]): string | undefined;
  /** What it means, in a sentence, that these tensors hold the right numbers in another order. */
  reordered?(moved: readonly string[]): string | undefined;
  /** Facts about every right answer that need no oracle; a broken one is a hint. `holds` is undefined where it says nothing. */
  relations?: readonly { says: string; holds(answer: Answer, probe: Probe): boolean | undefined }[];
}

/** A branch that every set of probes has to take, e.g. a guess that is right and one that is wrong. */
export interface Visit<Probe> {
  /** What the probes contain, as a noun phrase: "a tie between two classes". */
  says: string;
  holds(probes: readonly Probe[]): boolean;
}

export interface Problem<Probe> {
  /** Unique within the assignment, e.g. `q3c.grads`. */
  id: string;
  title: string;
  /** What tensors are to a reader, where their names are ours and not the student's, e.g. `{ values: 'the result of relu' }`. */
  names?: Readonly<Record<string, string>>;
  /** Seeded inputs, all of them used; several designs with different dimensions, so that a diagnosis can be certain. */
  probes(random: Random): Probe[];
  /** Branches that a program may take and that the probes of every seed must therefore visit; drawn again until they do. */
  visits?: readonly Visit<Probe>[];
  /** True when the first probe is not asked once more at the end, as it is by default so that state kept between calls shows. */
  once?: boolean;
  /** One line that tells a reader what was asked, e.g. "3 layers 13-7-5-4, batch 5, weights ×4". */
  describe(probe: Probe): string;
  /** The remote calls that get the answer out of the student's program. */
  ask(guest: Guest, probe: Probe): Promise<Answered>;
  /** True when the program is to be asked in a process that has done nothing else, so that what it uses there is its own. */
  alone?: boolean;
  /** Set when the answer is handed in, e.g. in answers.json: reads it there, and the student's program is not asked. */
  handedIn?(answers: Readonly<Record<string, unknown>>, probe: Probe): Answered;
  /** Brings what came back into the oracle's names and shapes, or says why that is impossible. Pure. */
  read(answered: Answered, probe: Probe): Reading;
  /** The inverse of `read`: what a program that computes this answer would send. Used by `audit` only. */
  write(answer: Answer, probe: Probe): Value;
  /** The right answer in float64. */
  oracle(probe: Probe): Answer;
  /** Other right answers, e.g. the sum convention where the text leaves it open; their title becomes a note. */
  accepts?: readonly Variant<Probe>[];
  mistakes: readonly Variant<Probe>[];
  /** True when an error of 0.1 % is no error here, e.g. because the answer is a count or rounds on purpose. */
  coarse?: boolean;
  /** True when the answer is what the program draws at random: right answers are alike in their statistics only. */
  drawn?: boolean;
  /** Mistakes that no probe can bring ten times beyond the rejecting band, with the reason; they still have to be caught. */
  faint?: Readonly<Record<string, string>>;
  /** The tolerance, where float32's usual band does not fit; with its reason. */
  band?: Band;
  /** Precision of a correct student's arithmetic: bands of graders/numerics/tolerance.ts. */
  precision: Precision;
  /** Mistakes that are algebraically the same as the right answer or as each other on every probe, with the reason. */
  twins?: readonly { ids: readonly string[]; because: string }[];
  /**
   * Set when the answer is read off something that multiplies it with other things, which it names: 'the step: gradient ×
   * learning rate'. No single factor is then ever named as the certain cause.
   */
  seenAs?: string;
  clues?: Clues<Probe>;
}

// A check list holds problems of many probe types; the probe type is private to each problem.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyProblem = Problem<any>;
