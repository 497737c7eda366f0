/**
 * The older random numbers of numpy, `RandomState(seed)`: MT19937 of Matsumoto and Nishimura. Keras shuffles its Boston table
 * with them. For tests alone: what is graded draws from `createRandom`.
 */
import { interval, shuffled } from './numpy-random.testing.ts';

const SIZE = 624;
const SHIFT = 397;

/** `numpy.random.RandomState(seed).permutation(n)`, and `shuffle` of 0 … n − 1 the same. */
export const oldPermutation = (seed: number, n: number): number[] => {
  const next32 = mersenneTwister(seed);
  return shuffled(n, (largest) => interval(largest, next32));
};

/** 32 bits a call. */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const before = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = Math.imul(before, 1812433253) + i;
  }
  let at = SIZE;
  return () => {
    if (at === SIZE) {
      for (let i = 0; i < SIZE; i++) {
        const joined = (state[i]! & 0x80000000) | (state[(i + 1) % SIZE]! & 0x7fffffff);
        state[i] = state[(i + SHIFT) % SIZE]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let word = state[at++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
}
