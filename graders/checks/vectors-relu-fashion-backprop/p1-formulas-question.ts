/** The formulas that answers.json is asked for in Problems 1 and 3 B, and the names that may stand in them. */
import type { FormulaQuestion } from '../../formula/question.ts';

export const asked = {
  norm: { key: 'gradNormSq', what: '∂‖x‖²/∂x_i', names: { known: ['x_i', 'x_k'], free: ['i'] } },
  distances: { key: 'gradMu', what: '∂/∂μ Σ_i (x_i − μ)²', names: { known: ['x_i', 'mu', 'n'] } },
  second: { key: 'hessian', what: 'the second derivative with respect to μ', names: { known: ['n', 'x_i', 'mu'] } },
  // One parameter; gradf_i is the derivative of f(x_i).
  errors: { key: 'gradL', what: '∇L(θ)', names: { known: ['y_i', 'f_i', 'gradf_i', 'n'] } },
} satisfies Record<string, FormulaQuestion>;
