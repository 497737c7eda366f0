/** Question 1.4a: what the layer Linear is asked, forwards, backwards and for a step. */
import type { Guest } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { Question } from '../../question.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import { unlessStopped } from '../../stopped.ts';
import { record } from '../../values.ts';
import { shapeOf } from '../../kinds/drawn-rows.ts';
import type { AskedLayer, LayerBatch } from '../../kinds/layer-question.ts';
import { layerBackward, layerForward } from '../../kinds/layer-question.ts';
import { readNamed } from '../../kinds/named-arrays.ts';
import { callMethod, warmUp } from '../../kinds/student-objects.ts';
import { makeLinear } from '../../kinds/layer-calls.ts';
import { sheetLayers } from './sheet-layers.ts';

type Rows = number[][];

export interface LinearProbe extends LayerBatch {
  W: Rows;
  b: number[];
  /** The gradients of this mini-batch and a step size, for `step`. */
  dW: Rows;
  db: number[];
  stepSize: number;
}

const linear: AskedLayer<LinearProbe> = {
  task: '1.4a',
  name: 'Linear',
  make: makeMoved,
  describe: ({ x, W, b }) => `Linear(${W.length}, ${b.length}), ${x.length} examples`,
};

/** A layer that has worked with other weights before, so that it shows what it keeps of those; its gradients were 0. */
async function makeMoved(guest: Guest, { W, b, dW, db, other: { x, dy } }: LinearProbe): Promise<number> {
  const layer = await makeLinear(guest, sheetLayers.linear, dW, db);
  await warmUp(guest, layer, 'forward', [arrayOf(x)]);
  await warmUp(guest, layer, 'backward', [arrayOf(x), mapArray(arrayOf(dy), () => 0)]);
  await guest.set(layer, 'W', arrayOf(W));
  await guest.set(layer, 'b', arrayOf(b));
  return layer;
}

/** Another layer with other weights, whose gradients these are elsewhere. */
export const forwardQuestion = layerForward(linear, (guest, { dW, db }) =>
  makeLinear(guest, sheetLayers.linear, dW, db),
);

const gradientShapes = ({ W, b }: LinearProbe) => ({ dW: shapeOf(W), db: [b.length] });

/** Another layer is at work before the gradients are read. */
export const backwardQuestion = layerBackward(linear, {
  stored: gradientShapes,
  when: 'after backward',
  async after(guest, { W, b, other }) {
    await callMethod(guest, await makeLinear(guest, sheetLayers.linear, W, b), 'backward', [
      arrayOf(other.x),
      arrayOf(other.dy),
    ]);
  },
});

/**
 * The gradients come from the student's own `backward`, wherever it keeps them; without one, or where it stores zeros, which
 * no step would show, they are set by hand. `read` then takes the difference to ours out again, so that a wrong `backward`
 * is not paid for here.
 */
export const stepQuestion: Question<LinearProbe> = {
  id: '1.4a.step',
  title: 'A step of Linear',
  precision: 'double',
  describe: linear.describe,
  async ask(guest, probe) {
    const layer = await makeLinear(guest, sheetLayers.linear, probe.W, probe.b);
    await stepBefore(guest, layer, probe);
    await warmUp(guest, layer, 'forward', [arrayOf(probe.x)]);
    const ran = await unlessStopped(async () => {
      await callMethod(guest, layer, 'backward', [arrayOf(probe.x), arrayOf(probe.dy)]);
      return fits(await storedIn(guest, layer), probe);
    }, false);
    if (!ran) {
      await guest.setAll(layer, { dW: arrayOf(probe.dW), db: arrayOf(probe.db) });
    }
    const before = await storedIn(guest, layer);
    await callMethod(guest, layer, 'step', [probe.stepSize]);
    const [W, b] = await guest.getAll(layer, ['W', 'b']);
    return { value: record({ ...before, W, b }) };
  },
  read({ value }, probe) {
    const { W, b, dW, db, stepSize } = probe;
    const read = readNamed(value, { W: shapeOf(W), b: [b.length], ...gradientShapes(probe) }, 'after step');
    if ('misread' in read || read.misreads !== undefined) return read;
    const own = read.answer;
    const asOurs = (after: NdArray, mine: NdArray, ours: NdArray) =>
      mapArray(after, (value, i) => value + stepSize * (mine.data[i]! - ours.data[i]!));
    const answer = { W: asOurs(own['W']!, own['dW']!, arrayOf(dW)), b: asOurs(own['b']!, own['db']!, arrayOf(db)) };
    return { answer, notes: read.notes };
  },
  write: (answer, { dW, db }) => record({ ...answer, dW: arrayOf(dW), db: arrayOf(db) }),
};

/** A step of another mini-batch, taken back: one that leaves something behind, as momentum does, shows in the next. */
async function stepBefore(guest: Guest, layer: number, { W, b, other, stepSize }: LinearProbe): Promise<void> {
  await warmUp(guest, layer, 'forward', [arrayOf(other.x)]);
  await unlessStopped(async () => {
    await callMethod(guest, layer, 'backward', [arrayOf(other.x), arrayOf(other.dy)]);
    await callMethod(guest, layer, 'step', [stepSize]);
    return true;
  }, false);
  await guest.setAll(layer, { W: arrayOf(W), b: arrayOf(b) });
}

async function storedIn(guest: Guest, layer: number) {
  const [dW, db] = await guest.getAll(layer, ['dW', 'db']);
  return { dW, db };
}

const fits = (stored: Awaited<ReturnType<typeof storedIn>>, probe: LinearProbe): boolean => {
  const read = readNamed(record(stored), gradientShapes(probe), 'after backward');
  return (
    'answer' in read &&
    read.misreads === undefined &&
    Object.values(read.answer).every((a) => a.data.every(Number.isFinite) && a.data.some((v) => v !== 0))
  );
};
