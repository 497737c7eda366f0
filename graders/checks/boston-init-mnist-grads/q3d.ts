/** Question 3d: the gradients on the first 16 examples; judged on the student's own `grads` when that is wrong. 3 marks. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import { evaluate, firstWrong } from '../../evaluate.ts';
import { agree, leadsSomewhere } from '../../follow-through.ts';
import { wrongly } from '../../key.ts';
import { lastLayerProgram } from '../../mistakes/mlp/last-layer.ts';
import type { Value } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { mapArray } from '../../numerics/arrays.ts';
import type { Problem } from '../../problem.ts';
import { moduleOfUnit } from '../../runtimes/node/language/program-files.ts';
import type { Answer } from '../../question.ts';
import { unlessStopped } from '../../stopped.ts';
import { arrayFrom, itemsOf, list } from '../../values.ts';
import { drawNet } from '../../kinds/pixel-net.ts';
import type { NetProbe } from '../../kinds/pixel-net.ts';
import { gradsProblem, summedNote } from './q3c-key.ts';
import { isReversed, readGradients, readPair } from './q3c-question.ts';
import { first16Question, pairIn, readFirst16 } from './q3d-question.ts';

const wanted = 16;

/** Rows of the batch as a batch. */
const rows = (net: NetProbe, from: number, to?: number): NetProbe => ({
  ...net,
  X: net.X.slice(from, to),
  Y: net.Y.slice(from, to),
});

const right = (net: NetProbe): Answer => lastLayerProgram.run(net, lastLayerProgram.right);
const onFirst16 = (net: NetProbe): Answer => right(rows(net, 0, wanted));

export const first16Problem: Problem<NetProbe> = {
  ...first16Question,
  probes: (random) => [
    drawNet(random.fork('a'), { hidden: [9, 7], batch: 23, scale: 2, layout: 'separate', labels: 'hard' }),
    drawNet(random.fork('b'), { hidden: [64, 64], batch: 40, scale: 2, layout: 'fused', labels: 'hard' }),
  ],
  oracle: onFirst16,
  accepts: [{ id: 'sum', title: summedNote, compute: (net) => scaled(onFirst16(net), wanted) }],
  mistakes: [
    wrongly(
      'all-rows',
      'all rows instead of the first 16',
      'Slice the first 16 rows off the inputs and the labels before you call grads.',
      right,
    ),
    wrongly(
      'fifteen-rows',
      'the first 15 rows',
      'A slice ends before its end index: 16 rows are the rows 0 to 15.',
      (net) => right(rows(net, 0, wanted - 1)),
    ),
    wrongly('skips-a-row', 'rows 1 to 16', 'The first row has index 0: start the slice there.', (net) =>
      right(rows(net, 1, wanted + 1)),
    ),
    wrongly('last-rows', 'the last 16 rows', 'Take the rows from the beginning of the data, in their order.', (net) =>
      right(rows(net, -wanted)),
    ),
    wrongly(
      'unpaired-labels',
      'labels of other rows than the inputs',
      'Slice inputs and labels with the same indices, so that every image keeps its label.',
      (net) => right({ ...rows(net, 0, wanted), Y: rows(net, 1, wanted + 1).Y }),
    ),
  ],
};

const scaled = (answer: Answer, factor: number): Answer =>
  Object.fromEntries(Object.entries(answer).map(([name, array]) => [name, mapArray(array, (v) => v * factor)]));

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
  if (judgement.earned === 1 || !(await agreesWithOwnGrads(context))) return judgement;
  return {
    ...judgement,
    earned: 2 / 3,
    followThrough:
      'first16 uses your grads rightly: the first 16 examples, in order. What is wrong comes from grads, which already lost its marks in Q3c.',
  };
}

const gradsDifferentiates = (context: CheckContext): Promise<boolean> =>
  unlessStopped(async () => (await evaluate(context, gradsProblem)).differentiated !== undefined, false);

/**
 * Whether first16 gives what the student's own grads gives on the first 16 rows. Grads that give the same whatever the rows
 * are, such as constants, cannot show that the right rows were taken.
 */
async function agreesWithOwnGrads(context: CheckContext): Promise<boolean> {
  for (const net of context.probes(first16Problem)) {
    const ownOn = async (batch: NetProbe) => (await context.ask(gradsProblem, batch)).value;
    const { value } = await context.ask(first16Problem, net);
    // Names that took over the order of grads that return the bias first.
    const pair = pairIn(value);
    const reversed = isReversed(list(pair), net);
    const theirs = reversed ? readPair(pair[1], pair[0], net) : readFirst16(value, net);
    if (reversed && !isReversed(await ownOn(net), net)) return false;
    const same = (own: Value) => {
      const read = readGradients(own, net);
      if (!('answer' in read && 'answer' in theirs)) return false;
      if (Object.keys(read.answer).length === 0) return isSamePair(itemsOf(own) ?? [], pair);
      return follows(theirs.answer, read.answer);
    };
    if (!same(await ownOn(rows(net, 0, wanted)))) return false;
    if (same(await ownOn(net)) && same(await ownOn(rows(net, -wanted)))) return false;
  }
  return true;
}

/** Gradients that do not have the shapes of the last layer, such as those of another one, are compared as they came. */
const isSamePair = (own: readonly Value[], theirs: readonly Value[]): boolean =>
  theirs.every((value, i) => agree(arrayFrom(value), arrayFrom(own[i] ?? null)));

/**
 * Both gradients follow from the own grads: at least one of them does, to within rounding, and what cannot be read or is not finite
 * in one, which has lost its marks in Q3c, is no better in the other.
 */
function follows(theirs: Answer, own: Answer): boolean {
  const useless = (array: NdArray | undefined) => array === undefined || !array.data.every(Number.isFinite);
  const same = (name: string) => (useless(theirs[name]) && useless(own[name])) || agree(theirs[name], own[name]);
  return leadsSomewhere(theirs, own) && ['W2', 'b2'].every(same);
}
