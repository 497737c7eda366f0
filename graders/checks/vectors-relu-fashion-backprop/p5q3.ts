/**
 * Problem 5, Question 3: `trainOneSample(net, x, y, lr)` takes one step of gradient descent on the cross-entropy of one
 * sample, in place, in plain numbers; net is { weights, biases } with sigmoids below a softmax. 9 marks.
 *
 *   asked   networks of three layers that have taken no step before, guess rightly and wrongly, are sure and unsure; and
 *           three steps of one network with another network at work in between. What a step changes, divided by lr, is
 *           the gradient that the program has used
 *   right   δ³ = p − y, ∂L/∂Wˡ = (aˡ⁻¹)ᵀ δˡ, ∂L/∂bˡ = δˡ, δˡ⁻¹ = (δˡ (Wˡ)ᵀ) ∘ a(1 − a), with the weights of before the step
 *   also    the right gradient of one's own feedForwardSample, whose mistake is paid for in P5.Q2
 *   costs   W³, W², W¹ 2 each, b³, b², b¹ 1 each, every one by itself and whole; a step that is right only the first time is
 *           wrong. A library in place of plain numbers costs all
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, isRight, judgeTensor } from '../../evaluate.ts';
import { inTheirNames, netWith } from '../../kinds/listed-net.ts';
import { parametersOf } from '../../kinds/parameters.ts';
import { hiddenMistakes } from '../../mistakes/mlp/hidden-forward.ts';
import { outputMistakes } from '../../mistakes/mlp/output-forward.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { sampleProblem } from './p5q2-key.ts';
import { stepProblem } from './p5q3-key.ts';
import { laterProblem } from './p5q3-later-key.ts';
import { inPlainNumbers } from './plain.ts';

const marks = { W3: 2, b3: 1, W2: 2, b2: 1, W1: 2, b1: 1 };

const what = (name: string) => `The gradient with respect to ${inTheirNames(name)}`;

export const checks: Check[] = Object.entries(marks).map(([name, points]) => ({
  id: `p5q3.${name.toLowerCase()}`,
  task: 'P5.Q3',
  title: `${what(name)} is right`,
  asks: 'What trainOneSample changes in networks of three layers with random biases, divided by the learning rate: in a first step, and in later ones.',
  points,
  problems: [stepProblem, laterProblem],
  run: (context) => inPlainNumbers(context, 'p5q3', () => judgeGradient(context, name)),
}));

async function judgeGradient(context: CheckContext, name: string): Promise<Judgement> {
  const evaluation = await evaluate(context, stepProblem);
  const judgement = judgeTensor(evaluation, name, what(name));
  if (judgement.earned === 1) return (await laterFault(context, name)) ?? judgement;
  if (await isRight(() => evaluate(context, sampleProblem))) return judgement;
  if (!onlyForwardIsWrong(evaluation)) return ofOwnLoss(context, judgement, name);
  return pass({
    followThrough: 'It is the right gradient for your own forward pass; its mistake is paid for in P5.Q2.',
  });
}

/** What is wrong with later steps of a network whose first step is right. */
async function laterFault(context: CheckContext, name: string): Promise<Judgement | undefined> {
  const { finding, diagnosis, ...later } = judgeTensor(await evaluate(context, laterProblem), name, what(name));
  if (finding === undefined) return undefined;
  const says = `The first step of a network is right, a later one is not. ${finding.says}`;
  const hint = 'Keep nothing from one call of trainOneSample to the next.';
  return {
    ...later,
    finding: { ...finding, says, hint },
    ...(diagnosis?.certainty === 'unknown' ? {} : { diagnosis }),
  };
}

/** The gradient of what the student's own feedForwardSample gives. */
const ofOwnLoss = (context: CheckContext, judgement: Judgement, name: string): Promise<Judgement> =>
  judgeBothSides(context, judgement, {
    backward: stepProblem,
    forward: sampleProblem,
    output: 'loss',
    form: 'curved',
    inputs: ({ net: { weights: W, biases: b } }) => ({ [name]: parametersOf({ W, b })[name]! }),
    at: ({ net, x, y }, moved) => ({ net: netWith(net, moved), X: [x], Y: [y] }),
    upstream: () => arrayOf([1]),
    paidIn: 'P5.Q2',
  });

/** The slips of the forward pass by name, and the one with a number in it. */
const ofForward = new Set([...hiddenMistakes, ...outputMistakes].map(({ id }) => id)).add('temperature');

/** Whether all that is wrong with the gradients is a known mistake of the forward pass. */
function onlyForwardIsWrong({ diagnosis }: Evaluation): boolean {
  if (diagnosis === undefined || diagnosis.mistakes.length === 0) return false;
  const sure = diagnosis.certainty === 'certain' || diagnosis.certainty === 'consistent';
  return sure && diagnosis.mistakes.every((id) => ofForward.has(id));
}
