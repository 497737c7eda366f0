/**
 * Values as they look inside a message. Arrays name their type and shape only: their bytes stand in the binary part,
 * one after the other in the order in which the arrays occur, so that no message can point at bytes twice.
 */
import type { LayerPlan } from '../model/network.ts';
import type { RecordMarks } from '../model/guest.ts';
import type { DType, NdArray } from '../model/numbers.ts';

export type Wire = null | boolean | number | string | WireNode;

type WireNode =
  | { t: 'undefined' }
  | { t: 'number'; v: OddNumber }
  | WireArray
  | { t: 'list'; items: Wire[] }
  | ({ t: 'record'; entries: [string, Wire][]; className?: string } & RecordMarks)
  | { t: 'handle'; id: number; type: 'function' | 'object'; className: string; keys: string[] }
  | { t: 'opaque'; what: string };

/** Numbers that JSON loses. */
type OddNumber = 'NaN' | 'Infinity' | '-Infinity' | '-0';

export interface WireArray {
  t: 'array';
  container: NdArray['container'];
  dtype: DType;
  shape: number[];
  /** Element type of the bytes where it differs from `dtype`: arguments in double precision travel as float64. */
  stored?: DType;
}

/** Arguments: everything a value can be, and the things that the guest makes itself. */
export type WireArg =
  | null
  | boolean
  | number
  | string
  | { t: 'undefined' }
  | { t: 'number'; v: OddNumber }
  | WireArray
  | { t: 'list'; items: WireArg[] }
  | { t: 'record'; entries: [string, WireArg][] }
  | { t: 'handle'; id: number }
  | { t: 'network'; inputShape: number[]; layers: WireLayer[] }
  | { t: 'bytes'; length: number }
  /** `normals` and `uniforms` are counts; the draws stand in the binary part as float64. */
  | { t: 'rng'; seed: number; normals: number; uniforms: number };

export interface WireLayer {
  kind: LayerPlan['kind'];
  units?: number;
  activation?: string;
  weights: WireArray[];
}

export const elementBytes: Readonly<Record<DType, number>> = { float32: 4, float64: 8, int32: 4, uint8: 1, bool: 1 };

/** At most this many numbers in one message, so that widening bytes to float64 cannot exhaust the grader's memory. */
export const elementCap = 2 ** 24;
export const rankCap = 16;
export const dimensionCap = 2 ** 31;
/** More than any layer has. */
export const layerWeightsCap = 64;
export const depthCap = 32;

/** Product of the dimensions; 1 for a scalar's empty shape. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const dimension of shape) size *= dimension;
  return size;
}

/** Whether an array of these dimensions can stand in a message. */
export const isShape = (dimensions: readonly number[]): boolean =>
  dimensions.length <= rankCap && dimensions.every((d) => Number.isInteger(d) && d >= 0 && d <= dimensionCap);

/** A number as JSON can carry it. */
export function numberToWire(x: number): number | { t: 'number'; v: OddNumber } {
  if (Object.is(x, -0)) return { t: 'number', v: '-0' };
  if (Number.isFinite(x)) return x;
  return { t: 'number', v: Number.isNaN(x) ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity' };
}
