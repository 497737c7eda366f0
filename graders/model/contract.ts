/**
 * How a coursework is handed in in another language than the one its checks are written for: what the sheet's things are called
 * there, and how arguments and answers are handed over. Data, so that the checks stay one.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import type { Contract } from 'gradmark/model/contract';
 *
 * const contract: Contract = {
 *   schema: 'gradmark/contract/v1',
 *   language: 'python',
 *   packages: ['numpy'],
 *   names: { loadDigits: { called: ['load_digits'], returns: ['images', 'targets'] } },
 * };
 * assert.deepEqual(contract.names['loadDigits']?.returns, ['images', 'targets']);
 * ```
 */

/** What a program is written in; without one it is TypeScript or JavaScript. */
export type OtherLanguage = 'python';

/** One argument of a function, in the sheet's order. */
export interface ArgumentContract {
  /** The parameter's name, and what else it may be called: found under any of them, it is handed over by keyword. */
  name?: string;
  also?: readonly string[];
  /** True where a program may do without it. */
  optional?: boolean;
  /**
   * What the numbers are in the program's language, where the checks' own have one kind of number only; `keywords` hands a record
   * over as keyword arguments, which `options` name.
   */
  as?: 'float' | 'integer' | 'list of integers' | 'array of integers' | 'list' | 'keywords';
  options?: readonly ArgumentContract[];
}

export interface NameContract {
  /** What a program calls it, the name that a reader is told first; by default the sheet's name in snake case. */
  called?: readonly string[];
  takes?: readonly ArgumentContract[];
  /** Names of the parts where a tuple is returned. */
  returns?: readonly string[];
}

export interface Contract {
  schema: 'gradmark/contract/v1';
  language: OtherLanguage;
  /** Packages that are there while it is graded; whatever else a program imports is not. */
  packages: readonly string[];
  /** Files that the grader provides beside the student's. */
  given?: readonly string[];
  /** By the checks' own names; a method of a class as `MLP.backward`. */
  names: Readonly<Record<string, NameContract>>;
  /** Words of the checks that a reader of this language is told otherwise, longest first. */
  words?: Readonly<Record<string, string>>;
}
