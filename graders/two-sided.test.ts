import { expect, test } from 'vitest';
import { contextInProcess } from './check-context.testing.ts';
import type { Precision } from './model/guest.ts';
import type { NdArray } from './model/numbers.ts';
import type { NamedArrays } from './numerics/arrays.ts';
import { arrayOf, makeArray, mapArray, zipArrays } from './numerics/arrays.ts';
import { probeDirection } from './numerics/finite-difference.ts';
import { createRandom } from './numerics/random.ts';
import type { Problem } from './problem.ts';
import { isArray } from './values.ts';
import { ProgramStopped } from './stopped.ts';
import { isFollowed, isGradientOfOwnLoss, judgeBothSides } from './two-sided.ts';
import type { Form, OwnLoss, Sides } from './two-sided.ts';

interface Probe {
  x: NdArray;
  upstream: NdArray;
}
type Elementwise = (x: number) => number;
type Backwards = (x: number, upstream: number) => number;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const slope = (x: number) => sigmoid(x) * sigmoid(-x);
const relu = (x: number) => Math.max(0, x);

/** A problem that a "student" in this very process answers; no guest is needed. */
function problem(id: string, tensor: string, right: (probe: Probe) => NdArray, yours: typeof right): Problem<Probe> {
  return {
    id,
    title: id,
    precision: 'double',
    probes: (random) =>
      [5, 7].map((n) => ({
        x: makeArray(
          [n],
          Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1 : 1) * random.uniform(0.3, 3)),
        ),
        upstream: makeArray(
          [n],
          Array.from({ length: n }, () => random.uniform(0.3, 1.5)),
        ),
      })),
    describe: () => id,
    ask: (_, probe) => Promise.resolve({ value: yours(probe) }),
    read: ({ value }) =>
      isArray(value) ? { answer: { [tensor]: value }, notes: [] } : { misread: { says: 'nothing' } },
    write: (answer) => answer[tensor],
    oracle: (probe) => ({ [tensor]: right(probe) }),
    mistakes: [],
  };
}

const wrong = { earned: 0, finding: { says: 'The gradient is wrong.' } };

/** What a student earns whose function and backward pass are these, after the oracle has refused the backward pass. */
async function judged(f: Elementwise, back: Backwards, right: Elementwise = sigmoid, form: Form = 'curved') {
  const rightSlope = right === relu ? (x: number) => Number(x > 0) : slope;
  const context = contextInProcess();
  const both = ({ x, upstream }: Probe, g: Backwards) => zipArrays(x, upstream, g);
  return judgeBothSides(context, wrong, {
    forward: problem(
      'forward',
      'y',
      ({ x }) => mapArray(x, right),
      ({ x }) => mapArray(x, f),
    ),
    backward: problem(
      'backward',
      'dx',
      (p) => both(p, (x, g) => g * rightSlope(x)),
      (p) => both(p, back),
    ),
    output: 'y',
    form,
    inputs: ({ x }) => ({ dx: x }),
    at: (probe, { dx }) => ({ ...probe, x: dx! }),
    upstream: ({ upstream }) => upstream,
    paidIn: '1',
  });
}

test('a right gradient of a wrong forward pass earns the marks of the backward pass', async () => {
  const doubled = await judged(
    (x) => sigmoid(2 * x),
    (x, g) => 2 * g * slope(2 * x),
  );
  expect(doubled.earned).toBe(1);
  expect(doubled.followThrough).toMatch(/your own forward pass/);
});

test('what is wrong for both sides stays wrong, also by 0.1 %', async () => {
  for (const factor of [1, -2, 2.002]) {
    const half = await judged(
      (x) => sigmoid(2 * x),
      (x, g) => factor * g * slope(2 * x),
    );
    expect(half).toEqual(wrong);
  }
});

test('with a right forward pass the oracle has the last word', async () => {
  expect(await judged(sigmoid, (x, g) => g * slope(x))).toEqual(wrong);
});

test('a forward pass that is easier to differentiate is no attempt, however right its gradient is', async () => {
  const games: [Elementwise, Backwards][] = [
    [() => 0, () => 0],
    [() => 1e-9, () => 0],
    [(x) => x, (_, g) => g],
    [(x) => 0.5 + x / 5, (_, g) => g / 5],
    [relu, (x, g) => (x > 0 ? g : 0)],
    [(x) => (x > 0 ? 1 : 0), () => 0],
    [(x) => x * x, (x, g) => 2 * x * g],
  ];
  for (const [f, back] of games) expect(await judged(f, back), String(f)).toEqual(wrong);
});

