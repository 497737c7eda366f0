/** Calls to the student's layers: made inside, given weights, run forwards and backwards. */
import type { Arg, Finding, Guest, NdArray, Value } from '../../model.ts';
import type { Reading } from '../../question.ts';
import { arrayOf } from '../../numerics/arrays.ts';
import { canonicalise } from '../../numerics/canonical.ts';
import type { Random } from '../../numerics/random.ts';
import { arrayFrom, fieldOf, inWords, isHandle } from '../../values.ts';
import { ProgramStopped } from '../../stopped.ts';

export type Rows = number[][];

/** A layer made by its constructor and kept inside. */
export async function makeLayer(guest: Guest, module: string, name: string, args: readonly Arg[]): Promise<number> {
  const { value } = await guest.construct({ module, name }, args);
  if (!isHandle(value)) throw new ProgramStopped('crash', `new ${name}(…) gave ${inWords(value)}, not an object.`);
  return value.id;
}

/** A layer of the student's Linear with these weights and biases. */
export async function makeLinear(guest: Guest, W: Rows, b: readonly number[]): Promise<number> {
  const sizes = [W.length, b.length];
  const layer = await makeLayer(guest, 'q1-4a.ts', 'Linear', [...sizes, { kind: 'rng', seed: 1 }]);
  await guest.set(layer, 'W', arrayOf(W));
  await guest.set(layer, 'b', arrayOf(b));
  return layer;
}

export const callLayer = async (guest: Guest, layer: number, method: string, args: readonly Arg[]): Promise<Value> =>
  (await guest.call({ handle: layer, method }, args)).value;

/** A forward pass whose output is not judged, for layers that remember something; one that fails is judged elsewhere. */
export async function warmUp(guest: Guest, layer: number, x: Rows): Promise<void> {
  try {
    await callLayer(guest, layer, 'forward', [arrayOf(x)]);
  } catch (error) {
    if (!(error instanceof ProgramStopped && error.kind === 'crash')) throw error;
  }
}

/**
 * Lets a layer see another mini-batch before and after this one, forwards and backwards. A program that keeps an input, the
 * first or the last, or that adds up gradients, then answers with what belongs to the other mini-batch.
 */
export async function stir(guest: Guest, layer: number, x: Rows, other: { x: Rows; dy: Rows }): Promise<void> {
  for (const seen of [other.x, x, other.x]) await warmUp(guest, layer, seen);
  await callLayer(guest, layer, 'backward', [arrayOf(other.x), arrayOf(other.dy)]);
}

/** Values under these names, as one record. */
export const record = (entries: Record<string, Value>): Value => ({ kind: 'record', entries });

/** Named arrays of the given shapes out of a record; each that does not fit is a misreading of its own. */
export function readNamed(value: Value, shapes: Readonly<Record<string, readonly number[]>>, what: string): Reading {
  const answer: Record<string, NdArray> = {};
  const misreads: Record<string, Finding> = {};
  const notes: string[] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    const given = arrayFrom(fieldOf(value, name));
    const read = given && canonicalise(name, given, shape, { transposed: 'refuse' });
    if (read === undefined) {
      misreads[name] = {
        says: `${what}: ${name} should be an array of numbers.`,
        yours: inWords(fieldOf(value, name)),
      };
    } else if ('misread' in read) misreads[name] = read.misread;
    else {
      answer[name] = read.array;
      if (read.note !== undefined) notes.push(read.note);
    }
  }
  return Object.keys(misreads).length > 0 ? { answer, notes, misreads } : { answer, notes };
}

/** Random rows; entries are far from equal, so that permuted or averaged rows show. */
export const randomRows = (random: Random, rows: number, cols: number, scale = 1): Rows =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => random.normal(0, scale)));
