/** The random source that student functions receive as an argument: listed draws first, then the seeded stream of the grader. */
import { createRandom } from '../../../numerics/random.ts';
import { define } from './make.ts';
import type { Bag, Outside } from './outside.ts';

interface Draws {
  seed: number;
  normals: Float64Array;
  uniforms: Float64Array;
}

/** An RngTape of the student's realm; without listed draws its stream equals `createRandom(seed)` on the host. */
export function makeTape(outside: Outside, draws: Draws): Bag {
  const random = createRandom(draws.seed);
  let normalsPlayed = 0;
  let uniformsPlayed = 0;
  const next = () => (uniformsPlayed < draws.uniforms.length ? draws.uniforms[uniformsPlayed++]! : random.next());
  const integer = (n: number) => Math.floor(next() * n);
  const methods: Record<string, (...args: (number | undefined)[]) => unknown> = {
    next,
    uniform: (low = 0, high = 1) => low + (high - low) * next(),
    normal: (mean = 0, sd = 1) =>
      normalsPlayed < draws.normals.length ? mean + sd * draws.normals[normalsPlayed++]! : random.normal(mean, sd),
    integer: (n = 1) => integer(n),
    integers: (n = 1) => integer(n),
    permutation: (n = 0) => {
      const order = outside.makeArray() as number[];
      for (let i = 0; i < n; i++) define(order, i, i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        const moved = order[i]!;
        define(order, i, order[j]!);
        define(order, j, moved);
      }
      return order;
    },
  };
  // What is no number yet becomes one in the student's realm.
  const numberOf = (x: unknown) => (x === undefined ? undefined : outside.number(x));
  const tape = outside.makeObject();
  for (const [name, method] of Object.entries(methods)) {
    const call = outside.makeFunction(name, (_, args) => method(numberOf(args[0]), numberOf(args[1])));
    define(tape, name, call);
  }
  return tape;
}
