/** Question 3.1: the derivative of the cross-entropy as a formula. */
import type { FormulaQuestion } from '../../formula/problem.ts';

export const derivativeQuestion: FormulaQuestion = {
  key: 'dLdyhat',
  what: '∂L/∂ŷ_j',
  names: { known: ['yhat_j', 'y_j'], free: ['j'] },
};
