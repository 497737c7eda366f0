/** Questions 1.4d, 1.5a and 1.6a carry no marks: they show a student whether the parts work together. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Guest } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { arrayOf, makeArray } from '../../numerics/arrays.ts';
import { arrayFrom, fieldOf, inWords } from '../../values.ts';
import { digitsOf } from './claimed-accuracy.ts';
import { randomRows } from '../../kinds/drawn-rows.ts';
import { makeLayer, makeNet } from '../../kinds/layer-calls.ts';
import type { Rows } from '../../kinds/layer-calls.ts';
import { firstOf, fitNet } from '../../kinds/host-training.ts';
import { sheetLayers } from './sheet-layers.ts';
import { callMethod, warmUp } from '../../kinds/student-objects.ts';

export const checks: Check[] = [
  {
    id: '1.4d.differences',
    task: '1.4d',
    title: 'backward of every layer agrees with finite differences of its own forward',
    asks: 'Linear(4, 3), Sigmoid and ReLU on three examples with a random dy. No marks.',
    points: 0,
    run: judgeLayers,
  },
  {
    id: '1.5a.net',
    task: '1.5a',
    title: 'A Net of your layers runs forwards, backwards and takes a step',
    asks: 'Linear(4, 3), ReLU, Linear(3, 1), Sigmoid on three examples. No marks.',
    points: 0,
    run: judgeContainer,
  },
  {
    id: '1.6a.fit',
    costly: true,
    task: '1.6a',
    title: 'fit trains a small net of your layers, and the loss falls',
    asks: 'Linear(64, 4), ReLU, Linear(4, 1), Sigmoid on 200 digits for five epochs. No marks.',
    points: 0,
    run: judgeFit,
  },
];

const { linear, sigmoid, relu } = sheetLayers;
const rng = { kind: 'rng', seed: 7 } as const;

const makers: readonly (readonly [name: string, make: (guest: Guest) => Promise<number>])[] = [
  ['Linear', (guest) => makeLayer(guest, linear, [4, 3, rng])],
  ['Sigmoid', (guest) => makeLayer(guest, sigmoid)],
  ['ReLU', (guest) => makeLayer(guest, relu)],
];

async function judgeLayers(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const random = context.random('1.4d');
  const x = randomRows(random, 3, 4).map((row) => row.map((v) => v + Math.sign(v) * 0.1));
  // Large enough for programs in single precision; a wrong gradient is off by far more.
  const epsilon = 1e-3;
  for (const [name, make] of makers) {
    const layer = await make(guest);
    const dy = randomRows(random, 3, name === 'Linear' ? 3 : 4);
    const loss = async (rows: Rows) => {
      const y = arrayFrom(await callMethod(guest, layer, 'forward', [arrayOf(rows)]));
      return y === undefined ? NaN : dy.flat().reduce((sum, v, i) => sum + v * (y.data[i] ?? NaN), 0);
    };
    await warmUp(guest, layer, 'forward', [arrayOf(x)]);
    const dx = arrayFrom(await callMethod(guest, layer, 'backward', [arrayOf(x), arrayOf(dy)]));
    for (const [i, j] of [
      [0, 0],
      [1, 3],
      [2, 1],
    ] as const) {
      const moved = (by: number) => x.map((row, r) => row.map((v, c) => (r === i && c === j ? v + by : v)));
      const numerical = ((await loss(moved(epsilon))) - (await loss(moved(-epsilon)))) / (2 * epsilon);
      const yours = dx?.data[i * 4 + j] ?? NaN;
      if (Math.abs(numerical - yours) <= 2e-3) continue;
      if (!Number.isFinite(numerical)) {
        return fail({ says: `${name}: forward gives no finite numbers, so it has no slope to compare backward with.` });
      }
      const says = `${name}: the gradient with respect to x[${i}][${j}] is not what finite differences of forward give.`;
      return fail({ says, yours: String(yours), expected: String(numerical), tolerance: '0.002' });
    }
  }
  return pass();
}

/** A Net of the student's layers, kept inside. */
async function netOf(guest: Guest, sizes: readonly [number, number]): Promise<number> {
  const [nIn, hidden] = sizes;
  return makeNet(guest, sheetLayers.net, [
    await makeLayer(guest, linear, [nIn, hidden, rng]),
    await makeLayer(guest, relu),
    await makeLayer(guest, linear, [hidden, 1, rng]),
    await makeLayer(guest, sigmoid),
  ]);
}

async function judgeContainer(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const net = await netOf(guest, [4, 3]);
  const x = arrayOf(randomRows(context.random('1.5a'), 3, 4));
  const forward = () => callMethod(guest, net, 'forward', [x]);
  const before = await forward();
  const dx = await callMethod(guest, net, 'backward', [x, makeArray([3, 1], [0.3, -0.2, 0.5])]);
  await callMethod(guest, net, 'step', [0.1]);
  const after = await forward();
  for (const [what, value, shape] of [
    ['forward', before, [3, 1]],
    ['backward', dx, [3, 4]],
    ['forward after a step', after, [3, 1]],
  ] as const) {
    if (!fits(arrayFrom(value), shape)) {
      return fail({ says: `${what} of the net should give ${shape.join('×')} finite numbers.`, yours: inWords(value) });
    }
  }
  return pass();
}

const fits = (array: NdArray | undefined, shape: readonly number[]): boolean =>
  array !== undefined &&
  array.shape.length === shape.length &&
  array.shape.every((n, i) => n === shape[i]) &&
  array.data.every(Number.isFinite);

async function judgeFit(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const net = await netOf(guest, [64, 4]);
  const { train, test } = digitsOf(context);
  const few = { train: firstOf(train, 200), test: firstOf(test, 50) };
  const value = await fitNet(guest, sheetLayers.fit, net, few, { epochs: 5, learningRate: 0.01, mbSize: 10 });
  const loss = arrayFrom(fieldOf(fieldOf(value, 'loss'), 'train'))?.data ?? new Float64Array(0);
  if (loss.length === 5 && loss[4]! < loss[0]!) return pass();
  return fail({
    says: 'The training loss does not fall over five epochs.',
    yours: [...loss].map((v) => v.toPrecision(4)).join(', '),
    hint: 'Check the layers and the loss one by one: 1.2k, 1.4a, 1.4b and 1.4c.',
  });
}
