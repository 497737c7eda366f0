/** Recognises arrays of numbers in the forms that student programs use, without trusting what they say of themselves. */
import type { DType } from '../../../model/numbers.ts';
import { elementCap, isShape, rankCap, sizeOf } from '../../../protocol/wire.ts';
import { isArray, typedNumbers, typedTag } from './intrinsics.ts';
import type { Outside } from './outside.ts';

export interface Regular {
  dtype: DType;
  shape: number[];
  data: Float64Array;
}

/** Nested arrays of equal lengths with numbers (or booleans, or typed rows) at the bottom; undefined for anything else. */
export function readNested(outside: Outside, x: unknown): Regular | undefined {
  const shape: number[] = [];
  let leaf = x;
  while (isArray(leaf)) {
    shape.push(lengthOf(outside, leaf));
    if (shape.length > rankCap) return undefined;
    leaf = outside.get(leaf, 0);
  }
  if (shape.length === 0) return undefined;
  const typedRows = leaf !== undefined && typedNumbers(leaf)?.length;
  if (typeof typedRows === 'number') shape.push(typedRows);
  if (shape.at(-1) === 0)
    return emptyOf(outside, x, shape) ? { dtype: 'float64', shape, data: new Float64Array(0) } : undefined;
  const kind = typeof typedRows === 'number' ? 'number' : typeof leaf;
  if (kind !== 'number' && kind !== 'boolean') return undefined;
  if (!(sizeOf(shape) <= elementCap)) return undefined;

  const data = new Float64Array(sizeOf(shape));
  let at = 0;
  const fill = (item: unknown, depth: number): boolean => {
    const length = shape[depth]!;
    const last = depth === shape.length - 1;
    if (typedTag(item) !== undefined) {
      const row = last ? typedNumbers(item) : undefined;
      if (row?.length !== length) return false;
      data.set(row, at);
      at += length;
      return true;
    }
    if (!isArray(item) || lengthOf(outside, item) !== length) return false;
    if (last) {
      if (!outside.copyItems(item, kind, data, at, length)) return false;
      at += length;
      return true;
    }
    for (let i = 0; i < length; i++) if (!fill(outside.get(item, i), depth + 1)) return false;
    return true;
  };
  return fill(x, 0) ? { dtype: kind === 'boolean' ? 'bool' : 'float64', shape, data } : undefined;
}

/** Whether every innermost array is empty: `[]` and `[[], []]` are, `[[], [1]]` is not. */
function emptyOf(outside: Outside, x: unknown, shape: number[], depth = 0): boolean {
  if (typedTag(x) !== undefined) return depth === shape.length - 1 && typedNumbers(x)?.length === 0;
  if (!isArray(x) || lengthOf(outside, x) !== shape[depth]) return false;
  for (let i = 0; i < shape[depth]!; i++) if (!emptyOf(outside, outside.get(x, i), shape, depth + 1)) return false;
  return true;
}

/** The length of an array; of one that says nonsense about itself, NaN. */
export function lengthOf(outside: Outside, x: unknown): number {
  const length = outside.get(x, 'length');
  return typeof length === 'number' && Number.isSafeInteger(length) && length >= 0 ? length : NaN;
}

/**
 * Matrix objects of the usual packages: `{data, shape}` (with strides, if any), objects with `toArray()` that call themselves a
 * matrix, `to2DArray()` or `tolist()`. Undefined when the parts do not fit together.
 */
export function readMatrix(outside: Outside, x: object): Regular | undefined {
  return readDataAndShape(outside, x) ?? readConverted(outside, x);
}

function readDataAndShape(outside: Outside, x: object): Regular | undefined {
  const claimed = outside.get(x, 'shape');
  const shape = isArray(claimed) ? readNested(outside, claimed)?.data : typedNumbers(claimed);
  if (shape === undefined || !isShape([...shape]) || !(sizeOf([...shape]) <= elementCap)) return undefined;
  const flat = readFlat(outside, outside.get(x, 'data') ?? outside.get(x, 'values'));
  if (flat === undefined) return undefined;
  const stride = outside.get(x, 'stride');
  const data = stride === undefined ? flat.data : gather(outside, x, stride, flat.data, [...shape]);
  return data?.length === sizeOf([...shape]) ? { dtype: flat.dtype, shape: [...shape], data } : undefined;
}

function readFlat(outside: Outside, x: unknown): { dtype: DType; data: Float64Array } | undefined {
  const data = typedNumbers(x);
  if (data) return { dtype: typedTag(x) === 'Float32Array' ? 'float32' : 'float64', data };
  const nested = isArray(x) ? readNested(outside, x) : undefined;
  return nested && { dtype: nested.dtype, data: nested.data };
}

/** Elements of a strided view in row-major order. */
function gather(
  outside: Outside,
  x: object,
  stride: unknown,
  flat: Float64Array,
  shape: number[],
): Float64Array | undefined {
  const strides = isArray(stride) ? readNested(outside, stride)?.data : undefined;
  const claimed = outside.get(x, 'offset');
  const offset = typeof claimed === 'number' ? claimed : 0;
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

function readConverted(outside: Outside, x: object): Regular | undefined {
  const says = (key: string) => outside.get(x, key) === true;
  const isMatrix = says('isMatrix') || says('isDenseMatrix') || outside.has(x, 'shape');
  const offers = (name: string) => typeof outside.get(x, name) === 'function';
  const method = isMatrix && offers('toArray') ? 'toArray' : ['to2DArray', 'tolist'].find(offers);
  if (method === undefined) return undefined;
  return readNested(outside, outside.apply(outside.get(x, method), x, []));
}
