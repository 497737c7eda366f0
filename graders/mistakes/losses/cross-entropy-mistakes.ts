/** Cross-entropies got wrong: the logarithm, its argument, and the terms of the two classes or of all. */
import { softmax } from '../../../reference/oracles/activations.ts';
import type { LossRules } from './loss.ts';
import { meanOf, term } from './loss.ts';
import type { Mistake } from '../program.ts';

export const ofCrossEntropies: readonly Mistake<LossRules>[] = [
  {
    id: 'base-two',
    title: 'logarithm of base 2',
    advice: 'Use the natural logarithm: with base 2 the loss is 1.44 times too large.',
    family: 'scale',
    apply: (right) => ({ ...right, logUnit: Math.LOG2E }),
  },
  {
    id: 'base-ten',
    title: 'logarithm of base 10',
    advice: 'Use the natural logarithm: with base 10 the loss is 2.3 times too small.',
    family: 'scale',
    apply: (right) => ({ ...right, logUnit: Math.LOG10E }),
  },
  {
    id: 'log-one-plus',
    title: 'ln(1 + p) instead of ln p',
    advice: 'Take the logarithm of the probability itself: log1p adds 1 first.',
    apply: (right) => ({
      ...right,
      term: (p, y, kind) => (kind === 'bce' ? -y * Math.log1p(p) - (1 - y) * Math.log1p(1 - p) : -y * Math.log1p(p)),
    }),
  },
  {
    id: 'squared-error',
    title: 'squared error instead of the cross-entropy',
    advice: 'Use the cross-entropy that the task asks for: yours is the squared difference.',
    apply: term((p, y) => (p - y) ** 2),
  },
  {
    id: 'no-logarithm',
    title: 'probabilities without a logarithm',
    advice: 'Take the logarithm of the probabilities.',
    apply: term((p, y) => -y * p),
  },
  {
    id: 'swapped',
    title: 'prediction and target swapped',
    advice: 'Exchange the arguments: the target stands in front of the logarithm, the prediction inside.',
    // Where the target is 0 a program that survives at all limits the logarithm; the usual limit is 1e-7.
    apply: (right) => ({
      ...right,
      term: (p, y, kind) => {
        const inside = Math.min(1 - 1e-7, Math.max(1e-7, y));
        return kind === 'bce' ? -p * Math.log(inside) - (1 - p) * Math.log(1 - inside) : -p * Math.log(inside);
      },
    }),
  },
];

export const ofBinary: readonly Mistake<LossRules>[] = [
  {
    id: 'negative-term-missing',
    title: 'term with 1 − y missing',
    advice: 'Add the term (1 − y) ln(1 − p): so far samples with y = 0 cost nothing.',
    apply: term((p, y) => -y * Math.log(p)),
  },
  {
    id: 'positive-term-missing',
    title: 'term with y missing',
    advice: 'Add the term y ln p: so far samples with y = 1 cost nothing.',
    apply: term((p, y) => -(1 - y) * Math.log(1 - p)),
  },
  {
    id: 'sign-between-terms',
    title: 'wrong sign between the terms',
    advice: 'Put the minus in front of both terms: the second one counts with the wrong sign.',
    apply: term((p, y) => -y * Math.log(p) + (1 - y) * Math.log(1 - p)),
  },
  {
    id: 'targets-exchanged',
    title: 'y and 1 − y exchanged',
    advice: 'Exchange the factors: y belongs to ln p, and 1 − y to ln(1 − p).',
    apply: term((p, y) => -(1 - y) * Math.log(p) - y * Math.log(1 - p)),
  },
  {
    id: 'one-minus-outside',
    title: '1 − ln p instead of ln(1 − p)',
    advice: 'Put 1 − p inside the logarithm of the second term: you subtract the logarithm from 1.',
    apply: term((p, y) => -y * Math.log(p) - (1 - y) * (1 - Math.log(p))),
  },
  {
    id: 'factors-missing',
    title: 'both logarithms for every sample',
    advice: 'Multiply the logarithms by y and 1 − y, so that every sample counts with the term of its own class.',
    apply: term((p) => -Math.log(p) - Math.log(1 - p)),
  },
];

export const ofCategorical: readonly Mistake<LossRules>[] = [
  {
    id: 'mean-over-classes',
    title: 'mean over the classes',
    advice: 'Sum over the classes: a mean over them makes the loss too small by their number.',
    family: 'scale',
    apply: (right) => ({ ...right, ofSample: meanOf }),
  },
  {
    id: 'targets-ignored',
    title: 'logarithms of all classes',
    advice: 'Multiply by the targets: only the probability of the true class counts.',
    apply: term((p) => -Math.log(p)),
  },
  {
    id: 'binary-form',
    title: 'binary cross-entropy of every class',
    advice: 'Leave the term with 1 − y out: it belongs to the binary cross-entropy.',
    apply: term((p, y) => -y * Math.log(p) - (1 - y) * Math.log(1 - p)),
  },
  {
    id: 'softmax-again',
    title: 'softmax of the probabilities',
    advice: 'Take the logarithm of the predictions as they are: they have gone through the softmax already.',
    apply: (right) => ({
      ...right,
      samples: (given) => right.samples(given).map(({ p, y }) => ({ p: softmax(p), y })),
    }),
  },
  {
    id: 'largest-probability',
    title: 'logarithm of the largest probability',
    advice: 'Take the probability of the true class, not the largest one.',
    apply: (right) => ({
      ...right,
      samples: (given) =>
        right.samples(given).map(({ p, y }) => {
          const best = p.indexOf(Math.max(...p));
          return { p, y: y.map((_, j) => (j === best ? 1 : 0)) };
        }),
    }),
  },
];
