/** Right and wrong ways to draw the order of an epoch. */

export interface Mixing {
  id: string;
  /** The orders of several epochs of n examples, for batches of this size. */
  draw(n: number, batch: number, epochs: number, next: () => number): number[][];
}

const inOrder = (n: number) => Array.from({ length: n }, (_, i) => i);

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}

const anew = (epochs: number, order: () => number[]) => Array.from({ length: epochs }, order);

const rowsOf = (n: number, batch: number) =>
  Array.from({ length: Math.ceil(n / batch) }, (_, b) => inOrder(n).slice(b * batch, (b + 1) * batch));

export const rightOrders: readonly Mixing[] = [
  {
    id: 'exchanged from the end (Fisher and Yates)',
    draw: (n, _, epochs, next) => anew(epochs, () => shuffled(inOrder(n), next)),
  },
  {
    id: 'sorted by random keys',
    draw: (n, _, epochs, next) =>
      anew(epochs, () => {
        const keys = inOrder(n).map(() => next());
        return inOrder(n).sort((a, b) => keys[a]! - keys[b]!);
      }),
  },
  {
    id: 'mixed on from the order before',
    draw(n, _, epochs, next) {
      let order = inOrder(n);
      return anew(epochs, () => (order = shuffled(order, next)));
    },
  },
];

export const wrongOrders: readonly Mixing[] = [
  {
    id: 'only batches mixed',
    draw: (n, batch, epochs, next) => anew(epochs, () => shuffled(rowsOf(n, batch), next).flat()),
  },
  {
    id: 'only within batches',
    draw: (n, batch, epochs, next) => anew(epochs, () => rowsOf(n, batch).flatMap((row) => shuffled(row, next))),
  },
  {
    id: 'rotated',
    draw: (n, _, epochs, next) =>
      anew(epochs, () => {
        const by = Math.floor(next() * n);
        return inOrder(n).map((i) => (i + by) % n);
      }),
  },
  {
    id: 'mixed once, then the same',
    draw: (n, _, epochs, next) => {
      const order = shuffled(inOrder(n), next);
      return anew(epochs, () => order);
    },
  },
  {
    id: 'forwards or backwards',
    draw: (n, _, epochs, next) => anew(epochs, () => (next() < 0.5 ? inOrder(n) : inOrder(n).reverse())),
  },
  {
    id: 'mixed once, rotated in every epoch',
    draw: (n, _, epochs, next) => {
      const order = shuffled(inOrder(n), next);
      return anew(epochs, () => {
        const by = Math.floor(next() * n);
        return order.map((_, i) => order[(i + by) % n]!);
      });
    },
  },
  { id: 'a buffer of one batch', draw: (n, batch, epochs, next) => anew(epochs, () => buffered(n, batch, next)) },
  {
    id: 'one exchange in every epoch',
    draw(n, _, epochs, next) {
      const order = inOrder(n);
      return anew(epochs, () => {
        const [i, j] = [Math.floor(next() * n), Math.floor(next() * n)];
        [order[i], order[j]] = [order[j]!, order[i]!];
        return [...order];
      });
    },
  },
  {
    id: 'sort(() => random − ½)',
    draw: (n, _, epochs, next) => anew(epochs, () => inOrder(n).sort(() => next() - 0.5)),
  },
];

function buffered(n: number, size: number, next: () => number): number[] {
  const buffer: number[] = [];
  const out: number[] = [];
  for (const item of inOrder(n)) {
    buffer.push(item);
    if (buffer.length > size) out.push(...buffer.splice(Math.floor(next() * buffer.length), 1));
  }
  return [...out, ...shuffled(buffer, next)];
}
