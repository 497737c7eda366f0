/** Problem 5, Question 3: backpropagation of one sample. 9 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { pass } from '../../check.ts';
import type { Evaluation } from '../../evaluate.ts';
import { evaluate, isRight, judgeTensor } from '../../evaluate.ts';
import { arrayOf, rowsOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { sampleProblem } from './p5q2-problems.ts';
import { laterProblem } from './p5q3-later.ts';
import { forwardMistakes, stepProblem, stepTarget } from './p5q3-step.ts';
import { inPlainNumbers } from './plain.ts';

const layerOf = (name: string): number => Number(name[1]) - 1;
const what = (name: string) =>
  `The gradient with respect to ${name[0] === 'W' ? 'weights' : 'biases'}[${layerOf(name)}]`;
const points: Readonly<Record<string, number>> = { W3: 2, b3: 1, W2: 2, b2: 1, W1: 2, b1: 1 };

export const checks: Check[] = Object.entries(points).map(([name, marks]) => ({
  id: `p5q3.${name.toLowerCase()}`,
  task: 'P5.Q3',
  title: `${what(name)} is right`,
  asks: 'What trainOneSample changes in networks of three layers with random biases, divided by the learning rate: in a first step, and in later ones.',
  points: marks,
  problems: [stepProblem, laterProblem],
  run: (desk) => inPlainNumbers(desk, stepTarget.module, () => judgeGradient(desk, name)),
}));

async function judgeGradient(desk: Desk, name: string): Promise<Judgement> {
  const evaluation = await evaluate(desk, stepProblem);
  const judgement = judgeTensor(evaluation, name, what(name));
  if (judgement.earned === 1) return (await laterFault(desk, name)) ?? judgement;
  if (await isRight(() => evaluate(desk, sampleProblem))) return judgement;
  if (!onlyForwardIsWrong(evaluation)) return ofOwnLoss(desk, judgement, name);
  return pass({
    followThrough: 'It is the right gradient for your own forward pass; its mistake is paid for in P5.Q2.',
  });
}

/** What is wrong with later steps of a network whose first step is right. */
async function laterFault(desk: Desk, name: string): Promise<Judgement | undefined> {
  const { finding, diagnosis, ...later } = judgeTensor(await evaluate(desk, laterProblem), name, what(name));
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
const ofOwnLoss = (desk: Desk, judgement: Judgement, name: string): Promise<Judgement> =>
  judgeBothSides(desk, judgement, {
    backward: stepProblem,
    forward: sampleProblem,
    output: 'loss',
    form: 'curved',
    inputs: ({ net }) => ({
      [name]: arrayOf(name[0] === 'W' ? net.weights[layerOf(name)]! : net.biases[layerOf(name)]!),
    }),
    at: ({ net, x, y }, { [name]: moved }) => {
      const replaced = <T>(layers: readonly T[], by: T) => layers.map((layer, l) => (l === layerOf(name) ? by : layer));
      const changed =
        name[0] === 'W'
          ? { ...net, weights: replaced(net.weights, rowsOf(moved!)) }
          : { ...net, biases: replaced(net.biases, [...moved!.data]) };
      return { net: changed, X: [x], Y: [y] };
    },
    upstream: () => arrayOf([1]),
    paidIn: 'P5.Q2',
  });

/** Whether all that is wrong with the gradients is a known mistake of the forward pass. */
function onlyForwardIsWrong({ diagnosis }: Evaluation): boolean {
  if (diagnosis === undefined || diagnosis.mistakes.length === 0) return false;
  const sure = diagnosis.certainty === 'certain' || diagnosis.certainty === 'consistent';
  return sure && diagnosis.mistakes.every((id) => forwardMistakes.has(id));
}
