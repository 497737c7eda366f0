/** The layers of the sheet, made by their constructors and kept inside. */
import type { Arg, Guest } from '../model/guest.ts';
import { arrayOf } from '../numerics/arrays.ts';
import type { StudentClass } from './student-objects.ts';
import { construct } from './student-objects.ts';

export type Rows = number[][];

/** Where the classes of a sheet stand: its layers, the net that holds them in a list, and the function that trains it. */
export interface SheetLayers {
  linear: StudentClass;
  sigmoid: StudentClass;
  relu: StudentClass;
  net: StudentClass;
  fit: StudentClass;
}

/** A new layer, or a new net. */
export const makeLayer = async (
  guest: Guest,
  { module, name }: StudentClass,
  args: readonly Arg[] = [],
): Promise<number> => (await construct(guest, { module, name }, args)).id;

/** A layer of the student's linear class with these weights and biases. */
export async function makeLinear(guest: Guest, linear: StudentClass, W: Rows, b: readonly number[]): Promise<number> {
  const layer = await makeLayer(guest, linear, [W.length, b.length, { kind: 'rng', seed: 1 }]);
  await guest.setAll(layer, { W: arrayOf(W), b: arrayOf(b) });
  return layer;
}

/** A net of these layers, in their order. */
export const makeNet = (guest: Guest, net: StudentClass, layers: readonly number[]): Promise<number> =>
  makeLayer(guest, net, [{ kind: 'list', items: layers.map((id) => ({ kind: 'handle', id }) as const) }]);
