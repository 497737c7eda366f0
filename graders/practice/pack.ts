/**
 * A practice pack: what a student's kit holds in place of the keys. For public probes only it says what is asked, which numbers
 * are right within which band, and which numbers known mistakes give, with their sentences. The shape is proven by
 * `assignments/practice.schema.json` when it is read.
 */
import type { Precision } from '../model/guest.ts';
import type { Quantity } from '../numerics/scale.ts';
import type { Band } from '../numerics/tolerance.ts';

export interface PracticePack {
  schema: 'gradmark/practice/v1';
  slug: string;
  problems: Readonly<Record<string, PackedProblem>>;
  checks: readonly PackedCheck[];
}

/** One problem at its probes. Answers stand in the order of the probes, as practice/values-as-json.ts writes them. */
export interface PackedProblem {
  question: PackedQuestion;
  probes: unknown;
  right: unknown;
  accepts: readonly PackedVariant[];
  mistakes: readonly PackedVariant[];
  /** What variants name by its place: whole arrays, or the numbers of one that is otherwise like the right one. */
  arrays: unknown;
  band?: Band;
  coarse?: boolean;
  drawn?: boolean;
  /** Mistakes that give the same numbers, and those that lie near the right ones. */
  twins: readonly (readonly string[])[];
  faint: readonly string[];
  /** What wrong factors may be made of, for each probe. */
  quantities?: readonly (readonly Quantity[])[];
  order?: readonly string[];
  /** What becomes of derivatives that were found by finite differences, and what it takes to recognise these. */
  differences?: { are: 'told' | 'refused'; at?: unknown; lost?: readonly Readonly<Record<string, number>>[] };
}

/** A question by its maker, or by the name under which a question file of the coursework exports it; and its words. */
export interface PackedQuestion {
  /** `kinds/elementwise-question#matrixQuestion`, or `./q3c-question#gradsQuestion`. */
  from: string;
  /** What a maker is given; `{ $export: './q3a-question#prepareTable' }` stands for what a question file exports. */
  given?: readonly unknown[];
  id: string;
  title: string;
  names?: Readonly<Record<string, string>>;
  precision: Precision;
  alone?: boolean;
  drawsAnew?: boolean;
  once?: boolean;
  seenAs?: string;
  /** What `describe` says of each probe. */
  says: readonly string[];
}

export interface PackedVariant {
  id: string;
  title: string;
  advice?: string;
  family?: string;
  /** For each probe: every tensor as its place among `arrays`; null where it is the right one. */
  answers: readonly Readonly<Record<string, number | null>>[];
}

/** A check whose answer is numbers for given probes, or one that only the course makes. */
export interface PackedCheck {
  id: string;
  task: string;
  title: string;
  asks: string;
  points: number;
  /** Absent where only the course makes this check. */
  judges?: readonly { problem: string; tensors: Readonly<Record<string, string>> }[];
  /** Why only the course makes it, as a sentence goes on: "a formula is compared with the right one". */
  because?: string;
  /** Set where the course looks at more than these numbers. */
  partly?: boolean;
  /** A person gives these marks. */
  manual?: boolean;
}
