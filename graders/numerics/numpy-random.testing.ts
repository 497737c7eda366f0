/**
 * The random numbers of numpy, as far as the published figures of the sheets were drawn with them: `default_rng(seed)` is
 * PCG64 (O'Neill) behind a SeedSequence, with normal numbers by the ziggurat of Marsaglia and Tsang. For tests alone: what is
 * graded draws from `createRandom`.
 */

/** The part of numpy's Generator that the sheets use. */
export interface NumpyRandom {
  uniform(low?: number, high?: number): number;
  normal(mean?: number, sd?: number): number;
  /** A whole number from 0 to n − 1; no published figure rests on it. */
  integers(n: number): number;
  permutation(n: number): number[];
}

/** `numpy.random.default_rng(seed)` for a seed below 2³². */
export function defaultRng(seed: number): NumpyRandom {
  const next64 = pcg64(seed);
  let spare: number | undefined;
  const next32 = () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const both = next64();
    spare = Number(both >> 32n);
    return Number(both & 0xffffffffn);
  };
  const next = () => Number(next64() >> 11n) / 2 ** 53;
  const standardNormal = ziggurat(next64, next);
  return {
    uniform: (low = 0, high = 1) => low + (high - low) * next(),
    normal: (mean = 0, sd = 1) => mean + sd * standardNormal(),
    integers: (n) => Math.floor(next() * n),
    permutation: (n) => shuffled(n, (largest) => interval(largest, next32)),
  };
}

/** 0 … n − 1, exchanged from the last place down with a place from 0 to `largest`, both included. */
export function shuffled(n: number, upTo: (largest: number) => number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = upTo(i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** A whole number from 0 to `largest`: as many low bits as it has, drawn again until they are not too large. */
export function interval(largest: number, next32: () => number): number {
  const mask = 2 ** (32 - Math.clz32(largest)) - 1;
  for (;;) {
    const value = (next32() & mask) >>> 0;
    if (value <= largest) return value;
  }
}

const BITS_128 = (1n << 128n) - 1n;
const BITS_64 = (1n << 64n) - 1n;

/** 64 bits a call: the linear congruential generator of 128 bits, its halves combined and rotated by the upper six bits. */
function pcg64(seed: number): () => bigint {
  const [a, b, c, d] = seedSequence(seed) as [bigint, bigint, bigint, bigint];
  const increment = ((((c << 64n) | d) << 1n) | 1n) & BITS_128;
  const step = (state: bigint) => (state * 0x2360ed051fc65da44385df649fccf645n + increment) & BITS_128;
  let state = step(increment + ((a << 64n) | b));
  return () => {
    state = step(state);
    const folded = (state >> 64n) ^ (state & BITS_64);
    const turn = state >> 122n;
    return ((folded >> turn) | (folded << (64n - turn))) & BITS_64;
  };
}

/** Four words of 64 bits from a small seed: a pool of four 32-bit words, each mixed with every other, then hashed again. */
function seedSequence(seed: number): bigint[] {
  const hash = (start: number, factor: number) => {
    let constant = start;
    return (word: number) => {
      const before = word ^ constant;
      constant = Math.imul(constant, factor);
      const value = Math.imul(before, constant);
      return value ^ (value >>> 16);
    };
  };
  const hashIn = hash(0x43b0d7e5, 0x931e8875);
  const pool = [seed, 0, 0, 0].map(hashIn);
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from === to) continue;
      const mixed = (Math.imul(pool[to]!, 0xca01f9dd) - Math.imul(hashIn(pool[from]!), 0x4973f715)) | 0;
      pool[to] = mixed ^ (mixed >>> 16);
    }
  }
  const hashOut = hash(0x8b51f9dd, 0x58f38ded);
  const words = Array.from({ length: 8 }, (_, i) => BigInt(hashOut(pool[i % 4]!) >>> 0));
  return [0, 2, 4, 6].map((i) => words[i]! | (words[i + 1]! << 32n));
}

/** Where the tail of the normal law begins, with 256 layers of equal area. */
const TAIL = 3.6541528853610088;

/** Standard normal numbers: a layer and a place in it; only near the edge of the curve is more than one draw needed. */
function ziggurat(next64: () => bigint, next: () => number): () => number {
  const height = (x: number) => Math.exp((-x * x) / 2);
  // Area of a layer: the rectangle below the tail's beginning and the tail itself, ∫ e^(−x²/2) beyond TAIL.
  const area = 0.004928673233974658;
  const edges = new Array<number>(256).fill(TAIL);
  for (let i = 254; i > 0; i--) edges[i] = Math.sqrt(-2 * Math.log(area / edges[i + 1]! + height(edges[i + 1]!)));
  edges[0] = area / height(TAIL);
  const heights = edges.map((x, i) => (i === 0 ? 1 : height(x)));
  const inside = edges.map((x, i) => (i === 0 ? TAIL / x : i === 1 ? 0 : edges[i - 1]! / x));

  return () => {
    for (;;) {
      const draw = next64();
      const layer = Number(draw & 0xffn);
      const place = Number((draw >> 9n) & 0xfffffffffffffn) / 2 ** 52;
      const x = ((draw >> 8n) & 1n ? -1 : 1) * place * edges[layer]!;
      if (place < inside[layer]!) return x;
      if (layer === 0) {
        for (;;) {
          const beyond = -Math.log1p(-next()) / TAIL;
          const under = -Math.log1p(-next());
          if (2 * under > beyond * beyond) return (draw >> 17n) & 1n ? -(TAIL + beyond) : TAIL + beyond;
        }
      }
      if ((heights[layer - 1]! - heights[layer]!) * next() + heights[layer]! < height(x)) return x;
    }
  };
}
