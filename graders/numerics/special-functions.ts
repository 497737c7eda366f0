/**
 * The distribution functions behind the statistical checks, to about 13 digits. Upper tails are computed as such, so 1e-30 is 1e-30.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { binomialTails, chiSquare, normalQuantile, normalUpper } from 'gradmark/numerics/special-functions';
 *
 * assert.ok(Math.abs(normalUpper(1.96) - 0.025) < 1e-4);
 * assert.ok(Math.abs(normalQuantile(0.975) - 1.96) < 1e-4);
 * assert.ok(Math.abs(chiSquare(3.841, 1).upper - 0.05) < 1e-4);
 * assert.ok(Math.abs(binomialTails(0, 3, 0.5).atMost - 1 / 8) < 1e-12);
 * ```
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x), x > 0 (Lanczos, g = 7, 9 terms). */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma: x must be positive, got ${x}`);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const series = LANCZOS.reduce((total, c, k) => (k === 0 ? c : total + c / (x - 1 + k)), 0);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** P(a, x) and Q(a, x) = 1 − P: the regularised incomplete gamma functions; series below a + 1, continued fraction above. */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0) || !(x >= 0)) throw new RangeError(`incompleteGamma: needs a > 0 and x ≥ 0, got a = ${a}, x = ${x}`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const front = Math.exp(logFront(a, x));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let n = 1; term > total * Number.EPSILON; n++) {
      term *= x / (a + n);
      total += term;
    }
    const lower = Math.min(1, front * total);
    return { lower, upper: 1 - lower };
  }
  // Lentz's method for 1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …))).
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 1e7; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 2 * Number.EPSILON) break;
  }
  const upper = Math.min(1, front * h);
  return { lower: 1 - upper, upper };
}

/** ln(x^a e^−x / Γ(a)); for large a by Stirling's series around x = a, where the plain form would cancel. */
function logFront(a: number, x: number): number {
  if (a < 100) return a * Math.log(x) - x - logGamma(a);
  const u = (x - a) / a;
  const stirling = 1 / (12 * a) - 1 / (360 * a ** 3) + 1 / (1260 * a ** 5);
  return a * (Math.log1p(u) - u) + 0.5 * Math.log(a / (2 * Math.PI)) - stirling;
}

/** P(X ≤ x) and P(X > x) of the χ² distribution. */
export const chiSquare = (x: number, df: number): { lower: number; upper: number } =>
  incompleteGamma(df / 2, Math.max(0, x) / 2);

/** P(Z > z) of the standard normal; NaN of NaN. */
export function normalUpper(z: number): number {
  if (Number.isNaN(z)) return NaN;
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2);
  return z >= 0 ? upper / 2 : (1 + lower) / 2;
}

/** P(Z ≤ z) of the standard normal. */
export const normalCdf = (z: number): number => normalUpper(-z);

/** z with P(Z ≤ z) = p. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile: p must lie in (0, 1), got ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  return -bisect((z) => normalUpper(z) - p, 0, 40);
}

/** z with P(Z > z) = q, for q as small as 1e-300. */
export function normalUpperQuantile(q: number): number {
  return -normalQuantile(q);
}

/** x with P(X ≤ x) = p; pass `upper` instead for the far right tail. */
export function chiSquareQuantile(probability: { lower: number } | { upper: number }, df: number): number {
  const wanted = 'lower' in probability ? probability.lower : probability.upper;
  if (!(wanted > 0 && wanted < 1))
    throw new RangeError(`chiSquareQuantile: needs a probability in (0, 1), got ${wanted}`);
  const excess = (x: number): number =>
    'lower' in probability ? wanted - chiSquare(x, df).lower : chiSquare(x, df).upper - wanted;
  let high = df + 10 * Math.sqrt(2 * df) + 50;
  while (excess(high) > 0) high *= 2;
  return bisect(excess, 0, high);
}

/** ln P(X = k) of Binomial(n, p). */
function logBinomial(k: number, n: number, p: number): number {
  if (p === 0 || p === 1) return (p === 0 ? k === 0 : k === n) ? 0 : -Infinity;
  const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return choose + k * Math.log(p) + (n - k) * Math.log1p(-p);
}

/** P(X ≤ k) and P(X ≥ k) of Binomial(n, p), summed from k outwards until terms no longer count. */
export function binomialTails(k: number, n: number, p: number): { atMost: number; atLeast: number } {
  const tail = (step: 1 | -1): number => {
    let total = 0;
    for (let j = k; j >= 0 && j <= n; j += step) {
      const term = Math.exp(logBinomial(j, n, p));
      total += term;
      if (term < total * 1e-17 && (step === 1 ? j > n * p : j < n * p)) break;
    }
    return Math.min(1, total);
  };
  return { atMost: tail(-1), atLeast: tail(1) };
}

/** The root of a decreasing function on [low, high]. */
function bisect(f: (x: number) => number, low: number, high: number): number {
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
