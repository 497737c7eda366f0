/** A guest whose program answers with nonsense: every value that comes back is spoilt in one way, now and then or always. */
import type { OpenGuest } from '../check-context.ts';
import type { Reply, Value } from '../model/guest.ts';
import type { NetworkDescription } from '../model/network.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Random } from '../numerics/random.ts';

/** One way to spoil a value, and how a program comes to it. */
export type Corruption = (value: Value) => Value;

const arrays =
  (spoil: (data: Float64Array) => Float64Array): Corruption =>
  (value) =>
    deep(value, (array) => ({ ...array, data: spoil(array.data) }));
const firstEntry = (by: number) => arrays((data) => data.map((v, i) => (i === 0 ? by : v)));
const reshaped =
  (of: (array: NdArray) => Value): Corruption =>
  (value) =>
    deep(value, of);
const everywhere =
  (by: Value): Corruption =>
  () =>
    by;
const zeros = (shape: readonly number[]): NdArray => ({
  kind: 'array',
  container: 'nested',
  dtype: 'float64',
  shape,
  data: new Float64Array(shape.reduce((a, b) => a * b, 1)),
});

export const corruptions: Readonly<Record<string, Corruption>> = {
  'NaN everywhere': arrays((data) => data.map(() => NaN)),
  'one NaN': firstEntry(NaN),
  'one Infinity': firstEntry(Infinity),
  'minus Infinity everywhere': arrays((data) => data.map(() => -Infinity)),
  'the largest numbers': arrays((data) => data.map((_, i) => (i % 2 === 0 ? Number.MAX_VALUE : -Number.MAX_VALUE))),
  'the smallest numbers': arrays((data) => data.map(() => Number.MIN_VALUE)),
  'zeros everywhere': arrays((data) => data.map((_, i) => (i % 2 === 0 ? 0 : -0))),
  'fractions where whole numbers are due': arrays((data) => data.map((v) => v + 0.5)),
  'negative numbers': arrays((data) => data.map((v) => -Math.abs(v) - 1)),
  'an empty array': reshaped(() => zeros([0])),
  'an array without columns': reshaped(({ shape }) => zeros([shape[0] ?? 3, 0])),
  'one axis more': reshaped((array) => ({ ...array, shape: [...array.shape, 1] })),
  'all axes in one': reshaped((array) => ({ ...array, shape: [array.data.length] })),
  'a row too many': reshaped(({ shape }) => zeros([(shape[0] ?? 1) + 1, ...shape.slice(1)])),
  'one number': reshaped(() => 0.5),
  'rows of unequal length': reshaped(() => ({ kind: 'list', items: [zeros([2]), zeros([3]), 7] })),
  'a bigint': reshaped(() => ({ kind: 'opaque', what: 'a bigint' })),
  'complex numbers': reshaped((array) => ({ kind: 'record', entries: { real: array, imag: array } })),
  'undefined in place of everything': everywhere(undefined),
  'null in place of everything': everywhere(null),
  'true in place of everything': everywhere(true),
  'a text in place of everything': everywhere('NaN'),
  'an empty list in place of everything': everywhere({ kind: 'list', items: [] }),
  'an object without fields in place of everything': everywhere({ kind: 'record', entries: {} }),
  'a list of lists in place of everything': everywhere({
    kind: 'list',
    items: [{ kind: 'list', items: [zeros([1]), undefined] }, null],
  }),
};

/** Applies the change to every array and number inside the value; handles stay, so that later calls reach the program. */
function deep(value: Value, change: (array: NdArray) => Value): Value {
  if (typeof value === 'number') {
    const changed = change({ ...zeros([]), container: 'scalar', data: Float64Array.of(value) });
    return typeof changed === 'object' && changed?.kind === 'array' && changed.data.length === 1
      ? changed.data[0]!
      : changed;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value.kind === 'array') return change(value);
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => deep(item, change)) };
  if (value.kind !== 'record') return value;
  const entries = Object.entries(value.entries).map(([key, entry]) => [key, deep(entry, change)] as const);
  return { ...value, entries: Object.fromEntries(entries) };
}

/** The guest with a share of its answers spoilt; which ones is drawn from `random`. */
export function corruptedGuest(guest: OpenGuest, corrupt: Corruption, random: Random, share: number): OpenGuest {
  const spoil = (value: Value): Value => {
    const isHandle = typeof value === 'object' && value !== null && value.kind === 'handle';
    return isHandle || random.uniform() >= share ? value : corrupt(value);
  };
  const reply = (answer: Reply): Reply => ({
    ...answer,
    value: spoil(answer.value),
    ...(answer.argsAfter === undefined ? {} : { argsAfter: answer.argsAfter.map(spoil) }),
  });
  const described = (model: NetworkDescription): NetworkDescription => ({
    ...model,
    layers: model.layers.map((layer) => ({
      ...layer,
      weights: layer.weights.map((array) => {
        const changed = spoil(array);
        return typeof changed === 'object' && changed?.kind === 'array' ? changed : zeros([0]);
      }),
    })),
  });
  return {
    backend: guest.backend,
    precision: guest.precision,
    get alive() {
      return guest.alive;
    },
    output: () => guest.output(),
    close: () => guest.close(),
    exports: (module) => guest.exports(module),
    call: async (...args) => reply(await guest.call(...args)),
    construct: (...args) => guest.construct(...args),
    make: (arg) => guest.make(arg),
    get: async (...args) => spoil(await guest.get(...args)),
    getAll: async (...args) => (await guest.getAll(...args)).map(spoil),
    set: (...args) => guest.set(...args),
    setAll: (...args) => guest.setAll(...args),
    take: async (...args) => (await guest.take(...args)).map(spoil),
    describe: async (...asked) => described(await guest.describe(...asked)),
    seed: (seed) => guest.seed(seed),
  };
}
