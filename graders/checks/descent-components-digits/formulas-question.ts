/** The formulas that answers.json is asked for, and the names that may stand in them. */
import type { FormulaQuestion } from '../../formula/question.ts';

const outputs = { known: ['x_i', 'W_ij', 'b_j', 'delta_jk'] };
// The delta is a function of the grammar: `sum(g_k delta_jk, k)` is a way to write g_j.
const gradients = { known: ['x_i', 'W_ij', 'b_j', 'g_j', 'delta_jk'], unoffered: ['delta_jk'] };

export const asked = {
  sigmoid: { key: '1.2a', what: "σ'(x)", names: { known: ['x'] } },
  relu: { key: '1.2e', what: "relu'(x) for x ≠ 0", names: { known: ['x'] } },
  bce: { key: '1.2j', what: '∂L/∂ŷ', names: { known: ['y', 'yhat'] } },
  outputByInput: { key: '1.2l.x', what: '∂y_j/∂x_i', names: { ...outputs, free: ['i', 'j'] } },
  outputByWeight: { key: '1.2l.W', what: '∂y_j/∂W_ik', names: { ...outputs, free: ['i', 'j', 'k'] } },
  outputByBias: { key: '1.2l.b', what: '∂y_j/∂b_k', names: { ...outputs, free: ['j', 'k'] } },
  lossByInput: { key: '1.2m.x', what: '∂L/∂x_i', names: { ...gradients, free: ['i'] } },
  lossByWeight: { key: '1.2m.W', what: '∂L/∂W_ij', names: { ...gradients, free: ['i', 'j'] } },
  lossByBias: { key: '1.2m.b', what: '∂L/∂b_j', names: { ...gradients, free: ['j'] } },
} satisfies Record<string, FormulaQuestion>;
