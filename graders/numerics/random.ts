/**
 * Seeded random numbers. The same stream runs on the host and, for `RngTape` arguments, inside the sandbox.
 * Generator: xoshiro128** of Blackman and Vigna, seeded by splitmix32 over a 32-bit hash of the name.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { createRandom } from 'gradmark/random';
 *
 * const draws = (name: string) => Array.from({ length: 3 }, createRandom(7, name).next);
 * assert.deepEqual(draws('probes'), draws('probes'));
 * assert.notDeepEqual(draws('probes'), draws('others'));
 * ```
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

/** SplitMix32: spreads one 32-bit state over as many words as are asked for. */
function splitmix(state: number): () => number {
  let mix = state;
  return () => {
    mix = (mix + 0x9e3779b9) | 0;
    let t = mix ^ (mix >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

/** The stream of this seed (a whole number of up to 53 bits) and name. */
export function createRandom(seed: number, name = ''): Random {
  const low = splitmix(hash32(name, (0x811c9dc5 ^ Math.imul(seed | 0, 0x9e3779b1)) >>> 0));
  // What a seed has beyond 32 bits goes into the other half of the state; small seeds fill both from one.
  const beyond = Math.floor(seed / 2 ** 32);
  const high = beyond === 0 || beyond === -1 ? low : splitmix(hash32(name, (beyond ^ 0x85ebca6b) >>> 0));
  // Packed: in variables, each of the four would be a new object at every draw.
  const state = Int32Array.of(low(), high(), low(), high());
  const next32 = () => {
    let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const times5 = Math.imul(b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    state[0] = a;
    state[1] = b;
    state[2] = c ^ t;
    state[3] = (d << 11) | (d >>> 21);
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
