/** Questions 2.3 and 3.2s: the softmax, forwards (7 marks) and backwards (a remark; its marks are in 3.4). */
import { softmax } from '../../../reference/oracles/activations.ts';
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { NdArray } from '../../model/numbers.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf, rowsOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom, record } from '../../values.ts';
import { judgeKeptShape } from '../../kinds/kept-shape.ts';
import { isOwnWork } from '../../kinds/own-work.ts';
import { softmaxBackward, softmaxCall } from './activations.ts';
import { askActivation, make, saysCombined, flag } from '../../kinds/layer-objects.ts';
import { callAny } from '../../kinds/student-objects.ts';
import { judgeCombined } from './combined.ts';

export const checks: Check[] = [
  {
    id: '2.3.values',
    task: '2.3',
    title: 'Softmax.call gives exp(x) over its sum, row by row',
    asks: 'Matrices with 10, 4 and 7 columns whose rows differ in size.',
    points: 4,
    problems: [softmaxCall],
    run: async (context) => judgeTensor(await evaluate(context, softmaxCall), 'p', 'The result of Softmax.call'),
  },
  {
    id: '2.3.stable',
    task: '2.3',
    title: 'Softmax.call is finite for large inputs',
    asks: 'Rows around 1000 and −1000, rows whose entries differ by 2000, and a mini-batch of all of them.',
    points: 2,
    run: judgeStable,
  },
  {
    id: '2.3.shape',
    task: '2.3',
    title: 'Softmax.call returns a new array in the shape of its argument',
    asks: 'One row, one column and several rows; and whether the argument is as before.',
    points: 1,
    run: (context) => judgeKeptShape(context, 'Softmax', (guest) => make(guest, 'Softmax'), softmaxCall),
  },
  {
    id: '3.2s.values',
    task: '3.2s',
    title: 'Softmax.backward uses the whole Jacobian, or passes on what a combined loss has done',
    asks: 'Random activations and error signals; no marks here, they are in 3.4.',
    points: 0,
    problems: [softmaxBackward],
    run: judgeBackward,
  },
];

/** Of the right softmax or of the student's own; one that only hands on what a combined loss has done is no derivative. */
async function judgeBackward(context: CheckContext): Promise<Judgement> {
  const byOracle = judgeCombined(await evaluate(context, softmaxBackward), { dz: 'The result of Softmax.backward' });
  return judgeBothSides(context, byOracle, {
    backward: softmaxBackward,
    forward: softmaxCall,
    output: 'p',
    form: 'curved',
    inputs: ({ z }) => ({ dz: arrayOf(z) }),
    at: (_, { dz }) => ({ z: rowsOf(dz!) }),
    upstream: ({ error }) => arrayOf(error),
    ask: async (guest, { z, error }, p) => {
      if (await saysCombined(guest)) return { value: null };
      const { value } = await askActivation(guest, 'Softmax', [arrayOf(z), p, arrayOf(error)]);
      return { value: record({ dz: value, combined: flag(false) }) };
    },
    paidIn: '2.3',
  });
}

/** Rows far out, and what their softmax is: that of the row after a shift. */
const farRows = [
  { row: [1000, 1001, 999.5], equals: [0, 1, -0.5] },
  { row: [-1000, -999, -1000.5], equals: [0, 1, -0.5] },
  { row: [1000, -1000, 0], equals: [0, -2000, -1000] },
  { row: [0.5, 2, -1], equals: [0.5, 2, -1] },
  { row: [1000, 1000, 999], equals: [0, 0, -1] },
];

/** Each row by itself, where only overflow can go wrong; then all of them in one mini-batch, a thousand apart. */
async function judgeStable(context: CheckContext): Promise<Judgement> {
  if (!(await isOwnWork(context, softmaxCall, ({ z }) => [z]))) {
    return fail({ says: 'Counts once Softmax.call computes something that resembles the softmax.' });
  }
  const guest = await context.guest();
  // Wrong values have lost their marks already: then it is enough to be finite.
  const isRight = judgeTensor(await evaluate(context, softmaxCall), 'p', '').earned === 1;
  const softmaxOf = async (rows: number[][]) =>
    arrayFrom(await callAny(guest, await make(guest, 'Softmax'), ['call'], [arrayOf(rows)]));
  const faultIn = (got: NdArray | undefined, rows: typeof farRows) =>
    rows.findIndex(({ equals }, i) => {
      const p = softmax(equals);
      const yours = got?.data.subarray(i * p.length, (i + 1) * p.length) ?? [];
      return !p.every((v, j) => (isRight ? Math.abs(yours[j]! - v) < 1e-4 : Number.isFinite(yours[j])));
    });
  for (const far of farRows) {
    const got = await softmaxOf([far.row]);
    if (faultIn(got, [far]) >= 0) {
      return fail(describeFar('is not right for the row', got, far, 'exp(1000) is infinite. Subtract'));
    }
  }
  const got = await softmaxOf(farRows.map(({ row }) => row));
  const bad = faultIn(got, farRows);
  if (bad < 0) return pass();
  const yours = got && arrayOf([...got.data.subarray(bad * 3, (bad + 1) * 3)]);
  const why = 'Every row is right by itself: what is subtracted comes from another row, and exp(−1000) is 0. Subtract';
  return fail(describeFar('is not right in a mini-batch whose rows lie far apart: row', yours, farRows[bad]!, why));
}

const describeFar = (
  what: string,
  got: NdArray | undefined,
  { row, equals }: (typeof farRows)[number],
  why: string,
) => ({
  says: `Softmax.call ${what} ${row.join(', ')}.`,
  yours: [...(got?.data ?? [])].map((v) => Number(v.toPrecision(4))).join(', '),
  expected: softmax(equals)
    .map((v) => Number(v.toPrecision(4)))
    .join(', '),
  hint: `${why} the largest entry of each row first: softmax does not change by that.`,
});
