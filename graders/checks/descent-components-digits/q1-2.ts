/**
 * Question 1.2, its functions: the sigmoid (b, c: 3 marks), the rectifier (f: 2 marks), both on a line (g) and the binary
 * cross-entropy (k: 3 marks), each with its derivative and its difference quotient.
 */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, isAttempt, isRight } from '../../evaluate.ts';
import { judgeDifference } from '../../kinds/difference-quotient.ts';
import type { ElementwiseProblem } from '../../kinds/elementwise.ts';
import type { Elements } from '../../kinds/elementwise-question.ts';
import { judgeElementwise, judgeSlope } from '../../kinds/elementwise.ts';
import { unlessExchanged } from '../../kinds/exchanged-arguments.ts';
import { judgeLossNearTheEnds, judgeSlopeNearTheEnds } from '../../kinds/near-the-ends.ts';
import { followingOwn, ownArray } from '../../kinds/own-functions.ts';
import { lossOf, slopeOf } from '../../mistakes/losses/binary.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import type { Form } from '../../two-sided.ts';
import { arrayFrom } from '../../values.ts';
import * as problems from './functions.ts';
import { judgeGradAtKink } from '../../kinds/kink.ts';

const { sigmoidProblem, sigmoidGradProblem, reluProblem, reluGradProblem, lossProblem, slopeProblem } = problems;
const { sigmoidDifference, reluDifference, lossDifference } = problems;

const slopeOfOwn = async (context: CheckContext, problem: ElementwiseProblem, own: ElementwiseProblem, form: Form) =>
  judgeSlope(context, await judgeElementwise(context, problem), problem, {
    problem: own,
    form,
    task: own.id.slice(0, 4),
  });

export const checks: Check[] = [
  {
    id: '1.2b.sigmoid',
    task: '1.2b',
    title: 'sigmoid is 1 / (1 + exp(−x)) of every number',
    asks: 'sigmoid of a number, a vector and two matrices.',
    points: 1,
    problems: [sigmoidProblem],
    run: judgeSigmoid,
  },
  {
    id: '1.2b.sigmoidGrad',
    task: '1.2b',
    title: 'sigmoidGrad is the derivative at every number',
    asks: 'sigmoidGrad of a number, a vector and two matrices.',
    points: 1,
    problems: [sigmoidGradProblem],
    run: judgeSigmoidGrad,
  },
  {
    id: '1.2c.difference',
    task: '1.2c',
    title: 'sigmoidGradNumerical is the central difference quotient',
    asks: 'sigmoidGradNumerical with ε = 0.9, 0.5 and 0.01: large steps show which quotient it is.',
    points: 1,
    problems: [sigmoidDifference],
    run: (context) =>
      judgeDifference(context, sigmoidDifference, {
        function: sigmoidProblem,
        slope: sigmoidGradProblem,
        task: '1.2b',
      }),
  },
  {
    id: '1.2f.relu',
    task: '1.2f',
    title: 'relu is max(x, 0) of every number',
    asks: 'relu of a number, vectors and matrices, 0 among the numbers, and whether the argument is left as it was.',
    points: 0.75,
    problems: [reluProblem],
    run: (context) => judgeElementwise(context, reluProblem),
  },
  {
    id: '1.2f.reluGrad',
    task: '1.2f',
    title: 'reluGrad is 1 for positive and 0 for negative numbers',
    asks: 'reluGrad of a number, vectors and matrices away from 0; and that it is a number from 0 to 1 at 0.',
    points: 0.75,
    problems: [reluGradProblem],
    run: async (context) => {
      const judgement = await slopeOfOwn(context, reluGradProblem, reluProblem, 'bent');
      return judgeGradAtKink(context, judgement, reluGradProblem);
    },
  },
  {
    id: '1.2f.difference',
    task: '1.2f',
    title: 'reluGradNumerical is the central difference quotient',
    asks: 'reluGradNumerical near 0 with ε = 0.5, 0.6 and 0.01: a large step reaches over the kink and shows which quotient it is.',
    points: 0.5,
    problems: [reluDifference],
    run: (context) =>
      judgeDifference(context, reluDifference, { function: reluProblem, slope: reluGradProblem, task: '1.2f' }),
  },
  {
    id: '1.2g.line',
    task: '1.2g',
    title: 'Both activations and both derivatives can be plotted over [−10, 10]',
    asks: 'All four functions on 201 points. No marks.',
    points: 0,
    run: judgeLine,
  },
  {
    id: '1.2k.loss',
    task: '1.2k',
    title: 'bceLoss is the loss of every single prediction',
    asks: 'bceLoss of a number, vectors and matrices with both classes, and of predictions down to 1e-6 from 0 and 1.',
    points: 1,
    problems: [lossProblem],
    run: async (context) => {
      const toTheEnds = await judgeLossNearTheEnds(context, await judgeElementwise(context, lossProblem), lossProblem);
      return unlessExchanged(context, toTheEnds, lossProblem, lossOf);
    },
  },
  {
    id: '1.2k.grad',
    task: '1.2k',
    title: 'bceLossGrad is its derivative with respect to the prediction',
    asks: 'bceLossGrad of a number, vectors and matrices with both classes, and of predictions down to 1e-6 from 0 and 1.',
    points: 1.5,
    problems: [slopeProblem],
    run: async (context) => {
      const judgement = await slopeOfOwn(context, slopeProblem, lossProblem, 'curved');
      const paid = { loss: lossProblem, task: '1.2k (bceLoss)' };
      return unlessExchanged(
        context,
        await judgeSlopeNearTheEnds(context, judgement, slopeProblem, paid),
        slopeProblem,
        slopeOf,
      );
    },
  },
  {
    id: '1.2k.difference',
    task: '1.2k',
    title: 'bceLossGradNumerical is the central difference quotient with respect to the prediction',
    asks: 'bceLossGradNumerical with ε = 0.2, 0.1 and 0.01.',
    points: 0.5,
    problems: [lossDifference],
    run: (context) =>
      judgeDifference(context, lossDifference, { function: lossProblem, slope: slopeProblem, task: '1.2k' }),
  },
];

