/** A formula that is asked for in answers.json: it names no answer. */
import type { Names } from './formula.ts';

export interface FormulaQuestion {
  /** Key in answers.json; unique within the assignment. */
  key: string;
  /** What the formula is, for a reader, e.g. "∂ŷ_j/∂a_k". */
  what: string;
  names: Names;
}