test('a rectifier may lean or mirror, but neither be a line nor smooth', async () => {
  const bent = (f: Elementwise, back: Backwards) => judged(f, back, relu, 'bent').then(({ earned }) => earned);
  expect(
    await bent(
      (x) => (x > 0 ? x : 0.1 * x),
      (x, g) => (x > 0 ? g : 0.1 * g),
    ),
  ).toBe(1);
  expect(await bent(Math.abs, (x, g) => Math.sign(x) * g)).toBe(1);
  expect(
    await bent(
      (x) => x,
      (_, g) => g,
    ),
  ).toBe(0);
  expect(await bent(sigmoid, (x, g) => g * slope(x))).toBe(0);
  expect(
    await bent(
      (x) => (x > 0 ? 1 : 0),
      () => 0,
    ),
  ).toBe(0);
});

test('a forward pass that gives no numbers is followed by nothing', async () => {
  expect(
    await judged(
      () => NaN,
      (x, g) => g * slope(x),
    ),
  ).toEqual(wrong);
});

test('what the oracle accepts is not asked again', async () => {
  const never = {} as Parameters<typeof judgeBothSides>[0];
  const sides = {} as Parameters<typeof judgeBothSides>[2];
  expect(await judgeBothSides(never, { earned: 1 }, sides)).toEqual({ earned: 1 });
});

/** A loss of numbers under names, with a gradient that is claimed for it. */
const lossOf = (
  at: (inputs: NamedArrays) => number,
  inputs: Record<string, readonly number[]>,
  gradient: Record<string, readonly number[]>,
  more: Partial<OwnLoss> = {},
): OwnLoss => {
  const arrays = (of: Record<string, readonly number[]>) =>
    Object.fromEntries(Object.entries(of).map(([name, values]) => [name, arrayOf([...values])]));
  return {
    at: (moved) => Promise.resolve(at(moved)),
    inputs: arrays(inputs),
    gradient: arrays(gradient),
    right: arrays(gradient),
    random: createRandom(5, 'losses'),
    ...more,
  };
};
const sumOf = (f: Elementwise) => (inputs: NamedArrays) =>
  Object.values(inputs).reduce((sum, { data }) => sum + data.reduce((s, v) => s + f(v), 0), 0);
const squares = sumOf((x) => x * x);

test('a gradient is that of a loss in every tensor and along every direction', async () => {
  const inputs = { a: [1, -2, 3], b: [0.5] };
  const is = (gradient: Record<string, number[]>, more: Partial<OwnLoss> = {}) =>
    isGradientOfOwnLoss(lossOf(squares, inputs, gradient, more));
  const right = { a: [2, -4, 6], b: [1] };
  expect(await is(right)).toBe(true);
  expect(await is({ ...right, b: [1.001] })).toBe(false);
  expect(await is({ ...right, a: [2, -4, 6.001] })).toBe(false);
  expect(await is({ a: right.a })).toBe(false);
  expect(await is({ ...right, a: [2, -4] })).toBe(false);
  expect(await is({ ...right, a: [2, -4, NaN] })).toBe(false);
  expect(await is({ a: [-2, 4, -6], b: [-1] })).toBe(false);
  expect(await isGradientOfOwnLoss(lossOf(() => NaN, inputs, right))).toBe(false);
  // What is missing is no zero.
  expect(await isGradientOfOwnLoss(lossOf(squares, { a: [1, 0] }, { a: [2] }))).toBe(false);
  // An error of a few parts in 100,000 is one in a large tensor as well.
  const large = Array.from({ length: 100 }, (_, i) => 1 + (i % 7));
  const off = (by: number) => lossOf(squares, { a: large }, { a: large.map((x) => 2 * x * (1 + by)) });
  expect([await isGradientOfOwnLoss(off(0)), await isGradientOfOwnLoss(off(3e-5))]).toEqual([true, false]);
});

