/** Question 3d: the gradients on the first 16 examples; judged on the student's own `grads` when that is wrong. 3 marks. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail } from '../../check.ts';
import type { NdArray, Value } from '../../model.ts';
import type { Problem } from '../../problem.ts';
import type { Answer, Answered, Reading } from '../../question.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayFrom, fieldOf, inWords, itemsOf } from '../../values.ts';
import { agree, leadsSomewhere } from '../../follow-through.ts';
import { lastLayerProgram } from '../../mistakes/mlp/last-layer.ts';
import { answeredBy, gradsProblem, isReversed, readGradients, readPair, summedNote } from './q3c-problem.ts';
import { drawNet, describeNet, imagesOf, modelOf, tensorOf } from './mnist-net.ts';
import type { NetProbe } from './mnist-net.ts';
import { unlessStopped } from '../../stopped.ts';

const wanted = 16;

/** These rows of the batch, as a batch. */
function rowsOf(net: NetProbe, order: readonly number[]): NetProbe {
  const pick = (rows: NetProbe['X']) => order.map((row) => rows[row]!);
  return { ...net, X: pick(net.X), Y: pick(net.Y) };
}

const first = (net: NetProbe, count: number) =>
  rowsOf(
    net,
    Array.from({ length: count }, (_, i) => i),
  );
const last = (net: NetProbe, count: number) =>
  rowsOf(
    net,
    Array.from({ length: count }, (_, i) => net.X.length - count + i),
  );
const right = (net: NetProbe): Answer => lastLayerProgram.run(net, lastLayerProgram.right);

export const first16Problem: Problem<NetProbe> = {
  id: 'q3d.first16',
  title: 'Gradients on the first 16 examples',
  precision: 'single',
  probes: (random) => [
    drawNet(random.fork('a'), { hidden: [9, 7], batch: 23, scale: 2, layout: 'separate', labels: 'hard' }),
    drawNet(random.fork('b'), { hidden: [64, 64], batch: 40, scale: 2, layout: 'fused', labels: 'hard' }),
  ],
  describe: (net) => `first16 on a ${describeNet(net)}`,
  async ask(guest, net): Promise<Answered> {
    const sent = [modelOf(net), imagesOf(net), tensorOf(net.Y)];
    return answeredBy(await guest.call({ module: 'q3d.ts', name: 'first16' }, sent));
  },
  read: readFirst16,
  write: (answer) => ({ kind: 'record', entries: { gradsW2: answer['W2'], gradsB2: answer['b2'] } }),
  oracle: (net) => right(first(net, wanted)),
  accepts: [
    {
      id: 'sum',
      title: summedNote,
      compute: (net) => scaled(right(first(net, wanted)), wanted),
    },
  ],
  mistakes: [
    {
      id: 'all-rows',
      title: 'all rows instead of the first 16',
      advice: 'Slice the first 16 rows off the inputs and the labels before you call grads.',
      compute: (net) => right(net),
    },
    {
      id: 'fifteen-rows',
      title: 'the first 15 rows',
      advice: 'A slice ends before its end index: 16 rows are the rows 0 to 15.',
      compute: (net) => right(first(net, wanted - 1)),
    },
    {
      id: 'skips-a-row',
      title: 'rows 1 to 16',
      advice: 'The first row has index 0: start the slice there.',
      compute: (net) =>
        right(
          rowsOf(
            net,
            Array.from({ length: wanted }, (_, i) => i + 1),
          ),
        ),
    },
    {
      id: 'last-rows',
      title: 'the last 16 rows',
      advice: 'Take the rows from the beginning of the data, in their order.',
      compute: (net) => right(last(net, wanted)),
    },
    {
      id: 'unpaired-labels',
      title: 'labels of other rows than the inputs',
      advice: 'Slice inputs and labels with the same indices, so that every image keeps its label.',
      compute: (net) => {
        const labels = rowsOf(
          net,
          Array.from({ length: wanted }, (_, i) => i + 1),
        ).Y;
        return right({ ...first(net, wanted), Y: labels });
      },
    },
  ],
};

const scaled = (answer: Answer, factor: number): Answer =>
  Object.fromEntries(
    Object.entries(answer).map(([name, array]) => [name, { ...array, data: array.data.map((v) => v * factor) }]),
  );

function readFirst16({ value }: Answered, net: NetProbe): Reading {
  const [W2, b2] = [fieldOf(value, 'gradsW2'), fieldOf(value, 'gradsB2')];
  if (arrayFrom(W2) === undefined && arrayFrom(b2) === undefined) {
    const says = 'first16 should return { gradsW2, gradsB2 } as nested lists of numbers.';
    return { misread: { says, yours: inWords(value) } };
  }
  return readPair(W2, b2, net);
}

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

async function judgeFirst16(desk: Desk): Promise<Judgement> {
  const evaluation = await evaluate(desk, first16Problem);
  const instead = evaluation.differentiated;
  // Training that goes on beside the call is no gradient of first16's; grads that differentiate lose their marks in Q3c.
  if (instead !== undefined && !instead.startsWith('model.fit') && !(await gradsDifferentiates(desk))) {
    return fail({
      says: `first16 calls ${instead}: this task asks for the gradients that your grads computes.`,
      hint: 'Import grads from q3c.ts and call it on the first 16 rows.',
    });
  }
  const judgements = [
    judgeTensor(evaluation, 'W2', 'The gradient with respect to W on the first 16 examples'),
    judgeTensor(evaluation, 'b2', 'The gradient with respect to b on the first 16 examples'),
  ];
  const wrong = judgements.find((judgement) => judgement.earned < 1);
  if (wrong === undefined) return judgements[0]!;
  if (!(await agreesWithOwnGrads(desk))) return wrong;
  return {
    ...wrong,
    earned: 2 / 3,
    followThrough:
      'first16 uses your grads rightly: the first 16 examples, in order. What is wrong comes from grads, which already lost its marks in Q3c.',
  };
}

const gradsDifferentiates = (desk: Desk): Promise<boolean> =>
  unlessStopped(async () => (await evaluate(desk, gradsProblem)).differentiated !== undefined, false);

/**
 * Whether first16 gives what the student's own grads gives on the first 16 rows. Grads that give the same whatever the rows
 * are, such as constants, cannot show that the right rows were taken.
 */
async function agreesWithOwnGrads(desk: Desk): Promise<boolean> {
  for (const net of desk.probes(first16Problem)) {
    const ownOn = async (rows: NetProbe) => (await desk.ask(gradsProblem, rows)).value;
    const answered = await desk.ask(first16Problem, net);
    // Names that took over the order of grads that return the bias first.
    const pair = [fieldOf(answered.value, 'gradsW2'), fieldOf(answered.value, 'gradsB2')] as const;
    const reversed = isReversed({ kind: 'list', items: [...pair] }, net);
    const theirs = reversed ? readPair(pair[1], pair[0], net) : readFirst16(answered, net);
    if (reversed && !isReversed((await desk.ask(gradsProblem, net)).value, net)) return false;
    const same = (own: Value) => {
      const read = readGradients(own, net);
      if (!('answer' in read && 'answer' in theirs)) return false;
      if (Object.keys(read.answer).length === 0) return isSamePair(itemsOf(own) ?? [], pair);
      return follows(theirs.answer, read.answer);
    };
    if (!same(await ownOn(first(net, wanted)))) return false;
    if (same(await ownOn(net)) && same(await ownOn(last(net, wanted)))) return false;
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
