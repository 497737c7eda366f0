/** Right and wrong ways to draw a sample of numbers. */

export interface Source {
  id: string;
  /** A number from [0, 1). */
  next(): number;
}

export interface Way {
  id: string;
  draw(n: number, next: () => number): Float64Array;
}

const each = (n: number, value: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => value(i));

const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** Laws of finite variance, from two values to long tails; and how programs make them. */
export const rightSamples: readonly Way[] = [
  { id: 'normal', draw: (n, next) => each(n, () => normal(next)) },
  {
    id: 'normal, both of Box and Muller',
    draw(n, next) {
      const x = new Float64Array(n);
      for (let i = 0; i < n; i += 2) {
        const [radius, angle] = [Math.sqrt(-2 * Math.log(1 - next())), 2 * Math.PI * next()];
        x[i] = radius * Math.cos(angle);
        if (i + 1 < n) x[i + 1] = radius * Math.sin(angle);
      }
      return x;
    },
  },
  { id: 'normal, float32', draw: (n, next) => each(n, () => Math.fround(normal(next))) },
  { id: 'uniform', draw: (n, next) => each(n, () => 2 * next() - 1) },
  { id: 'uniform, float32', draw: (n, next) => each(n, () => Math.fround(2 * next() - 1)) },
  { id: 'uniform, three digits', draw: (n, next) => each(n, () => Math.round(1000 * (2 * next() - 1)) / 1000) },
  { id: 'two values', draw: (n, next) => each(n, () => (next() < 0.5 ? -1 : 1)) },
  {
    id: 'sparse: 1 with probability 0.02, else 0',
    draw: (n, next) => each(n, (i) => (i < 2 ? i : next() < 0.02 ? 1 : 0)),
  },
  { id: 'exponential', draw: (n, next) => each(n, () => -Math.log(1 - next())) },
  { id: 'Laplace', draw: (n, next) => each(n, () => (next() < 0.5 ? 1 : -1) * Math.log(1 - next())) },
  { id: 'lognormal', draw: (n, next) => each(n, () => Math.exp(normal(next))) },
];

/** What is not drawn number by number; made of normal numbers. */
export const wrongSamples: readonly Way[] = [
  { id: 'second half copied', draw: (n, next) => bent(n, next, (x, i, half) => x[i % half]!) },
  {
    id: 'second half mirrored (x, −x)',
    draw: (n, next) => bent(n, next, (x, i, half) => (i < half ? 1 : -1) * x[i % half]!),
  },
  { id: 'pairs x, −x', draw: (n, next) => bent(n, next, (x, i) => (i % 2 === 0 ? 1 : -1) * x[i - (i % 2)]!) },
  { id: 'second half backwards', draw: (n, next) => bent(n, next, (x, i, half) => x[i < half ? i : n - 1 - i]!) },
  {
    id: 'second half copied with noise',
    draw: (n, next) => bent(n, next, (x, i, half) => (i < half ? x[i]! : x[i - half]! + 0.5 * x[i]!)),
  },
  { id: 'one row of twenty for all', draw: (n, next) => bent(n, next, (x, i) => x[i % 20]!) },
  {
    id: 'one of ten rows a copy',
    draw: (n, next) => bent(n, next, (x, i) => (i < n / 10 ? x[i + Math.floor(n / 10)]! : x[i]!)),
  },
  { id: 'one row of eleven for all', draw: (n, next) => bent(n, next, (x, i) => x[i % 11]!) },
  { id: 'sorted', draw: (n, next) => bent(n, next, (x, i) => x[i]!).sort() },
  {
    id: 'each half sorted',
    draw: (n, next) => {
      const x = bent(n, next, (y, i) => y[i]!);
      x.subarray(0, n >> 1).sort();
      x.subarray(n >> 1).sort();
      return x;
    },
  },
  {
    id: 'each made from the one before, r = 0.3',
    draw(n, next) {
      const x = bent(n, next, (y, i) => y[i]!);
      for (let i = 1; i < n; i++) x[i] = 0.3 * x[i - 1]! + Math.sqrt(0.91) * x[i]!;
      return x;
    },
  },
  { id: 'a ramp', draw: (n) => each(n, (i) => i / n) },
  {
    id: 'equal distances, mixed',
    draw: (n, next) =>
      each(n, (i) => i / n).map((v, i, x) => {
        const j = i + Math.floor(next() * (n - i));
        const w = x[j]!;
        x[j] = v;
        return w;
      }),
  },
];

function bent(n: number, next: () => number, f: (x: Float64Array, i: number, half: number) => number): Float64Array {
  const x = each(n, () => normal(next));
  return each(n, (i) => f(x, i, Math.ceil(n / 2)));
}