test('three directions are tried, so that an error across one of them is seen along another', async () => {
  const directions = [0, 1, 2].map((i) => probeDirection(3, createRandom(5, 'losses').fork(`a ${i}`)));
  for (const [i, j] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    // prettier-ignore
    const [u, v] = [directions[i]!, directions[j]!];
    // Across both of these directions, so only the third one shows it.
    const across = [0, 1, 2].map((k) => u[(k + 1) % 3]! * v[(k + 2) % 3]! - u[(k + 2) % 3]! * v[(k + 1) % 3]!);
    const gradient = [2, -4, 6].map((g, k) => g + across[k]!);
    expect(await isGradientOfOwnLoss(lossOf(squares, { a: [1, -2, 3] }, { a: gradient }))).toBe(false);
  }
});

test('differences agree to the size of the tensor, closely in double precision and roughly in single', async () => {
  const off = (by: number, precision?: Precision) =>
    isGradientOfOwnLoss(
      lossOf(
        squares,
        { a: [1, -2, 3] },
        { a: [2, -4, 6].map((g) => g * (1 + by)) },
        { ...(precision && { precision }) },
      ),
    );
  expect([await off(3e-6), await off(1e-4)]).toEqual([true, false]);
  expect([await off(3e-6, 'double'), await off(1e-4, 'double')]).toEqual([true, false]);
  expect([await off(1e-3, 'single'), await off(0.05, 'single')]).toEqual([true, false]);
  // Where the loss does not move along a direction the size of the tensor says what is nothing.
  const flat = (by: number) => isGradientOfOwnLoss(lossOf(() => 7, { a: [1, 2, 3, 4] }, { a: [by, -by, by, by] }));
  expect([await flat(0), await flat(1e-9)]).toEqual([true, false]);
  // The steps are small beside a loss that curves sharply, and large beside the rounding of single precision.
  const sharp = sumOf((x) => Math.sin(40 * x));
  const slopes = { a: [1, -2, 3].map((x) => 40 * Math.cos(40 * x)) };
  expect(await isGradientOfOwnLoss(lossOf(sharp, { a: [1, -2, 3] }, slopes))).toBe(true);
  const rounded = (moved: NamedArrays) => Math.fround(1 + squares(moved));
  expect(
    await isGradientOfOwnLoss(lossOf(rounded, { a: [1, -2, 3] }, { a: [2, -4, 6] }, { precision: 'single' })),
  ).toBe(true);
  expect(await isGradientOfOwnLoss(lossOf(rounded, { a: [1, -2, 3] }, { a: [2, -4, 6] }))).toBe(false);
});

test('zeros are followed nowhere: every tensor has to move somewhere, on one probe at least', async () => {
  const loss = (a: number[], b: number[]) => lossOf(squares, { a: [1, 2], b: [3, 4] }, { a, b });
  const followed = (...losses: OwnLoss[]) => isFollowed(losses, true, 'straight');
  expect(await followed(loss([1, 2], [3, 4]))).toBe(true);
  expect(await followed(loss([1, 2], [0, 0]))).toBe(false);
  expect(await followed(loss([0, 0], [3, 4]))).toBe(false);
  expect(await followed(loss([1, 2], [0, 0]), loss([0, 0], [0, 4]))).toBe(true);
  expect(await followed(loss([1, 2], [0, 0]), loss([1, 2], [0, 0]))).toBe(false);
  expect(await followed()).toBe(false);
});

test('what is not recognised has to be like the right gradient, on average over the probes where that is not zero', async () => {
  const loss = (gradient: number[], right: number[]) =>
    lossOf(squares, { a: [1, 2] }, { a: gradient }, { right: { a: arrayOf(right) } });
  const like = (...losses: OwnLoss[]) => isFollowed(losses, false, 'straight');
  expect(await like(loss([1, 0], [1, 0]))).toBe(true);
  // Another sign is alike, a right angle is not, and half is enough.
  expect(await like(loss([-1, 0], [1, 0]))).toBe(true);
  expect(await like(loss([0, 1], [1, 0]))).toBe(false);
  expect(await like(loss([1, 0], [1, 0]), loss([0, 1], [1, 0]))).toBe(true);
  expect(await like(loss([1, 0], [1, 0]), loss([0, 1], [1, 0]), loss([0, 1], [1, 0]))).toBe(false);
  // Signs that change from probe to probe are those of noise.
  expect(await like(loss([1, 0], [1, 0]), loss([-1, 0], [1, 0]))).toBe(false);
  // Where the right gradient vanishes nothing can be said, and where that is everywhere nothing is alike.
  expect(await like(loss([1, 0], [1, 0]), loss([0, 1], [0, 0]), loss([0, 1], [0, 0]))).toBe(true);
  expect(await like(loss([1, 0], [0, 0]))).toBe(false);
  // A zero of the student's is unlike, and makes no other one more alike.
  expect(await like(loss([1, 0], [1, 0]), loss([0, 0], [1, 0]), loss([0, 0], [1, 0]))).toBe(false);
  expect(await isFollowed([loss([0, 1], [1, 0])], true, 'straight')).toBe(true);
});

