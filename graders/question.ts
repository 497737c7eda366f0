/**
 * What is asked. Nothing in a question gives its answer away: it may travel in a student's kit, and be answered in any
 * language. What is right, and which probes tell it from what is wrong, stands in the key (graders/key.ts), for staff only.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import type { Question } from 'gradmark/question';
 * import { arrayFrom, inWords } from 'gradmark/values';
 *
 * const doubled: Question<number[]> = {
 *   id: 'doubled',
 *   title: 'Twice every number',
 *   precision: 'double',
 *   describe: (xs) => `${xs.length} numbers`,
 *   ask: async (guest, xs) => ({ value: (await guest.call({ module: 't1', name: 'twice' }, [arrayOf(xs)])).value }),
 *   read({ value }) {
 *     const doubles = arrayFrom(value);
 *     return doubles ? { answer: { doubles }, notes: [] } : { misread: { says: 'No list.', yours: inWords(value) } };
 *   },
 *   write: (answer) => answer['doubles'],
 * };
 * assert.ok('answer' in doubled.read({ value: arrayOf([2, 4]) }, [1, 2]));
 * assert.ok('misread' in doubled.read({ value: 'two' }, [1, 2]));
 * ```
 */
import type { Finding } from './model/finding.ts';
import type { Guest, Precision, Value } from './model/guest.ts';
import type { NdArray } from './model/numbers.ts';

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
 * tensor may be off because of the digits in which it came back, e.g. a step that is read off weights in single precision;
 * `printed` because it was read from what a program printed. What is `unasked` nobody has asked this program for: absent, it
 * loses nothing.
 */
export type Reading =
  | {
      answer: Answer;
      notes: string[];
      misreads?: Readonly<Record<string, Finding>>;
      rounding?: Readonly<Record<string, number>>;
      printed?: Readonly<Record<string, number>>;
      unasked?: readonly string[];
    }
  | { misread: Finding };

/** A maker whose questions say where they come from, so that a practice pack can name a question in place of its code. */
export const traced =
  (maker: string) =>
  <Given extends unknown[], Asked extends object>(make: (...given: Given) => Asked) =>
  (...given: Given): Asked =>
    Object.assign(make(...given), { recipe: { maker, given } });

export interface Question<Probe> {
  /** Where the question comes from: `<file of kinds>#<maker>`, and what the maker was given. The makers of the kinds set it. */
  recipe?: { maker: string; given: readonly unknown[] };
  /** Unique within the assignment, e.g. `q3c.grads`. */
  id: string;
  title: string;
  /** What tensors are to a reader, where their names are ours and not the student's, e.g. `{ values: 'the result of relu' }`. */
  names?: Readonly<Record<string, string>>;
  /** One line that tells a reader what was asked, e.g. "3 layers 13-7-5-4, batch 5, weights ×4". */
  describe(probe: Probe): string;
  /** The remote calls that get the answer out of the student's program. */
  ask(guest: Guest, probe: Probe): Promise<Answered>;
  /** True when the program is to be asked in a process that has done nothing else, so that what it uses there is its own. */
  alone?: boolean;
  /** True when a program is to draw at random what it would draw in a new process, although it is asked in one that goes on. */
  drawsAnew?: boolean;
  /** True when the first probe is not asked once more at the end, as it is by default so that state kept between calls shows. */
  once?: boolean;
  /** Set when the answer is handed in, e.g. in answers.json: reads it there, and the student's program is not asked. */
  handedIn?(answers: Readonly<Record<string, unknown>>, probe: Probe): Answered;
  /** Brings what came back into the key's names and shapes, or says why that is impossible. Pure. */
  read(answered: Answered, probe: Probe): Reading;
  /** The inverse of `read`: what a program that computes this answer would send. */
  write(answer: Answer, probe: Probe): Value;
  /** Precision of a correct student's arithmetic: bands of graders/numerics/tolerance.ts. */
  precision: Precision;
  /**
   * Set when the answer is read off something that multiplies it with other things, which it names: 'the step: gradient ×
   * learning rate'. No single factor is then ever named as the certain cause.
   */
  seenAs?: string;
}
