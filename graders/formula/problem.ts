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

/** A known wrong formula as one line. */
export const wrongFormula = (id: string, title: string, advice: string, text: string): FormulaMistake => ({
  id,
  title,
  advice,
  text,
});

/** What is asked: it names no answer. */
export interface FormulaQuestion {
  /** Key in answers.json; unique within the assignment. */
  key: string;
  /** What the formula is, for a reader, e.g. "∂ŷ_j/∂a_k". */
  what: string;
  names: Names;
}

/** What is right, and where formulas are compared. */
export interface FormulaKey {
  truth: string;
  domain: Domain;
  mistakes: readonly FormulaMistake[];
}

export type FormulaProblem = FormulaQuestion & FormulaKey;
