/** Questions 1.2a, e and j: derivatives of the sigmoid, the rectifier and the binary cross-entropy. 1 mark each. */
import type { Check } from '../../check.ts';
import type { FormulaProblem } from '../../formula/problem.ts';
import { judgeFormula } from '../../judge-formula.ts';

export const sigmoidDerivative: FormulaProblem = {
  key: '1.2a',
  what: "σ'(x)",
  names: { known: ['x'] },
  truth: 'sigma(x) * (1 - sigma(x))',
  domain: (random) => ({ values: { x: random.normal(0, 2) } }),
  mistakes: [
    {
      id: 'x-for-sigma',
      title: 'x stands where σ(x) should',
      advice: 'The derivative is σ(x)(1 − σ(x)): apply σ before you multiply.',
      text: 'x * (1 - x)',
    },
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'σ rises everywhere.',
      text: '-sigma(x) * (1 - sigma(x))',
    },
    {
      id: 'no-inner',
      title: 'The inner derivative is missing',
      advice: 'The derivative of e^(−x) is −e^(−x): this minus and the factor belong to the chain rule.',
      text: '-1 / (1 + exp(-x))^2',
    },
    {
      id: 'one-minus',
      title: 'Only 1 − σ(x) is left',
      advice: 'Both factors are needed: σ(x)(1 − σ(x)).',
      text: '1 - sigma(x)',
    },
    {
      id: 'plus',
      title: 'A plus stands where a minus should',
      advice: 'The second factor is 1 − σ(x).',
      text: 'sigma(x) * (1 + sigma(x))',
    },
    {
      id: 'tanh',
      title: 'This is the derivative for tanh, with σ in it',
      advice: '1 − f(x)² is the derivative of tanh; that of σ is σ(1 − σ).',
      text: '1 - sigma(x)^2',
    },
  ],
};

export const reluDerivative: FormulaProblem = {
  key: '1.2e',
  what: "relu'(x) for x ≠ 0",
  names: { known: ['x'] },
  truth: 'step(x)',
  domain: (random) => ({ values: { x: (random.next() < 0.5 ? -1 : 1) * random.uniform(0.1, 3) } }),
  mistakes: [
    {
      id: 'relu-itself',
      title: 'This is relu itself',
      advice: 'Where relu(x) = x its slope is 1, where it is 0 its slope is 0.',
      text: 'max(x, 0)',
    },
    {
      id: 'sign',
      title: 'For negative x the slope is −1',
      advice: 'For negative x relu is constant: its slope is 0.',
      text: 'sign(x)',
    },
    { id: 'one', title: 'The slope is 1 everywhere', advice: 'For negative x relu is constant.', text: '1' },
    {
      id: 'reversed',
      title: 'The two cases are exchanged',
      advice: 'The slope is 1 for x > 0 and 0 for x < 0.',
      text: '1 - step(x)',
    },
  ],
};

/** Targets strictly between 0 and 1 as well as 0 and 1: a formula that holds for labels only is not the derivative. */
export const bceDerivative: FormulaProblem = {
  key: '1.2j',
  what: '∂L/∂ŷ',
  names: { known: ['y', 'yhat'] },
  truth: '-y / yhat + (1 - y) / (1 - yhat)',
  domain: (random) => ({
    values: { y: random.next() < 0.5 ? random.integer(2) : random.next(), yhat: random.uniform(0.05, 0.95) },
  }),
  mistakes: [
    {
      id: 'sign',
      title: 'The sign is turned round',
      advice: 'The loss has a minus in front: for y = 1 it falls when ŷ rises.',
      text: 'y / yhat - (1 - y) / (1 - yhat)',
    },
    {
      id: 'no-inner',
      title: 'The inner derivative of log(1 − ŷ) is missing',
      advice: 'The derivative of log(1 − ŷ) is −1/(1 − ŷ): its minus cancels the one in front.',
      text: '-y / yhat - (1 - y) / (1 - yhat)',
    },
    {
      id: 'logit',
      title: 'This is the derivative with respect to the input of the sigmoid',
      advice: 'Stop at ŷ: the factor ŷ(1 − ŷ) of the sigmoid does not belong here yet.',
      text: 'yhat - y',
    },
    {
      id: 'first-term',
      title: 'The term of the class 0 is missing',
      advice: 'Differentiate both terms: (1 − y) log(1 − ŷ) depends on ŷ too.',
      text: '-y / yhat',
    },
    {
      id: 'exchanged',
      title: 'y and ŷ are exchanged',
      advice: 'Differentiate with respect to the prediction ŷ; the target y is constant.',
      text: 'log((1 - yhat) / yhat)',
    },
    {
      id: 'extra-sigmoid',
      title: 'The fraction is turned round',
      advice: 'Bring both terms over the common denominator ŷ(1 − ŷ): it divides.',
      text: '(yhat - y) * yhat * (1 - yhat)',
    },
  ],
};

const titles: readonly (readonly [FormulaProblem, string])[] = [
  [sigmoidDerivative, 'The derivative of the sigmoid is right'],
  [reluDerivative, 'The derivative of the rectifier is right for positive and negative x'],
  [bceDerivative, 'The derivative of the binary cross-entropy is right for every target from 0 to 1'],
];

export const checks: Check[] = titles.map(([problem, title]) => ({
  id: `${problem.key}.formula`,
  task: problem.key,
  title,
  asks: `"${problem.key}" in answers.json.`,
  points: 1,
  formulas: [problem],
  run: async (desk) => judgeFormula(desk, problem),
}));
