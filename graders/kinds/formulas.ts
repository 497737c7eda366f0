/** Formulas that students write into answers.json: one check for each. */
import type { Check } from '../check.ts';
import type { FormulaProblem } from '../formula/problem.ts';
import { judgeFormula } from '../judge-formula.ts';

/** A formula with its price; `asks` where there is more to say than its key. */
export type FormulaRow = Pick<Check, 'id' | 'task' | 'title' | 'points'> & { formula: FormulaProblem; asks?: string };

/** A check for every row of a table of formulas. */
export const formulaChecks = (rows: readonly FormulaRow[]): Check[] =>
  rows.map(({ formula, ...row }) => ({
    asks: `"${formula.key}" in answers.json.`,
    ...row,
    formulas: [formula],
    run: async (context) => judgeFormula(context, formula),
  }));
