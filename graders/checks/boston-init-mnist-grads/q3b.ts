/** Question 3b: the gradient of cross-entropy through softmax, as formulas and as a proof. 7 marks, 4 by a person. */
import type { Check } from '../../check.ts';
import { softmax } from '../../../reference/oracles/activations.ts';
import { simplex, twoIndices } from '../../formula/domains.ts';
import type { FormulaProblem } from '../../formula/problem.ts';
import { essays } from '../../kinds/essays.ts';
import { formulaChecks } from '../../kinds/formulas.ts';
import { softmaxJacobians } from '../../mistakes/formulas/activations.ts';
import { categoricalByLogit } from '../../mistakes/formulas/cross-entropies.ts';
import type { Random } from '../../numerics/random.ts';
import { asked } from './q3b-question.ts';

/** 3 to 10 classes, ŷ = softmax(a), soft labels: ŷ − y and "ŷ − 1 at the true class" differ there. */
function softmaxPoint(random: Random) {
  const K = 3 + random.integer(8);
  const [j, k] = twoIndices(random, K);
  const a = Array.from({ length: K }, () => random.normal());
  return {
    values: { a, yhat: softmax(a), y: simplex(random, K) },
    at: { j, k },
  };
}

export const softmaxJacobian: FormulaProblem = {
  ...asked.jacobian,
  truth: 'yhat_j * (delta_jk - yhat_k)',
  domain: softmaxPoint,
  mistakes: softmaxJacobians,
};

const dLda: FormulaProblem = {
  ...asked.gradient,
  truth: 'yhat_j - y_j',
  domain: softmaxPoint,
  mistakes: categoricalByLogit,
};

export const checks: Check[] = [
  ...formulaChecks([
    {
      id: 'q3b.jacobian',
      task: 'Q3b',
      title: 'The derivative of softmax, ∂ŷ_j/∂a_k, is right for j = k and j ≠ k',
      points: 1.5,
      formula: softmaxJacobian,
    },
    {
      id: 'q3b.gradient',
      task: 'Q3b',
      title: 'The gradient ∂L/∂a_j is right, for soft labels too',
      points: 1.5,
      formula: dLda,
    },
  ]),
  ...essays([['q3b.steps', 'Q3b', 4, 'The proof: loss, both cases of the derivative, chain rule, conclusion']]),
];
