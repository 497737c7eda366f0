/** A backward pass that is right for a wrong forward pass keeps its marks, and only that. */
import { expect, test } from 'vitest';
import { contextInProcess } from './check-context.testing.ts';
import type { Precision } from './model/guest.ts';
import type { NdArray } from './model/numbers.ts';
import { arrayOf, makeArray, mapArray, zipArrays } from './numerics/arrays.ts';
import type { Problem } from './problem.ts';
import { ProgramStopped } from './stopped.ts';
import { judgeBothSides } from './two-sided.ts';
import type { Form, Sides } from './two-sided.ts';
import type { Probe, Elementwise, Backwards } from './two-sided.testing.ts';
import { sigmoid, slope, relu, problem, wrong } from './two-sided.testing.ts';

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