/** Values far outside are a remark, not a mark: the sheet asks for none. */
async function judgeSigmoid(context: CheckContext): Promise<Judgement> {
  const judgement = await judgeElementwise(context, sigmoidProblem);
  if (judgement.earned < 1) return judgement;
  const far = arrayFrom((await (await context.guest()).call(sigmoidProblem.target, [arrayOf([-800, 800])])).value);
  if (far?.data.every(Number.isFinite)) return judgement;
  return { ...judgement, notes: [...(judgement.notes ?? []), 'sigmoid of −800 or 800 is not a number: exp overflows'] };
}

/** Whoever writes σ(1 − σ) with a σ of their own has the derivative of 1.2a: what is wrong about their σ has lost its mark already. */
async function judgeSigmoidGrad(context: CheckContext): Promise<Judgement> {
  const judgement = await slopeOfOwn(context, sigmoidGradProblem, sigmoidProblem, 'curved');
  const ofSigmoid = () => evaluate(context, sigmoidProblem);
  if ((await isRight(ofSigmoid)) || !(await isAttempt(ofSigmoid))) return judgement;
  const own = async ({ args }: Elements) => {
    const s = await ownArray(context, sigmoidProblem, args);
    return s && { values: mapArray(s, (v) => v * (1 - v)) };
  };
  const says = 'It is σ(1 − σ) of your own sigmoid, whose mistake has its mark above.';
  return followingOwn(judgement, context, sigmoidGradProblem, 'values', own, says);
}

async function judgeLine(context: CheckContext): Promise<Judgement> {
  const line = arrayOf(Array.from({ length: 201 }, (_, i) => (i - 100) / 10));
  for (const problem of [sigmoidProblem, sigmoidGradProblem, reluProblem, reluGradProblem]) {
    if (!(await ownArray(context, problem, [line]))?.data.every(Number.isFinite)) {
      return fail({ says: `${problem.title} does not come as 201 finite numbers for 201 points.` });
    }
  }
  return pass();
}
