/** Questions 2.3 and 3.2s: the softmax, forwards (7 marks) and backwards (a remark; its marks are in 3.4). */
import { softmax, softmaxRows } from '../../../reference/oracles/activations.ts';
import { softmaxBackward as softmaxGradient } from '../../../reference/oracles/layers.ts';
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate } from '../../evaluate.ts';
import type { ActivationProbe, RowsProbe } from '../../kinds/activation-object-question.ts';
import { activationBackwardQuestion, activationCallQuestion } from '../../kinds/activation-object-question.ts';
import { drawActivation, judgeOfOwnCall, withZeros } from '../../kinds/activation-object.ts';
import { answerCheck } from '../../kinds/answer-check.ts';
import { gradientBeside, judgeCombined } from '../../kinds/combined-loss.ts';
import { flag } from '../../kinds/combined-loss-question.ts';
import { farError, randomRows } from '../../kinds/drawn-rows.ts';
import { judgeKeptShape } from '../../kinds/kept-shape.ts';
import { askNew } from '../../kinds/layer-objects.ts';
import { matAnswer } from '../../kinds/named-arrays.ts';
import { countsOnce, isOwnWork } from '../../kinds/own-work.ts';
import { softmaxBackwards } from '../../mistakes/activations/softmax-backward.ts';
import { softmaxesOfObjects } from '../../mistakes/activations/softmax.ts';
import { madeOf } from '../../mistakes/wrong-function.ts';
import type { NdArray } from '../../model/numbers.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import type { Random } from '../../numerics/random.ts';
import type { Problem } from '../../problem.ts';

/** Rows of different size and spread: a sum over the whole mini-batch then shows. */
const drawLogits = (random: Random, rows: number, cols: number): RowsProbe => ({
  z: randomRows(random, rows, cols).map((row, i) => row.map((v) => Math.fround(v * (0.5 + 0.4 * i) + 0.7 * i - 1))),
});

export const softmaxCall: Problem<RowsProbe> = {
  ...activationCallQuestion('Softmax', 'p', {
    id: '2.3.call',
    title: 'The softmax of every row',
    describe: ({ z }) => `${z.length} rows of ${z[0]!.length} numbers`,
  }),
  probes: (random) => [
    drawLogits(random.fork('0'), 4, 10),
    drawLogits(random.fork('1'), 6, 4),
    drawLogits(random.fork('2'), 3, 7),
    // As many rows as columns, and entries that are equal, among them a row of nothing else.
    { z: [[0, 0, 0, 0], ...drawLogits(random.fork('3'), 2, 4).z, [1, 2.5, 2.5, -1]] },
  ],
  oracle: ({ z }) => matAnswer('p', softmaxRows(z)),
  mistakes: madeOf(
    softmaxesOfObjects,
    ({ z }) => [arrayOf(z)],
    (p) => ({ p }),
  ),
};

const softmaxBackward: Problem<ActivationProbe> = {
  ...activationBackwardQuestion('Softmax', {
    id: '3.2s.backward',
    title: 'The gradient before the softmax from the one behind it',
    describe: ({ z }) => `${z.length} examples, ${z[0]!.length} classes, a random error signal`,
  }),
  probes: (random) => [
    drawActivation(random.fork('a'), [4, 5], { spread: 1 }, softmaxRows),
    drawActivation(random.fork('b'), [3, 7], { spread: 1.5, error: farError }, softmaxRows),
    withZeros(drawActivation(random.fork('c'), [3, 3], { spread: 1 }, softmaxRows)),
  ],
  oracle: ({ a, error }) => gradientBeside('dz', softmaxGradient(a, error)),
  accepts: [
    {
      id: 'combined',
      title: 'The loss is combined with the softmax; Softmax.backward hands the error signal on.',
      compute: ({ error }) => gradientBeside('dz', error, true),
    },
  ],
  mistakes: madeOf(
    softmaxBackwards,
    ({ a, error }) => [arrayOf(a), arrayOf(error)],
    (dz, { combined }) => ({ dz, combined: flag(combined === true) }),
  ),
  differences: { are: 'told' },
};

