import { expect, test } from 'vitest';
import { openDesk } from './desk.ts';
import type { BatchContext, OpenGuest } from './desk.ts';
import type { NdArray } from './model.ts';
import { makeArray, mapArray, zipArrays } from './numerics/arrays.ts';
import type { Problem } from './problem.ts';
import { isArray } from './values.ts';
import { judgeBothSides } from './two-sided.ts';
import type { Form } from './two-sided.ts';

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
  const batch: BatchContext = {
    assignment: { limits: { submissionMs: 1e6 } } as BatchContext['assignment'],
    seed: 3,
    shared: new Map(),
    dataFolder: undefined,
    full: false,
    clock: () => 0,
  };
  const unused = () => Promise.reject(new Error('not asked for'));
  const guest = { alive: true, output: () => '', close: () => Promise.resolve() } as unknown as OpenGuest;
  const desk = openDesk({ id: 'pair', sha256: '', files: [], notes: [] }, batch, {
    open: () => Promise.resolve(guest),
    breaches: unused,
    outlines: unused,
    answers: () => ({}),
    essay: () => undefined,
    sidecar: () => undefined,
  });
  const both = ({ x, upstream }: Probe, g: Backwards) => zipArrays(x, upstream, g);
  return judgeBothSides(desk, wrong, {
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
