/**
 * Question 3d: `first16(model, inputs, labels)` calls the student's own `grads` of Question 3c on the first 16 examples and
 * returns `{ gradsW2, gradsB2 }` as nested lists. 3 marks.
 *
 *   asked   two networks with 23 and 40 examples
 *   right   both gradients on the first 16 examples, in their order; the sum in place of the mean is accepted
 *   costs   all 3; where it is what the own grads gives on these examples, wrong as it may be, 2 of them: the rest is charged
 *           in Question 3c. Automatic differentiation of its own earns nothing
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { summed } from '../../kinds/model-gradients.ts';
import type { NamedGradients } from '../../kinds/model-gradients-question.ts';
import { agreesWithOwn } from '../../kinds/own-gradients.ts';
import { drawNet } from '../../kinds/pixel-net.ts';
import type { NetProbe } from '../../kinds/pixel-net.ts';
import { first16, last16, otherRows } from '../../mistakes/data/first-rows.ts';
import { lastLayerGradients } from '../../mistakes/mlp/last-layer.ts';
import type { Problem } from '../../problem.ts';
import { moduleOfUnit } from '../../runtimes/node/language/program-files.ts';
import { unlessStopped } from '../../stopped.ts';
import { gradsProblem } from './q3c.ts';
import { first16Question } from './q3c-question.ts';

export const first16Problem: Problem<NetProbe> & NamedGradients = {
  ...first16Question,
  probes: (random) => [
    drawNet(random.fork('a'), { hidden: [9, 7], batch: 23, scale: 2, layout: 'separate', labels: 'hard' }),
    drawNet(random.fork('b'), { hidden: [64, 64], batch: 40, scale: 2, layout: 'fused', labels: 'hard' }),
  ],
  oracle: (net) => lastLayerGradients(first16(net)),
  accepts: [summed(first16)],
  mistakes: otherRows(lastLayerGradients),
  differences: { are: 'told' },
};

export const checks: Check[] = [
  {
    id: 'q3d.values',
    task: 'Q3d',
    title: 'first16 returns both gradients on the first 16 examples, in their order',
    asks: 'first16 on two networks with 23 and 40 examples.',
    points: 3,
    problems: [first16Problem],
    run: judgeFirst16,
  },
];

async function judgeFirst16(context: CheckContext): Promise<Judgement> {
  const evaluation = await evaluate(context, first16Problem);
  const instead = evaluation.differentiated;
  // Training that goes on beside the call is no gradient of first16's; grads that differentiate lose their marks in Q3c.
  if (instead !== undefined && !instead.startsWith('model.fit') && !(await gradsDifferentiates(context))) {
    return fail({
      says: `first16 calls ${instead}: this task asks for the gradients that your grads computes.`,
      hint: `Import grads from ${moduleOfUnit('q3c')} and call it on the first 16 rows.`,
    });
  }
  const judgement = firstWrong(evaluation, {
    W2: 'The gradient with respect to W on the first 16 examples',
    b2: 'The gradient with respect to b on the first 16 examples',
  });
  const rows = { asked: first16, others: [(net: NetProbe) => net, last16] };
  if (judgement.earned === 1 || !(await agreesWithOwn(context, first16Problem, gradsProblem, rows))) return judgement;
  return {
    ...judgement,
    earned: 2 / 3,
    followThrough:
      'first16 uses your grads rightly: the first 16 examples, in order. What is wrong comes from grads, which already lost its marks in Q3c.',
  };
}

const gradsDifferentiates = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => (await evaluate(context, gradsProblem)).differentiated !== undefined, false);
