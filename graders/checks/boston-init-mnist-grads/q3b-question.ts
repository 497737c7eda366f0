/** The formulas that answers.json is asked for in Question 3b, and the names that may stand in them. */
import type { FormulaQuestion } from '../../formula/question.ts';

export const asked = {
  jacobian: {
    key: 'softmaxJacobian',
    what: '∂ŷ_j/∂a_k',
    names: {
      known: ['yhat_j', 'yhat_k', 'delta_jk', 'a_j', 'a_k'],
      // The sheet does not name them; who writes softmax out all the same is understood.
      unoffered: ['a_j', 'a_k'],
      free: ['j', 'k'],
    },
  },
  gradient: {
    key: 'dLda',
    what: '∂L/∂a_j',
    names: { known: ['yhat_j', 'y_j', 'yhat_k', 'y_k', 'delta_jk'], free: ['j'] },
  },
} satisfies Record<string, FormulaQuestion>;