export const checks: Check[] = [
  answerCheck({
    id: '2.3.values',
    task: '2.3',
    title: 'Softmax.call gives exp(x) over its sum, row by row',
    asks: 'Matrices with 10, 4 and 7 columns whose rows differ in size.',
    points: 4,
    problem: softmaxCall,
    words: { p: 'The result of Softmax.call' },
  }),
  {
    id: '2.3.stable',
    task: '2.3',
    title: 'Softmax.call is finite for large inputs',
    asks: 'Rows around 1000 and −1000, rows whose entries differ by 2000, and a mini-batch of all of them.',
    points: 2,
    run: countsOnce(
      (context) => isOwnWork(context, softmaxCall, ({ z }) => [z]),
      'Softmax.call computes something that resembles the softmax',
      judgeFar,
    ),
  },
  {
    id: '2.3.shape',
    task: '2.3',
    title: 'Softmax.call returns a new array in the shape of its argument',
    asks: 'One row, one column and several rows; and whether the argument is as before.',
    points: 1,
    run: judgeKeptShape('Softmax', softmaxCall),
  },
  {
    id: '3.2s.values',
    task: '3.2s',
    title: 'Softmax.backward uses the whole Jacobian, or passes on what a combined loss has done',
    asks: 'Random activations and error signals; no marks here, they are in 3.4.',
    points: 0,
    problems: [softmaxBackward],
    run: async (context) =>
      judgeOfOwnCall(
        context,
        judgeCombined(await evaluate(context, softmaxBackward), { dz: 'The result of Softmax.backward' }),
        { name: 'Softmax', backward: softmaxBackward, call: softmaxCall, output: 'p', paidIn: '2.3' },
      ),
  },
];

/** Rows far out, the largest entry at every place, and what their softmax is: that of the row after a shift. */
const farRows = [
  { row: [1000, 1001, 999.5], equals: [0, 1, -0.5] },
  { row: [-1000, -999, -1000.5], equals: [0, 1, -0.5] },
  { row: [1000, -1000, 0], equals: [0, -2000, -1000] },
  { row: [-1000, 1000, 0], equals: [-2000, 0, -1000] },
  { row: [0, -1000, 1000], equals: [-1000, -2000, 0] },
  { row: [0.5, 2, -1], equals: [0.5, 2, -1] },
  { row: [1000, 1000, 999], equals: [0, 0, -1] },
];

/** Each row by itself, where only overflow can go wrong; then all of them in one mini-batch, a thousand apart. */
async function judgeFar(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  // Wrong values have lost their marks already: then it is enough to be finite.
  const isRight = (await evaluate(context, softmaxCall)).tensors['p']!.accepted;
  const softmaxOf = (rows: number[][]) => askNew(guest, 'Softmax', ['call'], [arrayOf(rows)]);
  const faultIn = (got: NdArray | undefined, rows: typeof farRows) =>
    rows.findIndex(({ equals }, i) => {
      const p = softmax(equals);
      const yours = got?.data.subarray(i * p.length, (i + 1) * p.length) ?? [];
      return !p.every((v, j) => (isRight ? Math.abs(yours[j]! - v) < 1e-4 : Number.isFinite(yours[j])));
    });
  for (const far of farRows) {
    const got = await softmaxOf([far.row]);
    if (faultIn(got, [far]) >= 0) {
      return fail(describeFar('is not right for the row', got, far, causeOf(got, far)));
    }
  }
  const got = await softmaxOf(farRows.map(({ row }) => row));
  const bad = faultIn(got, farRows);
  if (bad < 0) return pass();
  const yours = got && arrayOf([...got.data.subarray(bad * 3, (bad + 1) * 3)]);
  const why = 'Every row is right by itself: what is subtracted comes from another row, and exp(−1000) is 0.';
  return fail(describeFar('is not right in a mini-batch whose rows lie far apart: row', yours, farRows[bad]!, why));
}

/** Why a softmax is no number there; of one that is cut off or replaced nothing is said. */
const causeOf = (got: NdArray | undefined, { row }: (typeof farRows)[number]): string | undefined => {
  if (got === undefined || got.data.every(Number.isFinite)) return undefined;
  return Math.max(...row) < 0 ? 'exp(−1000) is 0, and 0 / 0 is not a number.' : 'exp(1000) is infinite.';
};

const describeFar = (
  what: string,
  got: NdArray | undefined,
  { row, equals }: (typeof farRows)[number],
  why: string | undefined,
) => ({
  says: `Softmax.call ${what} ${row.join(', ')}.`,
  yours: [...(got?.data ?? [])].map((v) => Number(v.toPrecision(4))).join(', '),
  expected: softmax(equals)
    .map((v) => Number(v.toPrecision(4)))
    .join(', '),
  hint: [why, 'Subtract the largest entry of each row first: softmax does not change by that.']
    .filter(Boolean)
    .join(' '),
});
