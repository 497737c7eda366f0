/** Recognises arrays of numbers in the forms that student programs use, without trusting what they say of themselves. */
import type { DType } from '../../model.ts';
import { elementCap, rankCap, sizeOf } from '../../protocol/wire.ts';
import { typedNumbers, typedTag } from './intrinsics.ts';
import type { Bag } from './outside.ts';

export interface Regular {
  dtype: DType;
  shape: number[];
  data: Float64Array;
}

/** Nested arrays of equal lengths with numbers (or booleans, or typed rows) at the bottom; undefined for anything else. */
export function readNested(x: unknown): Regular | undefined {
  const shape: number[] = [];
  let leaf = x;
  while (Array.isArray(leaf)) {
    shape.push(leaf.length);
    if (shape.length > rankCap) return undefined;
    leaf = leaf[0];
  }
  if (shape.length === 0) return undefined;
  const typedRows = leaf !== undefined && typedNumbers(leaf)?.length;
  if (typeof typedRows === 'number') shape.push(typedRows);
  if (shape.at(-1) === 0) return emptyOf(x, shape) ? { dtype: 'float64', shape, data: new Float64Array(0) } : undefined;
  const kind = typeof typedRows === 'number' ? 'number' : typeof leaf;
  if (kind !== 'number' && kind !== 'boolean') return undefined;
  if (!(sizeOf(shape) <= elementCap)) return undefined;

  const data = new Float64Array(sizeOf(shape));
  let at = 0;
  const fill = (item: unknown, depth: number): boolean => {
    if (depth === shape.length) {
      if (typeof item !== kind) return false;
      data[at++] = Number(item);
      return true;
    }
    if (typedTag(item) !== undefined) {
      const row = depth === shape.length - 1 ? typedNumbers(item) : undefined;
      if (row?.length !== shape[depth]) return false;
      data.set(row!, at);
      at += row!.length;
      return true;
    }
    if (!Array.isArray(item) || item.length !== shape[depth]) return false;
    for (let i = 0; i < shape[depth]!; i++) if (!fill(item[i], depth + 1)) return false;
    return true;
  };
  return fill(x, 0) ? { dtype: kind === 'boolean' ? 'bool' : 'float64', shape, data } : undefined;
}

/** Whether every innermost array is empty: `[]` and `[[], []]` are, `[[], [1]]` is not. */
function emptyOf(x: unknown, shape: number[], depth = 0): boolean {
  if (typedTag(x) !== undefined) return depth === shape.length - 1 && typedNumbers(x)?.length === 0;
  if (!Array.isArray(x) || x.length !== shape[depth]) return false;
  for (let i = 0; i < x.length; i++) if (!emptyOf(x[i], shape, depth + 1)) return false;
  return true;
}

/**
 * Matrix objects of the usual packages: `{data, shape}` (with strides, if any), objects with `toArray()` that call themselves a
 * matrix, `to2DArray()` or `tolist()`. Undefined when the parts do not fit together.
 */
export function readMatrix(x: Bag): Regular | undefined {
  return readDataAndShape(x) ?? readConverted(x);
}

function readDataAndShape(x: Bag): Regular | undefined {
  const { shape: claimed } = x;
  const shape = Array.isArray(claimed) ? readNested(claimed)?.data : typedNumbers(claimed);
  if (shape === undefined || shape.length > rankCap) return undefined;
  if (!shape.every((d) => Number.isInteger(d) && d >= 0) || !(sizeOf([...shape]) <= elementCap)) return undefined;
  const flat = readFlat(x['data'] ?? x['values']);
  if (flat === undefined) return undefined;
  const data = x['stride'] === undefined ? flat.data : gather(x, flat.data, [...shape]);
  return data?.length === sizeOf([...shape]) ? { dtype: flat.dtype, shape: [...shape], data } : undefined;
}

function readFlat(x: unknown): { dtype: DType; data: Float64Array } | undefined {
  const data = typedNumbers(x);
  if (data) return { dtype: typedTag(x) === 'Float32Array' ? 'float32' : 'float64', data };
  const nested = Array.isArray(x) ? readNested(x) : undefined;
  return nested && { dtype: nested.dtype, data: nested.data };
}

/** Elements of a strided view in row-major order. */
function gather(x: Bag, flat: Float64Array, shape: number[]): Float64Array | undefined {
  const strides = Array.isArray(x['stride']) ? readNested(x['stride'])?.data : undefined;
  const offset = typeof x['offset'] === 'number' ? x['offset'] : 0;
  if (strides?.length !== shape.length) return undefined;
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    let rest = i;
    let at = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    data[i] = flat[at] ?? NaN;
  }
  return data;
}

function readConverted(x: Bag): Regular | undefined {
  const isMatrix = x['isMatrix'] === true || x['isDenseMatrix'] === true || 'shape' in x;
  const method = isMatrix && typeof x['toArray'] === 'function' ? 'toArray' : namedConversion(x);
  if (method === undefined) return undefined;
  return readNested(Reflect.apply(x[method] as () => unknown, x, []));
}

const namedConversion = (x: Bag) => ['to2DArray', 'tolist'].find((name) => typeof x[name] === 'function');
