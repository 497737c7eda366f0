/**
 * Seeded random numbers. The same stream runs on the host and, for `RngTape` arguments, inside the sandbox.
 * Generator: xoshiro128** of Blackman and Vigna, seeded by splitmix32 over a 32-bit hash of the name.
 */
export interface Random {
  /** U[0, 1) with 32 bits. */
  next(): number;
  uniform(low?: number, high?: number): number;
  /** N(mean, sd²) by Box–Muller, one value a call. */
  normal(mean?: number, sd?: number): number;
  /** Integer in 0..n−1. */
  integer(n: number): number;
  /** Fisher–Yates shuffle of 0..n−1. */
  permutation(n: number): number[];
  /** An independent stream; equal names give equal streams. */
  fork(name: string): Random;
}

/** A 32-bit FNV-1a hash: spreads names over seeds, nothing more. */
export function hash32(text: string, start = 0x811c9dc5): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

export function createRandom(seed: number, name = ''): Random {
  // Seeds may have 53 bits; those beyond 32 join the name, so that small seeds keep their streams.
  const high = Math.floor(seed / 2 ** 32);
  const salted = high === 0 || high === -1 ? name : `${name}#${high}`;
  let mix = hash32(salted, (0x811c9dc5 ^ Math.imul(seed | 0, 0x9e3779b1)) >>> 0);
  const splitmix = () => {
    mix = (mix + 0x9e3779b9) | 0;
    let t = mix ^ (mix >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  const next32 = () => {
    const times5 = Math.imul(b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = () => next32() / 2 ** 32;
  const random: Random = {
    next,
    uniform: (low = 0, high = 1) => low + (high - low) * next(),
    normal: (mean = 0, sd = 1) => mean + sd * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    integer: (n) => Math.floor(next() * n),
    permutation: (n) => {
      const order = Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
    fork: (child) => createRandom(seed, `${name}/${child}`),
  };
  return random;
}
