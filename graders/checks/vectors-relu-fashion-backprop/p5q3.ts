/**
 * Problem 5, Question 3: backpropagation of one sample. 9 marks.
 *
 * Asked   `trainOneSample(net, x, y, lr)`, in plain numbers: one step of gradient descent on the cross-entropy ℓ = −ln p_y of
 *         one sample, in place. net is { weights: [W¹, W², W³], biases: [b¹, b², b³] }, sigmoids below a softmax, rows on the
 *         left: aˡ = σ(aˡ⁻¹Wˡ + bˡ) from a⁰ = x on, p = softmax(a²W³ + b³).
 * Right   W ← W − lr ∂ℓ/∂W and b ← b − lr ∂ℓ/∂b, where with the weights of before the step
 *             δ³ = p − y,   δˡ⁻¹ = (δˡ (Wˡ)ᵀ) ∘ aˡ⁻¹(1 − aˡ⁻¹),   ∂ℓ/∂Wˡ = (aˡ⁻¹)ᵀ δˡ,   ∂ℓ/∂bˡ = δˡ
 *         (the label y is a class number; in p − y it stands for its one-hot row). What a step changes, divided by lr, is the
 *         gradient that the program has used: that is compared, within 2·10⁻⁵ of its largest entry (wider where the weights
 *         come back in single precision). Only what is in `net` after the call counts, not what the call returns.
 *         Right as well is the gradient of one's own feedForwardSample where that is wrong, which is paid for in P5.Q2: by the
 *         known mistake in it, or by finite differences of its loss.
 * Wrong   slips of backpropagation are named, e.g. a missing σ′, a δ made with weights already changed, another layer's
 *         activations (graders/mistakes/mlp/ has all of them as exchangeable rules), and slips of the step: no rate, the rate
 *         twice, the sign, biases left alone (graders/mistakes/training/step.ts). A name changes no mark.
 * Costs   what stands under `marks`, for every gradient by itself, compared with the right one on every probe: a wrong δ³, a
 *         missing rate or a wrong sign costs all six gradients (9), a δ² made with weights already changed the four of layers 2
 *         and 1 (6), biases left alone the three of b (3). A gradient that is right only in the first step is wrong. A tensor
 *         library imported in place of plain numbers costs all.
 * Probes  networks drawn at random, turned so that they guess the class `guess` of a sample that bears `label`, drawn again
 *         until the set holds all of `visits`: no branch of a program goes unseen. `scale` is the factor on the weights, `steep`
 *         another one on those of the last layer, so that errors exceed what clipping leaves of them, `odds` what p_y : 1 − p_y
 *         is made: p_y is nowhere so small that what keeps a quotient by it finite, up to 1e-7, shows.
 */
import type { Check } from '../../check.ts';
import { gradientChecks } from '../../kinds/sample-step-checks.ts';
import { sampleStep } from '../../kinds/sample-step.ts';
import {
  aBlackPixel,
  aRightGuess,
  aWrongGuess,
  firstClassAsLabel,
  firstClassGuessed,
  labelAbove,
  lastClassAsLabel,
  lastClassGuessed,
} from '../../kinds/sample-visits.ts';
import { forward } from './p5q2.ts';
import { inPlainNumbers } from './plain.ts';

export const oneSample = sampleStep({
  task: 'P5.Q3',
  unit: 'p5q3',
  name: 'trainOneSample',
  layers: 3,
  first: [
    { sizes: [8, 6, 7, 10], scale: 1, lr: 0.625, guess: 0, label: 0 },
    { sizes: [11, 7, 9, 10], scale: 3, lr: 1.375, guess: 9, label: 0, odds: 1 / 24 },
    { sizes: [9, 12, 5, 10], scale: 2, lr: 0.8125, guess: 9, label: 9 },
    { sizes: [7, 9, 6, 10], scale: 1.5, lr: 1.75, guess: 0, label: 9, steep: 32, odds: 1 / 24 },
  ],
  // So sure that p = 0.991 and the loss is below 0.01: the step is small, the rate therefore large.
  sure: { sizes: [6, 8, 5, 10], scale: 1.5, lr: 62.5, guess: 1, label: 1, odds: 110 },
  visits: [
    aRightGuess,
    aWrongGuess,
    labelAbove(0.99),
    aBlackPixel,
    firstClassAsLabel,
    lastClassAsLabel,
    firstClassGuessed,
    lastClassGuessed,
  ],
  // A sample, another one, and the first one again; after each of them the other network takes a step.
  later: [
    { sizes: [6, 5, 7, 10], other: [4, 3, 5, 10], lr: 0.625 },
    { sizes: [8, 7, 5, 10], other: [5, 6, 4, 10], lr: 0.9375 },
  ],
});

export const checks: Check[] = gradientChecks({
  step: oneSample,
  asks: 'What trainOneSample changes in networks of three layers with random biases, divided by the learning rate: in a first step, and in later ones.',
  marks: { W3: 2, b3: 1, W2: 2, b2: 1, W1: 2, b1: 1 },
  forward,
  within: inPlainNumbers,
});
