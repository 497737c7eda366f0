/** The checks of a step on one sample: one for the gradient with respect to every parameter, each by itself and whole. */
import type { Mat } from '../../reference/oracles/linear-algebra.ts';
import type { Check, CheckContext, Judgement } from '../check.ts';
import { pass } from '../check.ts';
import type { Evaluation } from '../evaluate.ts';
import { evaluate, isRight, judgeTensor } from '../evaluate.ts';
import { hiddenMistakes } from '../mistakes/mlp/hidden-forward.ts';
import { outputMistakes } from '../mistakes/mlp/output-forward.ts';
import type { Guest } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import { judgeBothSides } from '../two-sided.ts';
import { inTheirNames, netWith } from './listed-net.ts';
import { followingOwn } from './own-parts.ts';
import { alongOwnWay, slopes } from './own-way.ts';
import type { Layers } from './parameters.ts';
import { parametersOf } from './parameters.ts';
import type { SampleScores } from './sample-scores.ts';
import type { SampleStep } from './sample-step.ts';
import { sigmoidNet, targetsOf } from './sigmoid-net.ts';

interface GradientChecks {
  step: SampleStep;
  asks: string;
  /** What the gradient of W3, b3 … is worth. */
  marks: Readonly<Record<string, number>>;
  /** The student's own forward pass: its right gradient is right as well, since its mistake is paid for there. */
  forward: SampleScores;
  /** The rules that the unit has to keep, around every judgement. */
  within(context: CheckContext, unit: string, judge: () => Promise<Judgement>): Promise<Judgement>;
}

const what = (name: string) => `The gradient with respect to ${inTheirNames(name)}`;

export const gradientChecks = ({ step, asks, marks, forward, within }: GradientChecks): Check[] =>
  Object.entries(marks).map(([name, points]) => ({
    id: `${step.asked.unit}.${name.toLowerCase()}`,
    task: step.asked.task,
    title: `${what(name)} is right`,
    asks,
    points,
    problems: [step.first, step.later],
    run: (context) => within(context, step.asked.unit, () => judgeGradient(context, name, step, forward)),
  }));

async function judgeGradient(
  context: CheckContext,
  name: string,
  step: SampleStep,
  forward: SampleScores,
): Promise<Judgement> {
  const evaluation = await evaluate(context, step.first);
  const judgement = judgeTensor(evaluation, name, what(name));
  if (judgement.earned === 1) return (await laterFault(context, name, step)) ?? judgement;
  if (await isRight(() => evaluate(context, forward.sample))) return judgement;
  if (!onlyForwardIsWrong(evaluation)) {
    const followed = await ofOwnLoss(context, judgement, name, step, forward);
    return alongOwnForward(context, followed, name, step, forward);
  }
  return pass({
    followThrough: `It is the right gradient for your own forward pass; its mistake is paid for in ${forward.asked.task}.`,
  });
}

/** What is wrong with later steps of a network whose first step is right. */
async function laterFault(context: CheckContext, name: string, step: SampleStep): Promise<Judgement | undefined> {
  const { finding, diagnosis, ...later } = judgeTensor(await evaluate(context, step.later), name, what(name));
  if (finding === undefined) return undefined;
  const says = `The first step of a network is right, a later one is not. ${finding.says}`;
  const hint = `Keep nothing from one call of ${step.asked.name} to the next.`;
  return {
    ...later,
    finding: { ...finding, says, hint },
    ...(diagnosis?.certainty === 'unknown' ? {} : { diagnosis }),
  };
}

/** The gradient of what the student's own forward pass gives. */
const ofOwnLoss = (
  context: CheckContext,
  judgement: Judgement,
  name: string,
  step: SampleStep,
  forward: SampleScores,
): Promise<Judgement> =>
  judgeBothSides(context, judgement, {
    backward: step.first,
    forward: forward.sample,
    output: 'loss',
    form: 'curved',
    inputs: ({ net: { weights: W, biases: b } }) => ({ [name]: parametersOf({ W, b })[name]! }),
    at: ({ net, x, y }, moved) => ({ net: netWith(net, moved), X: [x], Y: [y] }),
    upstream: () => arrayOf([1]),
    paidIn: forward.asked.task,
  });

/** What the formulas of backpropagation make of the student's own forward pass, with a sigmoid's slopes. */
async function alongOwnForward(
  context: CheckContext,
  judgement: Judgement,
  name: string,
  step: SampleStep,
  { asked, sample }: SampleScores,
): Promise<Judgement> {
  let judged = judgement;
  for (const slope of slopes) {
    judged = await followingOwn(judged, context, {
      problem: step.first,
      tensors: [name],
      earlier: [{ task: asked.task, problem: sample }],
      own: (guest, { net, x, y }) => {
        const asCase = { ...sigmoidNet, W: net.weights, b: net.biases, X: [x], Y: targetsOf(net, [y]) };
        return alongOwnWay(asCase, (cut, X) => likelihoods(guest, sample, cut, X), 'own', slope);
      },
    });
  }
  return judged;
}

/** The probabilities of all classes, by the losses that a sample has with each of them as its label. */
async function likelihoods(
  guest: Guest,
  sample: SampleScores['sample'],
  { W, b }: Layers,
  X: Mat,
): Promise<Mat | undefined> {
  const rows: Mat = [];
  for (const x of X) {
    const labels = b.at(-1)!.map((_, k) => k);
    const probe = { net: { weights: W, biases: b }, X: labels.map(() => x), Y: labels };
    const reading = sample.read(await sample.ask(guest, probe), probe);
    const loss = 'answer' in reading ? reading.answer['loss'] : undefined;
    if (loss === undefined) return undefined;
    rows.push(Array.from(loss.data, (v) => Math.exp(-v)));
  }
  return rows;
}

/** The slips of the forward pass by name, and the one with a number in it. */
const ofForward = new Set([...hiddenMistakes, ...outputMistakes].map(({ id }) => id)).add('temperature');

/** Whether all that is wrong with the gradients is a known mistake of the forward pass. */
function onlyForwardIsWrong({ diagnosis }: Evaluation): boolean {
  if (diagnosis === undefined || diagnosis.mistakes.length === 0) return false;
  const sure = diagnosis.certainty === 'certain' || diagnosis.certainty === 'consistent';
  return sure && diagnosis.mistakes.every((id) => ofForward.has(id));
}
