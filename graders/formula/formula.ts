/**
 * A student's formula as data: what it may be made of, and what it became after reading.
 *
 * Grammar: numbers, names, `+ - * / ^`, round brackets, the functions of functions.ts, `sum(…)` and `mean(…)` over an
 * index. A name carries its indices after an underscore: `x` is a number, `y_j` an entry of a vector, `W_ij` one of a matrix.
 */
import type { FormulaNode } from '../model/formula.ts';

/** The names a task offers. Every index letter that is not in `free` has to be bound by a sum. */
export interface Names {
  /** As the student writes them, e.g. `['yhat_j', 'yhat_k', 'delta_jk', 'mu']`. `delta_…` is the Kronecker delta. */
  known: readonly string[];
  /** Names among them that are understood but that no hint offers, because the task does not name them. */
  unoffered?: readonly string[];
  /** Index letters of the result: `['j', 'k']` for an entry of a Jacobian, `[]` for a number. */
  free?: readonly string[];
}

/** The names that the task allows, for hints. */
export const offeredNames = ({ known, unoffered = [] }: Names): string[] =>
  known.filter((name) => !unoffered.includes(name));

export interface Formula {
  /** As the student wrote it. */
  text: string;
  root: FormulaNode;
  names: Names;
}

/** A formula that could not be read: a sentence, the formula, and a caret under the place. */
export interface Unreadable {
  error: string;
  /** 1-based, in UTF-16 units of the text. */
  column: number;
}

/** What the names stand for at one point. */
export interface Scope {
  /** By base name: `{ mu: 0.3, yhat: [0.2, 0.8], W: [[1, 2], [3, 4]] }`. */
  values: Readonly<Record<string, number | readonly number[] | readonly (readonly number[])[]>>;
  /** 0-based positions of the free indices: `{ j: 0, k: 1 }`. */
  at?: Readonly<Record<string, number>>;
}

/** `yhat_j` → base `yhat` with the indices `['j']`; a name without underscore has none. */
export function splitName(name: string): { base: string; indices: string[] } {
  const cut = name.lastIndexOf('_');
  return cut < 1 ? { base: name, indices: [] } : { base: name.slice(0, cut), indices: [...name.slice(cut + 1)] };
}
