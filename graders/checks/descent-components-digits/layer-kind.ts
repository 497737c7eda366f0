/** Whether a layer without weights is a ReLU or a Sigmoid, whatever its class is called. */
import type { Guest, NdArray } from '../../model.ts';
import { relu, sigmoid } from '../../../reference/oracles/activations.ts';
import { arrayOf, mapArray } from '../../numerics/arrays.ts';
import { arrayFrom, isHandle } from '../../values.ts';
import { agree } from '../../follow-through.ts';
import { callLayer, makeLayer } from './layer-calls.ts';
import { plainBand } from './plain-band.ts';
import { unlessStopped } from '../../stopped.ts';

type Kind = 'relu' | 'sigmoid';

const kinds = [
  { kind: 'relu', module: 'q1-4c.ts', name: 'ReLU', f: relu },
  { kind: 'sigmoid', module: 'q1-4b.ts', name: 'Sigmoid', f: sigmoid },
] as const;

/** Both signs, small and large: a mistake in one of the functions still leaves the two different somewhere. */
const x = arrayOf([
  [-3.1, -0.7, 0.2],
  [0.9, 1.6, 4.3],
]);

/** The kind that a class name tells; undefined when it tells none or both. */
export function kindByName(className: string): Kind | undefined {
  const told = kinds.filter(({ kind }) => className.toLowerCase().includes(kind));
  return told.length === 1 ? told[0]!.kind : undefined;
}

/**
 * The kind of layer `index` of the net by what it does to six numbers: the same as a new layer of the student's own class,
 * right or wrong; or, of a layer of another making, what the function does. Undefined when that is neither or both.
 */
export async function kindByForward(guest: Guest, net: number, index: number): Promise<Kind | undefined> {
  const y = await output(guest, async () => {
    const layer = await guest.get(net, `layers.${index}`, { keep: 'handle' });
    return isHandle(layer) ? layer.id : undefined;
  });
  if (y === undefined) return undefined;
  const asOwn: Kind[] = [];
  for (const { kind, module, name } of kinds) {
    const own = await output(guest, () => makeLayer(guest, module, name, []));
    if (own !== undefined && agree(y, own, plainBand)) asOwn.push(kind);
  }
  const asMeant = kinds.filter(({ f }) => agree(y, mapArray(x, f), plainBand)).map(({ kind }) => kind);
  const fitting = asOwn.length > 0 ? asOwn : asMeant;
  return fitting.length === 1 ? fitting[0] : undefined;
}

async function output(guest: Guest, made: () => Promise<number | undefined>): Promise<NdArray | undefined> {
  let y: NdArray | undefined;
  await unlessStopped(async () => {
    const layer = await made();
    if (layer !== undefined) y = arrayFrom(await callLayer(guest, layer, 'forward', [x]));
    return true;
  }, false);
  return y;
}
