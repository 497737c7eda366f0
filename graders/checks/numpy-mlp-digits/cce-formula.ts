/** Question 3.1: the derivative of the cross-entropy as a formula, and the formulas that stand in its place. */
import { simplex } from '../../formula/domains.ts';
import type { FormulaProblem } from '../../formula/problem.ts';

export const derivative: FormulaProblem = {
  key: 'dLdyhat',
  what: '∂L/∂ŷ_j',
  names: { known: ['yhat_j', 'y_j'], free: ['j'] },
  truth: '-y_j / yhat_j',
  domain: (random) => {
    const classes = 3 + random.integer(8);
    const values = { yhat: simplex(random, classes), y: simplex(random, classes) };
    return { values, at: { j: random.integer(classes) } };
  },
  mistakes: [
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'The loss has a minus: the derivative of −y log ŷ is −y/ŷ.',
      text: 'y_j / yhat_j',
    },
    {
      id: 'logits',
      title: 'This is the derivative before the softmax',
      advice: 'Stop at the prediction: ŷ is the variable here, not the input of the softmax.',
      text: 'yhat_j - y_j',
    },
    {
      id: 'no-target',
      title: 'The target is missing',
      advice: 'Every logarithm in the loss is multiplied by its target.',
      text: '-1 / yhat_j',
    },
    {
      id: 'loss',
      title: 'This is the loss, not its derivative',
      advice: 'The derivative of log ŷ is 1/ŷ.',
      text: '-y_j * log(yhat_j)',
    },
    {
      id: 'binary',
      title: 'This is the derivative of the binary cross-entropy',
      advice: 'The categorical loss has no term with 1 − y.',
      text: '(yhat_j - y_j) / (yhat_j * (1 - yhat_j))',
    },
    {
      id: 'log',
      title: 'The logarithm is still there',
      advice: 'The derivative of log ŷ is 1/ŷ; the logarithm is gone afterwards.',
      text: '-y_j / log(yhat_j)',
    },
    {
      id: 'product',
      title: 'Multiplied instead of divided',
      advice: 'The derivative of log ŷ is 1/ŷ.',
      text: '-y_j * yhat_j',
    },
  ],
};
