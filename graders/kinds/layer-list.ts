/** What a student's net is made of: layers in a list, each told by what it does. */
import type { CheckContext } from '../check.ts';
import type { Guest, Value } from '../model/guest.ts';
import { arrayFrom, fieldOf, inWords, isHandle, itemsOf } from '../values.ts';
import { kindByForward, kindByName, linearByForward } from './layer-kind.ts';
import type { Seen } from './layer-kind.ts';
import type { SheetLayers } from './layer-calls.ts';
import type { LayerPlan } from './host-trainer.ts';
import { ProgramStopped } from '../stopped.ts';

export interface BuiltNet {
  plan: LayerPlan[];
  /** Where each of these layers stands in the net. */
  paths: string[];
  /** The sentence on the first layer that does something else than its name or its weights promise, if there is one. */
  strange?: string;
}

/** A net made by `buildNet` of a module with the first seed of the sheet, and its layers, or the sentence that says why not. */
export async function builtNet(
  context: CheckContext,
  module: string,
  sheet: SheetLayers,
): Promise<BuiltNet | { unreadable: string }> {
  const guest = await context.guest();
  const net = await buildNet(guest, module);
  const layers = layersIn(await guest.get(net, 'layers'), 'layers');
  if (layers === undefined) return { unreadable: 'The net has no list `layers`: build it with new Net([…]).' };
  const plan: LayerPlan[] = [];
  let strange: string | undefined;
  for (const [index, { layer, path }] of layers.entries()) {
    const { seen, promised } = await planOf(guest, net, layer, path, sheet);
    const says = `Layer ${index + 1} is none of Linear, ReLU and Sigmoid: it is ${nameOf(layer)}`;
    if (promised === undefined) return { unreadable: `${says}.` };
    if (seen === 'other') strange ??= `${says}, whose forward does something else.`;
    plan.push(promised);
  }
  return { plan, paths: layers.map(({ path }) => path), ...(strange === undefined ? {} : { strange }) };
}

/** The layers of a list and where they stand. A Net answers to the calls of a layer: one inside another stands for its own. */
function layersIn(list: Value, path: string): { layer: Value; path: string }[] | undefined {
  return itemsOf(list)?.flatMap((layer, i) => {
    const at = `${path}.${i}`;
    const inner = nameOf(layer) === 'Net' ? layersIn(fieldOf(layer, 'layers'), `${at}.layers`) : undefined;
    return inner ?? [{ layer, path: at }];
  });
}

/** The net kept inside. */
export async function buildNet(guest: Guest, module: string): Promise<number> {
  const { value } = await guest.call({ module, name: 'buildNet' }, [{ kind: 'rng', seed: 12345 }], { keep: 'handle' });
  if (!isHandle(value)) throw new ProgramStopped('crash', `buildNet returned ${inWords(value)}, not a Net.`);
  return value.id;
}

/** What a layer is by what it does; and by its weights or, where nothing else tells, by the name of its class. */
async function planOf(
  guest: Guest,
  net: number,
  layer: Value,
  path: string,
  sheet: SheetLayers,
): Promise<{ seen: Seen<LayerPlan['kind']>; promised: LayerPlan | undefined }> {
  const W = arrayFrom(fieldOf(layer, 'W'));
  const [nIn, nOut, ...more] = W?.shape ?? [];
  if (W !== undefined && nIn !== undefined && nOut !== undefined && more.length === 0) {
    const seen = await linearByForward(guest, net, path, { W, b: arrayFrom(fieldOf(layer, 'b')) }, sheet);
    return { seen, promised: { kind: 'linear', nIn, nOut } };
  }
  const seen = await kindByForward(guest, net, path, sheet);
  const kind = seen === undefined || seen === 'other' ? kindByName(nameOf(layer)) : seen;
  return { seen, promised: kind && { kind } };
}

const nameOf = (layer: Value): string =>
  typeof layer === 'object' && layer !== null && layer.kind === 'record'
    ? (layer.className ?? 'an object')
    : inWords(layer);

/** "Linear 64→32, ReLU, Linear 32→1, Sigmoid". */
export const planInWords = (plan: readonly LayerPlan[]): string =>
  plan
    .map((layer) =>
      layer.kind === 'linear' ? `Linear ${layer.nIn}→${layer.nOut}` : layer.kind === 'relu' ? 'ReLU' : 'Sigmoid',
    )
    .join(', ') || 'no layers';

/** Why these layers cannot be trained for one probability of so many inputs, or undefined: sizes meet, a sigmoid comes last. */
export function misfit(plan: readonly LayerPlan[], inputs: number): string | undefined {
  let width = inputs;
  for (const [i, layer] of plan.entries()) {
    if (layer.kind !== 'linear') continue;
    if (layer.nIn !== width) return `Layer ${i + 1} takes ${layer.nIn} numbers, but gets ${width}.`;
    width = layer.nOut;
  }
  if (plan.at(-1)?.kind !== 'sigmoid')
    return 'The last layer should be a Sigmoid, so that the output is a probability.';
  return width === 1 ? undefined : `The net has ${width} outputs instead of one.`;
}
