/** Whether a student's net learns as its layers do: trained beside the grader's, weight by weight. */
import type { Guest } from '../model/guest.ts';
import { agree } from '../follow-through.ts';
import type { LayerPlan, Linear } from './host-trainer.ts';
import { makeArray, rowsOf } from '../numerics/arrays.ts';
import { scaledBand } from '../numerics/tolerance.ts';
import { arrayFrom } from '../values.ts';
import type { SheetLayers } from './layer-calls.ts';
import { makeLayer, makeLinear, makeNet } from './layer-calls.ts';
import type { TrainAndTest } from './host-training.ts';
import { firstOf, fitNet, trainFrom } from './host-training.ts';
import type { BuiltNet } from './layer-list.ts';
import { buildNet } from './layer-list.ts';

/** Few examples and steps: every step is exact, and what a penalty or a dropped number changes is far beyond rounding. */
const settings = { epochs: 2, learningRate: 0.02, mbSize: 10 };
const examples = 40;

const band = scaledBand(
  'trained weights',
  1e-5,
  1e-4,
  'accepted up to 0.00001 of the largest weight: rounding in single precision stays below after eight steps',
);

/**
 * The sentence that says which layer is trained otherwise, or undefined. Right is what the grader's layers become, and what the
 * student's own layers become in the given Net: their mistakes have been paid for. Where those give no numbers nothing shows.
 * The net is built once more: layers that remember what they were asked, as they were to find out their kinds, learn otherwise.
 */
export async function trainsOtherwise(
  guest: Guest,
  module: string,
  { plan, paths }: BuiltNet,
  { train, test }: TrainAndTest,
  sheet: SheetLayers,
): Promise<string | undefined> {
  const few = { train: firstOf(train, examples), test: firstOf(test, examples) };
  const net = await buildNet(guest, module);
  const ours = await weightsOf(guest, net, plan, paths);
  if (!plan.every((layer, i) => isWhole(layer, ours[i]))) return undefined;
  const own = await netOfOwnLayers(guest, plan, ours, sheet);
  await trainFrom({ plan, linears: ours }, few, settings);
  await fitNet(guest, sheet.fit, net, few, settings);
  const theirs = await weightsOf(guest, net, plan, paths);
  if (isSame(theirs, ours)) return undefined;
  const flat = plan.map((_, i) => `layers.${i}`);
  await fitNet(guest, sheet.fit, own, few, settings);
  const asOwn = await weightsOf(guest, own, plan, flat);
  const finite = asOwn.every((layer) => layer === undefined || [...layer.W, ...layer.b].every(Number.isFinite));
  if (!finite || isSame(theirs, asOwn)) return undefined;
  return `In a training of ${settings.epochs} epochs the weights do not become what the layers in the list lead to: the net does something besides, such as a penalty on its weights or numbers that are dropped.`;
}

type Weights = readonly (Linear | undefined)[];

/** Whether there are as many weights as the layer takes, all of them numbers. */
const isWhole = (layer: LayerPlan, weights: Linear | undefined): boolean =>
  layer.kind !== 'linear' ||
  (weights?.W.length === layer.nIn * layer.nOut &&
    weights.b.length === layer.nOut &&
    [...weights.W, ...weights.b].every(Number.isFinite));

const isSame = (yours: Weights, expected: Weights): boolean =>
  expected.every((layer, i) => {
    const same = (name: 'W' | 'b') => agree(vector(yours[i]?.[name]), vector(layer?.[name]), band);
    return layer === undefined || (same('W') && same('b'));
  });

const vector = (values: Float64Array | undefined) => values && makeArray([values.length], values);

/** The given Net with new layers of the student's, and the same weights. */
async function netOfOwnLayers(
  guest: Guest,
  plan: readonly LayerPlan[],
  weights: Weights,
  sheet: SheetLayers,
): Promise<number> {
  const layers: number[] = [];
  for (const [i, layer] of plan.entries()) {
    const { W, b } = weights[i] ?? {};
    layers.push(
      layer.kind === 'linear'
        ? await makeLinear(guest, sheet.linear, rowsOf(makeArray([layer.nIn, layer.nOut], W!)), [...b!])
        : await makeLayer(guest, layer.kind === 'relu' ? sheet.relu : sheet.sigmoid),
    );
  }
  return makeNet(guest, sheet.net, layers);
}

async function weightsOf(
  guest: Guest,
  net: number,
  plan: readonly LayerPlan[],
  paths: readonly string[],
): Promise<Weights> {
  const weights: (Linear | undefined)[] = [];
  for (const [i, layer] of plan.entries()) {
    if (layer.kind !== 'linear') weights.push(undefined);
    else {
      const found = await guest.getAll(net, [`${paths[i]}.W`, `${paths[i]}.b`]);
      const [W, b] = found.map((value) => Float64Array.from(arrayFrom(value)?.data ?? []));
      weights.push({ ...layer, W: W!, b: b! });
    }
  }
  return weights;
}
