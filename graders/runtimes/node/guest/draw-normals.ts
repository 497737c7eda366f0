/**
 * The package draws normal numbers one by one through objects and calls, which for the weights of a wide layer takes longer, until
 * V8 has compiled all of it, than training the layer. Here the same numbers are drawn in one loop over local variables. Part of the
 * library's bundle.
 */

/** The state of the package's generator (Alea), as it tells it. */
interface Alea {
  c: number;
  s0: number;
  s1: number;
  s2: number;
}

interface Normal {
  mean: number;
  stdDev: number;
  truncated: boolean;
  dtype?: string | null;
  /** Present where `truncated`: the farthest that is kept. */
  upper?: number;
  lower?: number;
  random: { state(): Alea };
}

/** Two to the power of −32. */
const unit = 2.3283064365386963e-10;

/** Fills `values` with what the package's own `nextValue` would give, number by number; nothing is drawn from `normal` afterwards. */
export function drawNormals(values: number[], normal: Normal): void {
  const { mean, stdDev, truncated, dtype, upper = Infinity, lower = -Infinity } = normal;
  let { c, s0, s1, s2 } = normal.random.state();
  const round = dtype !== undefined && dtype !== null && dtype !== 'float32';
  const size = values.length;
  for (let i = 0; i < size;) {
    // Two numbers of Alea, of which Marsaglia's polar method makes two normal ones, or none.
    let t = 2091639 * s0 + c * unit;
    const first = t - (c = t | 0);
    t = 2091639 * s1 + c * unit;
    const second = t - (c = t | 0);
    s0 = s2;
    s1 = first;
    s2 = second;
    const v1 = 2 * first - 1;
    const v2 = 2 * second - 1;
    const s = v1 * v1 + v2 * v2;
    if (s >= 1 || s === 0) continue;
    const mul = Math.sqrt((-2 * Math.log(s)) / s);
    const x = mean + stdDev * v1 * mul;
    if (truncated && !(x <= upper && x >= lower)) continue;
    values[i++] = round ? Math.round(x) : x;
    if (i === size) return;
    const y = mean + stdDev * v2 * mul;
    if (truncated && !(y <= upper && y >= lower)) continue;
    // The package keeps the second of a pair for the next time, and takes one that is no number for none.
    if (!Number.isNaN(y)) values[i++] = round ? Math.round(y) : y;
  }
}
