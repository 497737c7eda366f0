/**
 * What is right, the known ways to be wrong, and the probes that tell them apart. For staff only: no question, guest or
 * message ever imports a key. Probes are drawn here and not in the question, since drawing so that every mistake shows takes
 * knowing the answers; a student's kit gets the drawn probes of its practice instead.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import type { Key } from 'gradmark/key';
 * import { wrongly } from 'gradmark/key';
 * import { createRandom } from 'gradmark/random';
 *
 * const twice = (xs: number[], factor = 2) => ({ doubles: arrayOf(xs.map((x) => factor * x)) });
 * const key: Key<number[]> = {
 *   probes: (random) => [[random.normal(), random.normal()], [random.normal()]],
 *   visits: [{ says: 'a negative number', holds: (probes) => probes.flat().some((x) => x < 0) }],
 *   oracle: (xs) => twice(xs),
 *   mistakes: [wrongly('once', 'not doubled', 'Every number counts twice.', (xs: number[]) => twice(xs, 1))],
 * };
 * const [xs = []] = key.probes(createRandom(1));
 * assert.notDeepEqual(key.mistakes[0]!.compute(xs), key.oracle(xs));
 * ```
 */
import type { Random } from './numerics/random.ts';
import type { Band } from './numerics/tolerance.ts';
import type { Quantity } from './numerics/scale.ts';
import type { Answer } from './question.ts';

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

/** What becomes of right derivatives that were computed by finite differences (graders/numerics/difference-*.ts). */
interface Differences<Probe> {
  /** `told` where the sheet leaves open how a derivative is found, `refused` where it asks for a derivation. */
  are: 'told' | 'refused';
  /** The numbers with respect to which is differentiated, under the answer's names: steps may depend on them. */
  at?(probe: Probe): Answer;
  /** What numbers lose on their way, tensor by tensor, e.g. because they are read off a step. */
  lost?(probe: Probe): Readonly<Record<string, number>>;
}

export interface Key<Probe> {
  /** Seeded inputs, all of them used; several designs with different dimensions, so that a diagnosis can be certain. */
  probes(random: Random): Probe[];
  /** Branches that a program may take and that the probes of every seed must therefore visit; drawn again until they do. */
  visits?: readonly Visit<Probe>[];
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
  /** Kinds of mistakes that any program may make (graders/audit/general-mistakes.ts) and that are none here, with the reason. */
  harmless?: Readonly<Record<string, string>>;
  /** The tolerance, where float32's usual band does not fit; with its reason. */
  band?: Band;
  /** Mistakes that are algebraically the same as the right answer or as each other on every probe, with the reason. */
  twins?: readonly { ids: readonly string[]; because: string }[];
  clues?: Clues<Probe>;
  /** Set where the answer holds derivatives. */
  differences?: Differences<Probe>;
}

/** What every known mistake is called, and what the student is told. */
export interface Named {
  id: string;
  /** A noun phrase, e.g. "sum instead of mean". */
  title: string;
  /** One sentence a second-year student can act on: it says what to change. */
  advice: string;
}

/**
 * The one maker of known mistakes: `slip` makes a mistake of what goes wrong, said in the fewest words that its topic allows,
 * and the function returned takes the name, the title and the advice before it.
 */
export const mistakeMaker =
  <Wrong extends unknown[], Mistake extends object>(slip: (...wrong: Wrong) => Mistake) =>
  (id: string, title: string, advice: string, ...wrong: Wrong): Named & Mistake => ({
    id,
    title,
    advice,
    ...slip(...wrong),
  });

/** A known way to be wrong, by the answer that it gives. */
export const wrongly = mistakeMaker(<Probe>(compute: (probe: Probe) => Answer) => ({ compute }));
