/** Question 1.3: the loss of a model of one layer, and its gradient with respect to the input. 2 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { halfIfChanging } from '../../changed-arguments.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { followingOwn } from '../../kinds/own-functions.ts';
import type { Finding } from '../../model/finding.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Answer } from '../../question.ts';
import { unlessStopped } from '../../stopped.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import { judgeGradientFarOut, judgeLossFarOut } from './one-layer-far.ts';
import { milder, ownParts, ownPartVaries } from './one-layer-own.ts';
import { oneLayerProblem } from './q1-3a-key.ts';
import type { OneLayerProbe } from './q1-3a-question.ts';
import { target } from './q1-3a-question.ts';

const farOut = (context: CheckContext) => ({
  problem: oneLayerProblem,
  own: (probe: OneLayerProbe) => ownParts(context, probe),
});

export const checks: Check[] = [
  {
    id: '1.3a.loss',
    task: '1.3a',
    title: 'loss is the binary cross-entropy of the prediction, for both targets',
    asks: 'oneLayer with 5, 3, 7 and 2 inputs and targets 1 and 0.',
    points: 1,
    problems: [oneLayerProblem],
    run: judgeLoss,
  },
  {
    id: '1.3a.gradX',
    task: '1.3a',
    title: 'gradX is the gradient with respect to the input, for both targets',
    asks: 'oneLayer with 5, 3, 7 and 2 inputs and targets 1 and 0.',
    points: 1,
    problems: [oneLayerProblem],
    run: judgeGradient,
  },
  {
    id: '1.3b.differences',
    task: '1.3b',
    title: 'gradX agrees with finite differences of your own loss',
    asks: 'Central differences of loss with ε = 0.001 at a random input. No marks.',
    points: 0,
    run: judgeDifferences,
  },
];

async function judgePart(context: CheckContext, part: 'loss' | 'gradX'): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(context, oneLayerProblem), part, part);
  const says = 'It is what your own functions of 1.2b and 1.2k lead to; a mistake there is paid for there.';
  if (judgement.earned === 1 || !(await unlessStopped(() => ownPartVaries(context, part), false))) return judgement;
  return followingOwn(judgement, context, oneLayerProblem, part, (probe) => ownParts(context, probe), says, milder);
}

/** A mistake of the model that the loss shows is paid for with the loss. */
async function judgeGradient(context: CheckContext): Promise<Judgement> {
  const judgement = await judgeBothSides(context, await judgePart(context, 'gradX'), {
    backward: oneLayerProblem,
    forward: oneLayerProblem,
    output: 'loss',
    form: 'curved',
    inputs: ({ x }) => ({ gradX: arrayOf(x) }),
    at: (probe, { gradX }) => ({ ...probe, x: [...gradX!.data] }),
    upstream: () => arrayOf(1),
    paidIn: '1.3a (loss)',
  });
  const { w, b, x, y } = context.probes(oneLayerProblem)[0]!;
  const [weights, inputs] = [arrayOf(w), arrayOf(x)];
  const toTheEnds = await judgeGradientFarOut(context, judgement, farOut(context));
  return halfIfChanging(context, toTheEnds, {
    name: target.name,
    args: [weights, inputs],
    call: async (guest, options) => {
      const { argsAfter, ...reply } = await guest.call(target, [weights, b, inputs, y], options);
      return { ...reply, argsAfter: [argsAfter?.[0], argsAfter?.[2]] };
    },
  });
}

/** An array of one number is not yet a number: half of the mark. One without dimensions is what numpy calls a number. */
async function judgeLoss(context: CheckContext): Promise<Judgement> {
  const judgement = await judgeLossFarOut(context, await judgePart(context, 'loss'), farOut(context));
  if (judgement.earned < 1) return judgement;
  const [probe] = context.probes(oneLayerProblem);
  const loss = fieldOf((await context.ask(oneLayerProblem, probe!)).value, 'loss');
  if (arrayFrom(loss)?.shape.length === 0) return judgement;
  return fail(
    { says: 'loss has the right value, but it should be a plain number.', yours: inWords(loss), expected: 'a number' },
    { earned: 0.5 },
  );
}

async function judgeDifferences(context: CheckContext): Promise<Judgement> {
  const probe = context.probes(oneLayerProblem)[0]!;
  // Large enough for programs in single precision; a wrong gradient is off by far more.
  const step = 1e-3;
  const at = async (x: number[]): Promise<Answer | Finding> => {
    const reading = oneLayerProblem.read(await context.ask(oneLayerProblem, { ...probe, x }), { ...probe, x });
    return 'answer' in reading ? reading.answer : reading.misread;
  };
  const moved = (i: number, by: number) => probe.x.map((value, k) => (k === i ? value + by : value));
  const lossOf = (answer: Answer | Finding) => ('loss' in answer ? answer.loss!.data[0]! : NaN);
  const gradient = await at(probe.x);
  if (!('gradX' in gradient)) return fail({ says: 'oneLayer gives no gradX.' });
  for (let i = 0; i < probe.x.length; i++) {
    const numerical = (lossOf(await at(moved(i, step))) - lossOf(await at(moved(i, -step)))) / (2 * step);
    if (!Number.isFinite(numerical)) {
      return fail({ says: 'Your own loss is not a finite number there, so it has no slope to compare gradX with.' });
    }
    const yours = gradient.gradX!.data[i]!;
    if (!(Math.abs(numerical - yours) <= 2e-3 * Math.max(1, Math.abs(numerical)))) {
      const says = `Entry ${i} of gradX is not the slope of your own loss there.`;
      return fail({ says, yours: String(yours), expected: String(numerical) });
    }
  }
  return pass();
}
