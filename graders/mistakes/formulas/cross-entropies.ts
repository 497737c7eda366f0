/** Formulas that stand in place of the derivatives of cross-entropies. */
import type { FormulaMistake } from '../../formula/problem.ts';
import { wrongFormula } from '../../formula/problem.ts';

/** In place of ∂L/∂ŷ for two classes. */
export const binaryByPrediction: readonly FormulaMistake[] = [
  wrongFormula(
    'sign',
    'The sign is turned round',
    'The loss has a minus in front: for y = 1 it falls when ŷ rises.',
    'y / yhat - (1 - y) / (1 - yhat)',
  ),
  wrongFormula(
    'no-inner',
    'The inner derivative of log(1 − ŷ) is missing',
    'The derivative of log(1 − ŷ) is −1/(1 − ŷ): its minus cancels the one in front.',
    '-y / yhat - (1 - y) / (1 - yhat)',
  ),
  wrongFormula(
    'logit',
    'This is the derivative with respect to the input of the sigmoid',
    'Stop at ŷ: the factor ŷ(1 − ŷ) of the sigmoid does not belong here yet.',
    'yhat - y',
  ),
  wrongFormula(
    'first-term',
    'The term of the class 0 is missing',
    'Differentiate both terms: (1 − y) log(1 − ŷ) depends on ŷ too.',
    '-y / yhat',
  ),
  wrongFormula(
    'exchanged',
    'y and ŷ are exchanged',
    'Differentiate with respect to the prediction ŷ; the target y is constant.',
    'log((1 - yhat) / yhat)',
  ),
  wrongFormula(
    'extra-sigmoid',
    'The fraction is turned round',
    'Bring both terms over the common denominator ŷ(1 − ŷ): it divides.',
    '(yhat - y) * yhat * (1 - yhat)',
  ),
];

/** In place of ∂L/∂ŷ_j. */
export const categoricalByPrediction: readonly FormulaMistake[] = [
  wrongFormula(
    'sign',
    'The sign is turned round',
    'The loss has a minus: the derivative of −y log ŷ is −y/ŷ.',
    'y_j / yhat_j',
  ),
  wrongFormula(
    'logits',
    'This is the derivative before the softmax',
    'Stop at the prediction: ŷ is the variable here, not the input of the softmax.',
    'yhat_j - y_j',
  ),
  wrongFormula(
    'no-target',
    'The target is missing',
    'Every logarithm in the loss is multiplied by its target.',
    '-1 / yhat_j',
  ),
  wrongFormula('loss', 'This is the loss, not its derivative', 'The derivative of log ŷ is 1/ŷ.', '-y_j * log(yhat_j)'),
  wrongFormula(
    'binary',
    'This is the derivative of the binary cross-entropy',
    'The categorical loss has no term with 1 − y.',
    '(yhat_j - y_j) / (yhat_j * (1 - yhat_j))',
  ),
  wrongFormula(
    'log',
    'The logarithm is still there',
    'The derivative of log ŷ is 1/ŷ; the logarithm is gone afterwards.',
    '-y_j / log(yhat_j)',
  ),
  wrongFormula('product', 'Multiplied instead of divided', 'The derivative of log ŷ is 1/ŷ.', '-y_j * yhat_j'),
];

/** In place of ∂L/∂a_j, which is ŷ_j − y_j. */
export const categoricalByLogit: readonly FormulaMistake[] = [
  wrongFormula(
    'sign',
    'The sign is turned round',
    'The loss falls when the output of the true class rises: the gradient is ŷ − y.',
    'y_j - yhat_j',
  ),
  wrongFormula(
    'true-class-only',
    'Only the true class has a gradient',
    'The outputs of the other classes must fall: their gradient is ŷ_j, not zero. This is what remains when only the diagonal of the softmax Jacobian, ŷ_j (1 − ŷ_j), is used.',
    '-y_j * (1 - yhat_j)',
  ),
  wrongFormula(
    'minus-one',
    'One is subtracted from every output',
    'Subtract y_j: it is 1 for the true class alone, and any share for soft labels. It also comes of taking ŷ_k (1 − ŷ_j) for every entry of the softmax Jacobian: for j ≠ k that is −ŷ_k ŷ_j.',
    'yhat_j - 1',
  ),
  wrongFormula(
    'off-diagonal-plus',
    'The entries of the softmax Jacobian with j ≠ k have the wrong sign',
    'For j ≠ k the derivative of ŷ_k is −ŷ_k ŷ_j: raising a_j lowers every other output.',
    '2 * y_j * yhat_j - y_j - yhat_j',
  ),
  wrongFormula(
    'loss-of-y-only',
    'The derivative stops at ŷ',
    'This is ∂L/∂ŷ_j; go on through softmax with the chain rule.',
    '-y_j / yhat_j',
  ),
  wrongFormula(
    'binary',
    'This is the binary cross-entropy’s derivative with respect to ŷ',
    'Use the categorical loss and go through softmax to a.',
    '(yhat_j - y_j) / (yhat_j * (1 - yhat_j))',
  ),
  wrongFormula(
    'extra-derivative',
    'A derivative of the output is multiplied on top',
    'For softmax with cross-entropy the derivatives cancel: ŷ − y remains.',
    '(yhat_j - y_j) * yhat_j * (1 - yhat_j)',
  ),
];

/** In place of ŷ − y, in a line of code. */
export const differences: readonly FormulaMistake[] = [
  wrongFormula('turned', 'Label minus prediction', 'Look at the order in the line.', 'y - yhat'),
  wrongFormula(
    'sigmoid-slope',
    'A factor yhat(1 − yhat) that does not belong here',
    'It cancels for softmax with cross-entropy.',
    '(yhat - y) * yhat * (1 - yhat)',
  ),
  wrongFormula('squared', 'A square', 'This is a loss, not its derivative.', '(yhat - y)^2'),
  wrongFormula('loss', 'The loss itself', 'The line holds its derivative.', '-y * log(yhat)'),
  wrongFormula(
    'quotient',
    'The derivative by the probability',
    'D is the derivative by what comes into the layer.',
    '-y / yhat',
  ),
];
