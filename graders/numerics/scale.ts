/**
 * Is the answer a multiple of the expected one, and of what? "11 times too large: the batch size".
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import { explainScale, fitScale } from 'gradmark/numerics/scale';
 *
 * const fit = fitScale(arrayOf([11, 22]), arrayOf([1, 2]));
 * assert.ok(Math.abs(fit!.scale - 11) < 1e-12);
 * const [simplest] = explainScale(11, [{ symbol: 'N', value: 11, means: 'the batch size' }]);
 * assert.deepEqual(simplest!.exponents, { N: 1 });
 * ```
 */
import type { NdArray } from '../model/numbers.ts';
import { sameShape } from './arrays.ts';

interface ScaleFit {
  /** s = ⟨x, e⟩ / ⟨e, e⟩. */
  scale: number;
  /** ⟨x, e⟩ / (‖x‖ ‖e‖); ±1 when x is a multiple of e. */
  cosine: number;
  /** ‖x − s e‖ / ‖x‖: sharper than the cosine, which forgives an error of 1e-4 with 1 − 5e-9. */
  residual: number;
}

/** The multiple of `expected` that is nearest to `yours`; undefined for other shapes, zeros and values that are not finite. */
export function fitScale(yours: NdArray, expected: NdArray): ScaleFit | undefined {
  if (!sameShape(yours.shape, expected.shape)) return undefined;
  let [xe, xx, ee] = [0, 0, 0];
  yours.data.forEach((x, i) => {
    const e = expected.data[i]!;
    xe += x * e;
    xx += x * x;
    ee += e * e;
  });
  if (!(xx > 0 && ee > 0 && Number.isFinite(xx + ee))) return undefined;
  const scale = xe / ee;
  const off = yours.data.reduce((total, x, i) => total + (x - scale * expected.data[i]!) ** 2, 0);
  return { scale, cosine: xe / Math.sqrt(xx * ee), residual: Math.sqrt(off / xx) };
}

/** A quantity that a wrong factor may be made of, e.g. `{ symbol: 'N', value: 11, means: 'the batch size' }`. */
export interface Quantity {
  symbol: string;
  value: number;
  means: string;
}

export interface ScaleExplanation {
  /** Exponent of each quantity and of 2; zero exponents are left out. */
  exponents: Readonly<Record<string, number>>;
  negative: boolean;
  /** Sum of |exponents|, plus one for the sign: simpler explanations first. */
  complexity: number;
  /** e.g. `11 times too large: the batch size`. */
  says: string;
}

/**
 * All ways to write a factor as ± 2^c · Π quantity^k with |exponents| ≤ 2 and complexity ≤ 4, simplest first. More than
 * one means that the probe cannot tell them apart. A factor of 1 has the empty explanation.
 */
export function explainScale(scale: number, quantities: readonly Quantity[], relativeError = 1e-5): ScaleExplanation[] {
  if (!Number.isFinite(scale) || scale === 0) return [];
  const [size, negative] = [Math.abs(scale), scale < 0];
  const sign = negative ? 1 : 0;
  const { bases, products } = productsOf(quantities);
  return products
    .filter(({ value, cost }) => cost + sign <= mostParts && Math.abs(size / value - 1) <= relativeError)
    .map(({ exponents, cost }) => ({
      exponents,
      negative,
      complexity: cost + sign,
      says: words(scale, exponents, bases),
    }))
    .sort((a, b) => a.complexity - b.complexity);
}

const mostParts = 4;

interface Product {
  exponents: Readonly<Record<string, number>>;
  value: number;
  /** Sum of |exponents|. */
  cost: number;
}
interface Products {
  bases: readonly Quantity[];
  products: readonly Product[];
}
/** The same quantities are asked of for every tensor and every mistake. */
const known = new WeakMap<readonly Quantity[], Products>();

function productsOf(quantities: readonly Quantity[]): Products {
  const before = known.get(quantities);
  if (before !== undefined) return before;
  for (const { symbol, value } of quantities)
    if (!(value > 0)) throw new RangeError(`explainScale: ${symbol} must be positive, got ${value}`);
  const bases: Quantity[] = [...quantities, { symbol: '2', value: 2, means: 'a factor 2' }];
  let products: Product[] = [{ exponents: {}, value: 1, cost: 0 }];
  for (const { symbol, value: base } of bases) {
    products = products.flatMap((product) =>
      [0, 1, -1, 2, -2].flatMap((k): Product[] => {
        if (k === 0) return [product];
        const cost = product.cost + Math.abs(k);
        if (cost > mostParts) return [];
        return [{ exponents: { ...product.exponents, [symbol]: k }, value: product.value * base ** k, cost }];
      }),
    );
  }
  known.set(quantities, { bases, products });
  return { bases, products };
}

function words(scale: number, exponents: Readonly<Record<string, number>>, bases: readonly Quantity[]): string {
  const size = Math.abs(scale);
  const near = (n: number): string => String(Number(n.toPrecision(4)));
  const facts: string[] = [];
  if (scale < 0) facts.push('of the opposite sign');
  const factor = size > 1 ? `${near(size)} times too large` : `${near(1 / size)} times too small`;
  if (Object.keys(exponents).length > 0) facts.push(`${factor}: ${product(exponents, size > 1 ? 1 : -1, bases)}`);
  return facts.length === 0 ? 'the right size' : facts.join(' and ');
}

/** "the batch size times a factor 2, divided by the number of classes"; `direction` −1 reads the factor upside down. */
function product(exponents: Readonly<Record<string, number>>, direction: 1 | -1, bases: readonly Quantity[]): string {
  const side = (sign: number): string =>
    bases
      .filter(({ symbol }) => Math.sign(exponents[symbol] ?? 0) * direction === sign)
      .map(({ symbol, means }) => (Math.abs(exponents[symbol]!) === 2 ? `${means}, squared` : means))
      .join(' times ');
  const [above, below] = [side(1), side(-1)];
  if (below === '') return above;
  return above === '' ? `one over ${below}` : `${above} divided by ${below}`;
}
