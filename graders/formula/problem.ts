/** A formula that the student writes into answers.json, with the right one and the known wrong ones beside it. */
import type { Named } from '../key.ts';
import { mistakeMaker } from '../key.ts';
import type { Domain } from './equivalent.ts';
import type { FormulaQuestion } from './question.ts';

export interface FormulaMistake extends Named {
  /** The wrong formula, in the same grammar. */
  text: string;
}

/** A known wrong formula as one line. */
export const wrongFormula = mistakeMaker((text: string) => ({ text }));

/** What is right, and where formulas are compared. */
export interface FormulaKey {
  truth: string;
  domain: Domain;
  mistakes: readonly FormulaMistake[];
}

export type FormulaProblem = FormulaQuestion & FormulaKey;
