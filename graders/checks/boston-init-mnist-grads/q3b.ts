/** Question 3b: the gradient of cross-entropy through softmax, as formulas and as a proof. 7 marks, 4 by a person. */
import type { Check } from '../../check.ts';
import type { Random } from '../../numerics/random.ts';
import type { FormulaProblem } from '../../formula/problem.ts';
import { judgeFormula } from '../../judge-formula.ts';
import { simplex, twoIndices } from '../../formula/domains.ts';
import { softmax } from '../../../reference/oracles/activations.ts';
import { manualCheck } from '../../manual.ts';

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
  key: 'softmaxJacobian',
  what: '∂ŷ_j/∂a_k',
  names: {
    known: ['yhat_j', 'yhat_k', 'delta_jk', 'a_j', 'a_k'],
    // The sheet does not name them; who writes softmax out all the same is understood.
    unoffered: ['a_j', 'a_k'],
    free: ['j', 'k'],
  },
  truth: 'yhat_j * (delta_jk - yhat_k)',
  domain: softmaxPoint,
  mistakes: [
    {
      id: 'diagonal-only',
      title: 'The derivative has its diagonal entries only',
      advice: 'Every output depends on every input of softmax: for j ≠ k the derivative is not zero.',
      text: 'delta_jk * yhat_j * (1 - yhat_j)',
    },
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'Raising a_j raises ŷ_j: for j = k the derivative is positive.',
      text: 'yhat_j * (yhat_k - delta_jk)',
    },
    {
      id: 'off-diagonal-zero-delta',
      title: 'The Kronecker delta is missing',
      advice: 'Treat j = k and j ≠ k separately; the delta joins the two cases.',
      text: 'yhat_j * (1 - yhat_k)',
    },
    {
      id: 'no-product',
      title: 'The factor ŷ_j is missing',
      advice: 'The quotient rule leaves ŷ_j in front of the bracket.',
      text: 'delta_jk - yhat_k',
    },
    {
      id: 'off-diagonal-plus',
      title: 'The entries with j ≠ k have the wrong sign',
      advice: 'Raising a_k lowers every other output.',
      text: 'yhat_j * (delta_jk + yhat_k)',
    },
  ],
};

export const dLda: FormulaProblem = {
  key: 'dLda',
  what: '∂L/∂a_j',
  names: { known: ['yhat_j', 'y_j', 'yhat_k', 'y_k', 'delta_jk'], free: ['j'] },
  truth: 'yhat_j - y_j',
  domain: softmaxPoint,
  mistakes: [
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'The loss falls when the output of the true class rises: the gradient is ŷ − y.',
      text: 'y_j - yhat_j',
    },
    {
      id: 'true-class-only',
      title: 'Only the true class has a gradient',
      advice:
        'The outputs of the other classes must fall: their gradient is ŷ_j, not zero. This is what remains when only the diagonal of the softmax Jacobian, ŷ_j (1 − ŷ_j), is used.',
      text: '-y_j * (1 - yhat_j)',
    },
    {
      id: 'minus-one',
      title: 'One is subtracted from every output',
      advice:
        'Subtract y_j: it is 1 for the true class alone, and any share for soft labels. It also comes of taking ŷ_k (1 − ŷ_j) for every entry of the softmax Jacobian: for j ≠ k that is −ŷ_k ŷ_j.',
      text: 'yhat_j - 1',
    },
    {
      id: 'off-diagonal-plus',
      title: 'The entries of the softmax Jacobian with j ≠ k have the wrong sign',
      advice: 'For j ≠ k the derivative of ŷ_k is −ŷ_k ŷ_j: raising a_j lowers every other output.',
      text: '2 * y_j * yhat_j - y_j - yhat_j',
    },
    {
      id: 'loss-of-y-only',
      title: 'The derivative stops at ŷ',
      advice: 'This is ∂L/∂ŷ_j; go on through softmax with the chain rule.',
      text: '-y_j / yhat_j',
    },
    {
      id: 'binary',
      title: 'This is the binary cross-entropy’s derivative with respect to ŷ',
      advice: 'Use the categorical loss and go through softmax to a.',
      text: '(yhat_j - y_j) / (yhat_j * (1 - yhat_j))',
    },
    {
      id: 'extra-derivative',
      title: 'A derivative of the output is multiplied on top',
      advice: 'For softmax with cross-entropy the derivatives cancel: ŷ − y remains.',
      text: '(yhat_j - y_j) * yhat_j * (1 - yhat_j)',
    },
  ],
};

export const checks: Check[] = [
  {
    id: 'q3b.jacobian',
    task: 'Q3b',
    title: 'The derivative of softmax, ∂ŷ_j/∂a_k, is right for j = k and j ≠ k',
    asks: '"softmaxJacobian" in answers.json.',
    points: 1.5,
    formulas: [softmaxJacobian],
    run: async (desk) => judgeFormula(desk, softmaxJacobian),
  },
  {
    id: 'q3b.gradient',
    task: 'Q3b',
    title: 'The gradient ∂L/∂a_j is right, for soft labels too',
    asks: '"dLda" in answers.json.',
    points: 1.5,
    formulas: [dLda],
    run: async (desk) => judgeFormula(desk, dLda),
  },
  manualCheck({
    id: 'q3b.steps',
    task: 'Q3b',
    title: 'The proof: loss, both cases of the derivative, chain rule, conclusion',
    points: 4,
  }),
];
