/**
 * Question 3c: `grads(model, inputs, labels)` for a network of sigmoid layers that ends in a softmax; it returns the list
 * [∂L/∂W, ∂L/∂b] of the last layer, written with tensor operations alone. 15 marks.
 *
 *   asked   of five sequential models of tfjs, 28×28 inputs, two hidden layers of several widths and ten classes, with small
 *           and large weights, one-hot and soft labels (the near networks); and of a sixth, far one, whose softmax is fed
 *           logits hundreds from zero, where a program that overflows returns NaN. The model may be applied (`predict`,
 *           `apply`) to any input
 *   right   ∂L/∂W = hᵀ(p − y)/N  and  ∂L/∂b = Σ(p − y)/N, with h the activations below the last layer, p the predictions
 *           and N the number of images, for L the mean cross-entropy; h and p are those of the grader's model, so that no
 *           earlier part is needed. In single precision: within 2·10⁻⁴ of the largest entry of each tensor. Between that and
 *           ten times as much the call is made again in double precision, and full marks need 2·10⁻⁴ there. Accepted as well,
 *           at no cost: for both the sum over the batch in place of the mean, W transposed (in its values and its shape)
 *   wrong   slips are named, e.g. predictions minus labels the wrong way round, another layer's activations, a missing 1/N in
 *           one of the two ("bias not averaged"), predictions that are clipped (all: graders/mistakes/mlp/library.ts); what is
 *           the gradient of another layer is called that. A name changes no mark
 *   costs   w2, the gradient of W: 5, all or nothing on the near networks. The far one is on this mark alone, for W and b
 *           together, since both fail there by one overflow or one clipping: 3 are left where it alone is wrong. A b that is
 *           wrong on the near networks as well has paid for itself, and is not looked at there
 *           b2, the gradient of b: 3, all or nothing on the near networks
 *           shapes, in the order [W, b]: 2, whatever the values are
 *           no automatic differentiation (tf.grad and its like, tapes, optimizers; loops in plain numbers are allowed): 3
 *           inputs and labels as they were, and the same answer when asked again: 1. This and the mark before are "not judged",
 *           0, while nothing resembles the gradients (points in their direction, or is a known mistake, or right in W or in b):
 *           an empty function breaks no rule
 *           read by a person: 1
 */
import type { Check } from '../../check.ts';
import { sourceOf } from '../../kinds/source-quality.ts';
import { farFrom } from '../../kinds/far-softmax.ts';
import {
  forAttempts,
  gradientsProblem,
  judgeGradient,
  judgeShapes,
  judgeWeights,
} from '../../kinds/model-gradients.ts';
import { judgeUnchanged } from '../../kinds/model-unchanged.ts';
import { judgeWithoutAutodiff } from '../../kinds/without-autodiff.ts';
import { manualCheck } from '../../manual.ts';
import { moduleOfUnit } from '../../runtimes/node/language/program-files.ts';
import { gradsQuestion } from './q3c-question.ts';

/**
 * Different widths, so that two mistakes never look alike by chance; a batch of one, where sum and mean agree; and the last
 * one in the shapes of the first, after which the first is asked again: who keeps something for each shape answers with
 * another network's; once as many images as classes. The softmax is a layer of its own ('separate') or the activation of the last one ('fused').
 */
export const gradsProblem = gradientsProblem(gradsQuestion, [
  { hidden: [7, 5], batch: 6, scale: 1, layout: 'separate', labels: 'hard' },
  { hidden: [11, 13], batch: 5, scale: 2, layout: 'fused', labels: 'soft' },
  { hidden: [64, 64], batch: 10, scale: 4, layout: 'separate', labels: 'hard' },
  { hidden: [6, 9], batch: 1, scale: 1, layout: 'fused', labels: 'soft' },
  { hidden: [7, 5], batch: 6, scale: 2, layout: 'separate', labels: 'hard' },
]);
const farProblem = farFrom(gradsProblem, 'q3c.far');

const file = moduleOfUnit('q3c');
const networks = 'grads on five networks of several widths, with small and large weights, one-hot and soft labels';

export const checks: Check[] = [
  {
    id: 'q3c.w2',
    task: 'Q3c',
    title: 'The gradient with respect to the weights is right',
    asks: `${networks}; and on one whose softmax inputs are hundreds from zero.`,
    points: 5,
    problems: [gradsProblem, farProblem],
    // Three of the five marks where it is right on the five networks only.
    run: (context) => judgeWeights(context, { near: gradsProblem, far: farProblem, nearOnly: 0.6 }),
  },
  {
    id: 'q3c.b2',
    task: 'Q3c',
    title: 'The gradient with respect to the bias is right',
    asks: `${networks}.`,
    points: 3,
    problems: [gradsProblem],
    run: (context) => judgeGradient(context, gradsProblem, 'b'),
  },
  {
    id: 'q3c.shapes',
    task: 'Q3c',
    title: 'grads returns [gradient of W, gradient of b], shaped like W and b',
    asks: 'The shapes of what grads returns, whatever the values are.',
    points: 2,
    problems: [gradsProblem],
    run: (context) => judgeShapes(context, gradsProblem),
  },
  {
    id: 'q3c.policy',
    task: 'Q3c',
    title: 'Only tensor operations are used, no automatic differentiation',
    asks: `The source of ${file} and of the files it imports, and what of the library the calls on the networks use.`,
    points: 3,
    run: forAttempts(gradsProblem, judgeWithoutAutodiff),
  },
  {
    id: 'q3c.pure',
    task: 'Q3c',
    title: 'grads leaves the model and its inputs as they were',
    asks: 'Inputs and labels after the call, and the same call a second time.',
    points: 1,
    run: forAttempts(gradsProblem, judgeUnchanged),
  },
  manualCheck({
    id: 'q3c.readability',
    task: 'Q3c',
    title: 'The code reads like the derivation',
    points: 1,
    text: sourceOf('q3c'),
  }),
];