test('every tensor has to be alike', async () => {
  const loss = lossOf(
    squares,
    { a: [1, 2], b: [3, 4] },
    { a: [1, 0], b: [0, 1] },
    {
      right: { a: arrayOf([1, 0]), b: arrayOf([1, 0]) },
    },
  );
  expect(await isFollowed([loss], false, 'straight')).toBe(false);
});

test('a form is that of every tensor on some probe', async () => {
  const kink = (x: number) => (x > 0 ? x : 0);
  const of = (f: Elementwise, form: Form, inputs: Record<string, number[]> = { a: [1, -2, 3] }) => {
    const gradient = Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, values.map(() => 1)]));
    return isFollowed([lossOf(sumOf(f), inputs, gradient)], true, form);
  };
  const line = (x: number) => 3 * x;
  const rows: [Elementwise, boolean, boolean][] = [
    [sigmoid, true, false],
    [kink, false, true],
    [line, false, false],
    [() => 7, false, false],
  ];
  for (const [f, curved, bent] of rows)
    expect([await of(f, 'curved'), await of(f, 'bent'), await of(f, 'straight')], String(f)).toEqual([
      curved,
      bent,
      true,
    ]);
  // What curves a little need not bend.
  expect(await of((x) => x + 0.005 * Math.sin(x), 'curved')).toBe(true);
  const mixed = (moved: NamedArrays) => sumOf(sigmoid)({ a: moved['a']! }) + sumOf(line)({ b: moved['b']! });
  const gradient = { a: [1, 1], b: [1, 1] };
  const half = lossOf(mixed, { a: [1, -2], b: [1, -2] }, gradient);
  expect(await isFollowed([half], true, 'curved')).toBe(false);
  const whole = lossOf(sumOf(sigmoid), { a: [1, -2], b: [1, -2] }, gradient);
  expect(await isFollowed([half, whole], true, 'curved')).toBe(true);
  expect(await isFollowed([half, half], true, 'curved')).toBe(false);
});

/** Two sides of one function whose student is given, with what a test wants otherwise. */
function sidesOf(f: Elementwise, back: Backwards, more: Partial<Sides<Probe, Probe>> = {}): Sides<Probe, Probe> {
  const both = ({ x, upstream }: Probe, g: Backwards) => zipArrays(x, upstream, g);
  return {
    forward: problem('forward', 'y', ({ x }) => mapArray(x, sigmoid), ({ x }) => mapArray(x, f)), // prettier-ignore
    backward: problem('backward', 'dx', (p) => both(p, (x, g) => g * slope(x)), (p) => both(p, back)), // prettier-ignore
    output: 'y',
    form: 'curved',
    inputs: ({ x }) => ({ dx: x }),
    at: (probe, { dx }) => ({ ...probe, x: dx! }),
    upstream: ({ upstream }) => upstream,
    paidIn: '2.2',
    ...more,
  };
}
const steep = (x: number) => sigmoid(2 * x);
const steepBack = (x: number, g: number) => 2 * g * slope(2 * x);

test('where the marks were lost is said', async () => {
  expect(await judgeBothSides(contextInProcess(), wrong, sidesOf(steep, steepBack))).toEqual({
    earned: 1,
    followThrough:
      'It is the right gradient of your own forward pass (checked by finite differences), whose mistake is paid for in 2.2.',
  });
});

test('a program that stops only in double precision is followed in single, and staff are told', async () => {
  const precisions: Precision[] = [];
  const only = (side: Problem<Probe>): Problem<Probe> => ({
    ...side,
    ask: (guest, probe) => {
      precisions.push(guest.precision);
      if (guest.precision === 'double') return Promise.reject(new ProgramStopped('crash', 'no such kernel'));
      return side.ask(guest, probe);
    },
  });
  const staff =
    "In the grader's double precision the program stopped (no such kernel); judged on its answer in single precision.";
  const judgedBy = (f: Elementwise, back: Backwards) => {
    const sides = sidesOf(f, back);
    return judgeBothSides(contextInProcess(), wrong, {
      ...sides,
      forward: only(sides.forward),
      backward: only(sides.backward),
    });
  };
  expect(await judgedBy(steep, steepBack)).toMatchObject({ earned: 1, staff });
  expect(precisions).toContain('double');
  expect(await judgedBy(steep, (x, g) => -steepBack(x, g))).toEqual({ ...wrong, staff });
});

