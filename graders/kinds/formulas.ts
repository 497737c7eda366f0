/**
 * Formulas that students write into answers.json: one check for each.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { formulaChecks } from 'gradmark/kinds/formulas';
 *
 * const formula = {
 *   ...{ key: 'dSquare', what: 'd x² / dx', names: { known: ['x'] }, truth: '2 x', mistakes: [] },
 *   domain: () => ({ values: { x: 3 } }),
 * };
 * const [check] = formulaChecks([{ id: 'l1.square', task: 'L1', title: 'The derivative of x²', points: 1, formula }]);
 * assert.equal(check!.asks, '"dSquare" in answers.json.');
 * ```
 */
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
