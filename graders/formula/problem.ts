/**
 * A formula that the student writes into answers.json, with the right one and the known wrong ones beside it.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { wrongFormula } from 'gradmark/formula';
 * import type { FormulaProblem } from 'gradmark/formula';
 *
 * const dTanh: FormulaProblem = {
 *   ...{ key: 'dTanh', what: 'd tanh / dx', names: { known: ['x'] }, truth: '1 - tanh(x)^2' },
 *   domain: (random) => ({ values: { x: random.uniform(-2, 2) } }),
 *   mistakes: [wrongFormula('plus', 'a plus', 'The square is subtracted.', '1 + tanh(x)^2')],
 * };
 * assert.equal(dTanh.mistakes[0]!.text, '1 + tanh(x)^2');
 * ```
 */
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