test('a program that stops in single precision as well keeps what the oracle said, and our own trouble goes on up', async () => {
  const stops = (error: Error) => {
    const sides = sidesOf(steep, steepBack);
    return judgeBothSides(contextInProcess(), wrong, {
      ...sides,
      backward: { ...sides.backward, ask: () => Promise.reject(error) },
    });
  };
  expect(await stops(new ProgramStopped('crash', 'theirs'))).toEqual(wrong);
  await expect(stops(new Error('ours'))).rejects.toThrow('ours');
});

test('a backward pass that has to be told the output is told the student’s own', async () => {
  const told: NdArray[] = [];
  const ask: Sides<Probe, Probe>['ask'] = (guest, probe, output) => {
    told.push(output);
    expect(guest.precision).toBe('double');
    return Promise.resolve({ value: zipArrays(probe.x, probe.upstream, steepBack) });
  };
  const judgement = await judgeBothSides(
    contextInProcess(),
    wrong,
    sidesOf(steep, () => 0, { ask }),
  );
  expect(judgement.earned).toBe(1);
  expect(told[0]!.data[0]).toBeLessThan(0.5);
  expect(told).toHaveLength(3);
});

test('what cannot be read on either side is followed by nothing', async () => {
  const misread = () => ({ misread: { says: 'nothing' } });
  const sides = sidesOf(steep, steepBack);
  const judgedWith = (more: Partial<Sides<Probe, Probe>>) =>
    judgeBothSides(contextInProcess(), wrong, { ...sides, ...more });
  expect(await judgedWith({ backward: { ...sides.backward, read: misread } })).toEqual(wrong);
  expect(await judgedWith({ forward: { ...sides.forward, read: misread } })).toEqual(wrong);
  const otherName = () => ({ answer: { other: arrayOf([1]) }, notes: [] });
  expect(await judgedWith({ backward: { ...sides.backward, read: otherName } })).toEqual(wrong);
  expect(await judgedWith({ forward: { ...sides.forward, read: otherName } })).toEqual(wrong);
});

test('an output of another length than what comes from upstream is followed by nothing', async () => {
  const long = { upstream: ({ upstream }: Probe) => makeArray([upstream.data.length + 1], [...upstream.data, 0]) };
  expect(await judgeBothSides(contextInProcess(), wrong, sidesOf(steep, steepBack, long))).toEqual(wrong);
});

test('a mistake that is recognised may be unlike the right gradient', async () => {
  const square = (x: number) => x * x;
  const back = (x: number, g: number) => 2 * x * g;
  const sides = sidesOf(square, back);
  expect(await judgeBothSides(contextInProcess(), wrong, sides)).toEqual(wrong);
  const known = {
    id: 'square',
    title: 'a square',
    advice: 'x',
    compute: ({ x }: Probe) => ({ y: mapArray(x, square) }),
  };
  const named = { ...sides, forward: { ...sides.forward, mistakes: [known] } };
  expect((await judgeBothSides(contextInProcess(), wrong, named)).earned).toBe(1);
});

test('both sides are asked in double precision, once the forward pass is known to be wrong', async () => {
  const asked: Record<'forward' | 'backward', Precision[]> = { forward: [], backward: [] };
  const heard = (side: 'forward' | 'backward', of: Problem<Probe>): Problem<Probe> => ({
    ...of,
    ask: (guest, probe) => (asked[side].push(guest.precision), of.ask(guest, probe)),
  });
  const sides = sidesOf(steep, steepBack);
  const { forward, backward } = sides;
  await judgeBothSides(contextInProcess(), wrong, {
    ...sides,
    forward: heard('forward', forward),
    backward: heard('backward', backward),
  });
  expect(asked.forward.slice(0, 3)).toEqual(['single', 'single', 'single']);
  expect(new Set(asked.forward.slice(3))).toEqual(new Set(['double']));
  expect(asked.backward).toEqual(['double', 'double', 'double']);
});
