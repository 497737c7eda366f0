/** Questions 2.3 and 3.2s: the softmax, forwards (7 marks) and backwards (a remark; its marks are in 3.4). */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf, rowsOf } from '../../numerics/arrays.ts';
import { judgeBothSides } from '../../two-sided.ts';
import { arrayFrom } from '../../values.ts';
import { askActivation, callMethod, make, saysCombined } from './objects.ts';
import { judgeCombined } from './own-parts.ts';
import { flag, record } from './reading.ts';
import { isOwnWork, judgeShape } from './shapes.ts';
import { softmaxBackward } from './softmax-backward.ts';
import { softmaxCall } from './softmax-call.ts';

export const checks: Check[] = [
  {
    id: '2.3.values',
    task: '2.3',
    title: 'Softmax.call gives exp(x) over its sum, row by row',
    asks: 'Matrices with 10, 4 and 7 columns whose rows differ in size.',
    points: 4,
    problems: [softmaxCall],
    run: async (desk) => judgeTensor(await evaluate(desk, softmaxCall), 'p', 'The result of Softmax.call'),
  },
  {
    id: '2.3.stable',
    task: '2.3',
    title: 'Softmax.call is finite for large inputs',
    asks: 'Rows around 1000 and −1000, and rows whose entries differ by 2000.',
    points: 2,
    run: judgeStable,
  },
  {
    id: '2.3.shape',
    task: '2.3',
    title: 'Softmax.call returns a new array in the shape of its argument',
    asks: 'One row, one column and several rows; and whether the argument is as before.',
    points: 1,
    run: (desk) => judgeShape(desk, 'Softmax', softmaxCall),
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
async function judgeBackward(desk: Desk): Promise<Judgement> {
  const byOracle = judgeCombined(await evaluate(desk, softmaxBackward), { dz: 'The result of Softmax.backward' });
  return judgeBothSides(desk, byOracle, {
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

/** Right values where a row is shifted by a constant, however large. */
async function judgeStable(desk: Desk): Promise<Judgement> {
  if (!(await isOwnWork(desk, softmaxCall, ({ z }) => [z]))) {
    return fail({ says: 'Counts once Softmax.call computes something that resembles the softmax.' });
  }
  const guest = await desk.guest();
  const isRight = judgeTensor(await evaluate(desk, softmaxCall), 'p', '').earned === 1;
  const rows = [
    { row: [1000, 1001, 999.5], equals: [0, 1, -0.5] },
    { row: [-1000, -999, -1000.5], equals: [0, 1, -0.5] },
    { row: [1000, -1000, 0], equals: undefined },
  ];
  for (const { row, equals } of rows) {
    const object = await make(guest, 'Softmax');
    const got = arrayFrom(await callMethod(guest, object, ['call'], [arrayOf([row])]));
    const e = equals?.map(Math.exp) ?? [1, 0, 0];
    const total = e.reduce((sum, v) => sum + v, 0);
    // Wrong values have lost their marks already: then it is enough to be finite.
    const isBad = (value: number, i: number) =>
      isRight ? !(Math.abs(value - e[i]! / total) < 1e-4) : !Number.isFinite(value);
    const bad = got?.data.findIndex(isBad) ?? 0;
    if (bad < 0) continue;
    return fail({
      says: `Softmax.call is not right for the row ${row.join(', ')}.`,
      yours: [...(got?.data ?? [])].map((v) => Number(v.toPrecision(4))).join(', '),
      expected: e.map((v) => Number((v / total).toPrecision(4))).join(', '),
      hint: 'exp(1000) is infinite. Subtract the largest entry of each row first: softmax does not change by that.',
    });
  }
  return pass();
}
