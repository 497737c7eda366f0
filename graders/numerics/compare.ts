/**
 * How far one array is from another, entry by entry, scaled so that one number decides.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { compareTensor, judge } from 'gradmark/compare';
 * import { float64 } from 'gradmark/tolerance';
 *
 * const gap = compareTensor('W', arrayOf([1, 2]), arrayOf([1, 4]), float64);
 * assert.deepEqual([gap.distance, gap.badShare, judge(gap, float64)], [0.5, 0.5, 'reject']);
 * assert.equal(judge(compareTensor('W', arrayOf([NaN]), arrayOf([1]), float64), float64), 'reject');
 * ```
 */
import type { TensorGap } from '../model/finding.ts';
import type { NdArray } from '../model/numbers.ts';
import { arrayOf, maxAbs, sameShape, shapeText, unravel } from './arrays.ts';
import type { Band } from './tolerance.ts';

export interface CompareOptions {
  /** Scale to use when every expected entry is 0, e.g. the largest entry of the sibling tensors; default 1. */
  zeroScale?: number;
}

/** A tensor of zeros has no scale of its own; its entries count this often against `zeroScale`: float32 then allows 1e-6 of it. */
const ZERO_STRICTNESS = 200;
/** Errors in the picture are cut here; a value that is not finite shows as this large. */
const HEAT_CAP = 1e6;
const HEAT_SIDE = 64;

/**
 * The gap between an answer and the expected array, in the band's unit. A value of theirs that is not finite, or another
 * shape, is infinitely far. Throws RangeError when the expected array is empty or not finite: that would be our fault.
 */
export function compareTensor(
  name: string,
  yours: NdArray,
  expected: NdArray,
  band: Band,
  options: CompareOptions = {},
): TensorGap {
  if (expected.data.length === 0) throw new RangeError(`expected ${name} is empty: nothing to compare with`);
  if (!isFinite(expected.data)) throw new RangeError(`expected ${name} holds a value that is not finite`);
  if (!sameShape(yours.shape, expected.shape)) return otherShape(name, yours, expected, band);

  const unit = unitOf(expected, band, options.zeroScale ?? 1);
  const errors = new Float64Array(expected.data.length);
  let worst = 0;
  let bad = 0;
  for (let i = 0; i < errors.length; i++) {
    errors[i] = signedError(yours.data[i]!, expected.data[i]!, unit(expected.data[i]!));
    if (Math.abs(errors[i]!) > Math.abs(errors[worst]!)) worst = i;
    if (Math.abs(errors[i]!) >= band.reject && Math.abs(errors[i]!) > band.accept) bad++;
  }
  return {
    name,
    shape: [...expected.shape],
    distance: Math.abs(errors[worst]!),
    tolerance: band.reject,
    worst: { index: unravel(worst, expected.shape), yours: yours.data[worst]!, expected: expected.data[worst]! },
    badShare: bad / errors.length,
    heat: heatOf(errors, expected.shape),
  };
}

/** A loop: a function that is called with each number leaves an object behind for each. */
function isFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** The gap between two numbers. */
export const compareNumber = (name: string, yours: number, expected: number, band: Band): TensorGap => {
  const { heat: _heat, ...gap } = compareTensor(name, arrayOf(yours), arrayOf(expected), band);
  return gap;
};

/** What the band says of this gap; `undecided` asks for double precision or fresh probes. */
export function judge(gap: Pick<TensorGap, 'distance'>, band: Band): 'accept' | 'undecided' | 'reject' {
  if (gap.distance <= band.accept) return 'accept';
  return gap.distance < band.reject ? 'undecided' : 'reject';
}

/** The worst verdict of several gaps, since an answer is only as right as its worst tensor. */
export function judgeAll(gaps: readonly Pick<TensorGap, 'distance'>[], band: Band): 'accept' | 'undecided' | 'reject' {
  if (gaps.length === 0) throw new RangeError('nothing was compared: that is never a pass');
  const verdicts = gaps.map((gap) => judge(gap, band));
  if (verdicts.includes('reject')) return 'reject';
  return verdicts.includes('undecided') ? 'undecided' : 'accept';
}

/** log10(limit / distance) of the end that decided: ≥ 0 accepted, < 0 rejected, 0 undecided. Kept within ±16, so that equal and infinitely far are numbers too. */
export function margin(gap: Pick<TensorGap, 'distance'>, band: Band): number {
  const verdict = judge(gap, band);
  if (verdict === 'undecided') return 0;
  const limit = Math.max(verdict === 'accept' ? band.accept : band.reject, Number.MIN_VALUE);
  const decades = gap.distance === 0 ? 16 : Math.log10(limit) - Math.log10(gap.distance);
  return Math.max(-16, Math.min(16, decades));
}

function signedError(yours: number, expected: number, unit: number): number {
  if (yours === expected) return 0;
  if (!Number.isFinite(yours)) return yours === -Infinity ? -Infinity : Infinity;
  return (yours - expected) / unit;
}

function unitOf(expected: NdArray, band: Band, zeroScale: number): (expected: number) => number {
  if (band.measure === 'ulp' && band.ulp) {
    const { precision, atol } = band.ulp;
    return (value) => ulpOf(value, precision) + atol / band.accept;
  }
  const scale = maxAbs(expected);
  if (scale > 0) return () => scale;
  if (!(zeroScale > 0 && zeroScale < Infinity)) throw new RangeError(`zeroScale must be positive, got ${zeroScale}`);
  return () => zeroScale / ZERO_STRICTNESS;
}

/** The gap between neighbouring floating-point numbers at this magnitude. */
export function ulpOf(value: number, precision: 'single' | 'double'): number {
  const [digits, smallest] = precision === 'single' ? [23, 2 ** -149] : [52, 2 ** -1074];
  if (value === 0) return smallest;
  // log2 may round up just below a power of two; the correction keeps the exponent exact.
  let exponent = Math.floor(Math.log2(Math.abs(value)));
  if (2 ** exponent > Math.abs(value)) exponent--;
  return Math.max(2 ** (exponent - digits), smallest);
}

function otherShape(name: string, yours: NdArray, expected: NdArray, band: Band): TensorGap {
  return {
    name: `${name} (shape ${shapeText(yours.shape)})`,
    shape: [...expected.shape],
    distance: Infinity,
    tolerance: band.reject,
    worst: { index: expected.shape.map(() => 0), yours: yours.data[0] ?? NaN, expected: expected.data[0]! },
    badShare: 1,
  };
}

/** The errors as a picture of at most 64×64: leading axes become rows, each cell the signed error of largest magnitude. */
function heatOf(errors: Float64Array, shape: readonly number[]): NonNullable<TensorGap['heat']> {
  const width = shape.length === 0 ? 1 : shape[shape.length - 1]!;
  const height = errors.length / width;
  const rows = Math.min(height, HEAT_SIDE);
  const cols = Math.min(width, HEAT_SIDE);
  const values = new Array<number>(rows * cols).fill(0);
  for (let i = 0; i < errors.length; i++) {
    if (errors[i] === 0) continue;
    const row = Math.floor((Math.floor(i / width) * rows) / height);
    const cell = row * cols + Math.floor(((i % width) * cols) / width);
    const error = Math.max(-HEAT_CAP, Math.min(HEAT_CAP, errors[i]!));
    if (Math.abs(error) > Math.abs(values[cell]!)) values[cell] = error;
  }
  return { rows, cols, values };
}
