/** What a layer of a student's net is by what it does, whatever its class is called and whatever stands in its fields. */
import type { Guest } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { relu, sigmoid } from '../../reference/oracles/activations.ts';
import { addRow, matmul } from '../../reference/oracles/linear-algebra.ts';
import { agree } from '../follow-through.ts';
import { arrayOf, makeArray, mapArray, rowsOf } from '../numerics/arrays.ts';
import { arrayFrom } from '../values.ts';
import { callMethod, innerObject } from './student-objects.ts';
import type { SheetLayers } from './layer-calls.ts';
import { makeLayer, makeLinear } from './layer-calls.ts';
import { plainNumbers } from '../numerics/tolerance.ts';
import { unlessStopped } from '../stopped.ts';

type Kind = 'relu' | 'sigmoid';
/** `other`: it gives numbers, but not those of any layer of the sheet, right or as the student has written it. */
export type Seen<K> = K | 'other' | undefined;

const kinds = [
  { kind: 'relu', f: relu },
  { kind: 'sigmoid', f: sigmoid },
] as const;

/** So many examples that a layer which drops one in twenty numbers is seen to do so. */
const rows = 60;

/** Both signs, small and large: a mistake in one of the functions still leaves the two different somewhere. */
const numbers = (width: number): NdArray =>
  makeArray(
    [rows, width],
    Array.from({ length: rows * width }, (_, i) => 4 * Math.sin(1 + 2.3 * i)),
  );

/** The kind that a class name tells; undefined when it tells none or both. */
export function kindByName(className: string): Kind | undefined {
  const told = kinds.filter(({ kind }) => className.toLowerCase().includes(kind));
  return told.length === 1 ? told[0]!.kind : undefined;
}

/**
 * The kind of the layer that stands at `path` in the net by what it does to numbers: the same as a new layer of the student's own class, right
 * or wrong; or, of a layer of another making, what the function does. Undefined when both fit, or when no numbers come.
 */
export async function kindByForward(guest: Guest, net: number, path: string, sheet: SheetLayers): Promise<Seen<Kind>> {
  const x = numbers(3);
  const y = await outputOf(guest, net, path, x);
  if (y === undefined) return undefined;
  const own: { kind: Kind; y: NdArray | undefined }[] = [];
  for (const { kind } of kinds) {
    own.push({ kind, y: await output(guest, () => makeLayer(guest, sheet[kind]), x) });
  }
  const asOwn = own.filter((one) => agree(y, one.y, plainNumbers)).map(({ kind }) => kind);
  const asMeant = kinds.filter(({ f }) => agree(y, mapArray(x, f), plainNumbers)).map(({ kind }) => kind);
  const fitting = asOwn.length > 0 ? asOwn : asMeant;
  if (fitting.length === 1) return fitting[0];
  return fitting.length === 0 && own.every((one) => one.y !== undefined) ? 'other' : undefined;
}

/** Whether the layer at `path`, which has weights, does with them what the student's own Linear does, or xW + b. */
export async function linearByForward(
  guest: Guest,
  net: number,
  path: string,
  { W, b }: { W: NdArray; b: NdArray | undefined },
  { linear }: SheetLayers,
): Promise<Seen<'linear'>> {
  const [nIn, nOut] = W.shape;
  if (b === undefined || b.data.length !== nOut || W.data.length === 0) return undefined;
  const x = numbers(nIn!);
  const y = await outputOf(guest, net, path, x);
  const own = await output(guest, () => makeLinear(guest, linear, rowsOf(W), [...b.data]), x);
  if (y === undefined || own === undefined) return undefined;
  const meant = arrayOf(addRow(matmul(rowsOf(x), rowsOf(W)), [...b.data]));
  return agree(y, own, plainNumbers) || agree(y, meant, plainNumbers) ? 'linear' : 'other';
}

const outputOf = (guest: Guest, net: number, path: string, x: NdArray) =>
  output(guest, async () => (await innerObject(guest, net, path))?.id, x);

/** Finite numbers, or nothing. */
async function output(guest: Guest, made: () => Promise<number | undefined>, x: NdArray): Promise<NdArray | undefined> {
  return unlessStopped(async () => {
    const layer = await made();
    const y = layer === undefined ? undefined : arrayFrom(await callMethod(guest, layer, 'forward', [x]));
    return y?.data.every(Number.isFinite) ? y : undefined;
  }, undefined);
}
