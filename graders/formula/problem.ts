/** A formula that the student writes into answers.json, with the right one and the known wrong ones beside it. */
import type { Domain } from './equivalent.ts';
import type { Names } from './formula.ts';

export interface FormulaMistake {
  id: string;
  title: string;
  advice: string;
  /** The wrong formula, in the same grammar. */
  text: string;
}

export interface FormulaProblem {
  /** Key in answers.json; unique within the assignment. */
  key: string;
  /** What the formula is, for a reader, e.g. "∂ŷ_j/∂a_k". */
  what: string;
  names: Names;
  truth: string;
  domain: Domain;
  mistakes: readonly FormulaMistake[];
}
