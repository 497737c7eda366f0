import { describe, expect, it } from 'vitest';
import { arrayOf, makeArray } from './arrays.ts';
import { compareNumber, compareTensor, judge, judgeAll, margin, ulpOf } from './compare.ts';
import { elementary32, exact, float32, float64, scaledBand } from './tolerance.ts';

const expected = arrayOf([
  [1, -10],
  [0.001, 0],
]);

describe('compareTensor', () => {
  it('scales the error by the largest expected magnitude, so a tiny entry may carry the rounding of a large one', () => {
    const gap = compareTensor(
      'W',
      arrayOf([
        [1, -10],
        [0.002, 0],
      ]),
      expected,
      float32,
    );
    expect(gap.distance).toBeCloseTo(1e-4, 12);
    expect(gap.worst).toEqual({ index: [1, 0], yours: 0.002, expected: 0.001 });
    expect(judge(gap, float32)).toBe('accept');
  });

  it('keeps the three verdicts apart at the ends of the band', () => {
    const at = (distance: number) => judge(compareNumber('x', 1 + distance, 1, float32), float32);
    expect([at(1.9e-4), at(2.1e-4), at(1.9e-3), at(2.1e-3)]).toEqual(['accept', 'undecided', 'undecided', 'reject']);
  });

  it('puts NaN and infinities infinitely far, however many entries are right', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const gap = compareTensor('b', arrayOf([1, bad, 3]), arrayOf([1, 2, 3]), float32);
      expect(gap.distance).toBe(Infinity);
      expect(gap.worst.index).toEqual([1]);
      expect(judge(gap, float32)).toBe('reject');
      expect(gap.heat!.values.every(Number.isFinite)).toBe(true);
    }
  });

  it('another shape is infinitely far and named, never broadcast', () => {
    const gap = compareTensor('b', arrayOf([[1, 2, 3]]), arrayOf([1, 2, 3]), float32);
    expect(gap).toMatchObject({ distance: Infinity, badShare: 1, name: 'b (shape 1×3)' });
    expect(compareTensor('b', arrayOf([]), arrayOf([1]), exact).distance).toBe(Infinity);
  });

  it('an expected array that is empty or not finite is our own fault and throws', () => {
    expect(() => compareTensor('W', arrayOf([]), arrayOf([]), float32)).toThrow(/expected W is empty/);
    expect(() => compareTensor('W', arrayOf([NaN]), arrayOf([NaN]), float32)).toThrow(/not finite/);
  });

  it('zeros are held to a millionth of the scale of their siblings', () => {
    const zeros = arrayOf([0, 0]);
    const at = (value: number, zeroScale?: number) =>
      judge(compareTensor('b', arrayOf([0, value]), zeros, float32, { zeroScale }), float32);
    expect([at(0), at(0.9e-6), at(2e-6), at(2e-5)]).toEqual(['accept', 'accept', 'undecided', 'reject']);
    expect(at(2e-5, 100)).toBe('accept');
    expect(() => at(1, 0)).toThrow(/zeroScale/);
  });

  it('counts the share of entries outside the tolerance', () => {
    const gap = compareTensor('b', arrayOf([1, 2.5, 3, 4.5]), arrayOf([1, 2, 3, 4]), float32);
    expect(gap.badShare).toBe(0.5);
  });

  it('minus zero is zero', () => {
    expect(compareTensor('b', arrayOf([-0, 1]), arrayOf([0, 1]), exact).distance).toBe(0);
  });

  it('draws a signed picture of at most 64×64 that keeps the worst error of every block', () => {
    const shape = [100, 130];
    const zero = makeArray(shape, new Float64Array(13_000).fill(1));
    const yours = makeArray(shape, zero.data);
    yours.data[99 * 130 + 129] = 0.5;
    const { heat } = compareTensor('W', yours, zero, float32);
    expect([heat!.rows, heat!.cols]).toEqual([64, 64]);
    expect(heat!.values[64 * 64 - 1]).toBe(-0.5);
    expect(heat!.values.filter((v) => v !== 0)).toHaveLength(1);
  });

  it('a small tensor keeps its own rows and columns in the picture', () => {
    const gap = compareTensor('W', arrayOf([[1, 4], [1, 1], [1, 1]]), arrayOf([[1, 2], [1, 1], [1, 1]]), float32); // prettier-ignore
    expect(gap.heat).toEqual({ rows: 3, cols: 2, values: [0, 1, 0, 0, 0, 0] });
  });
});

describe('the exact band', () => {
  it('accepts equality and nothing else', () => {
    expect(judge(compareNumber('n', 3, 3, exact), exact)).toBe('accept');
    expect(judge(compareNumber('n', 3 + 4e-16, 3, exact), exact)).toBe('reject');
  });
});

describe('units in the last place', () => {
  it('judge each entry on its own grid', () => {
    const small = Math.fround(1e-3);
    const ulp = ulpOf(small, 'single');
    expect(ulp).toBe(2 ** -33);
    const at = (error: number) =>
      judge(compareTensor('σ', arrayOf([1, small + error]), arrayOf([1, small]), elementary32), elementary32);
    expect([at(8 * ulp), at(1e-7), at(8 * ulp + 1.1e-7), at(2e-6)]).toEqual([
      'accept',
      'accept',
      'undecided',
      'reject',
    ]);
  });

  it('are right on both sides of a power of two and at zero', () => {
    expect(ulpOf(1, 'double')).toBe(Number.EPSILON);
    expect(ulpOf(1 - Number.EPSILON, 'double')).toBe(Number.EPSILON / 2);
    expect(ulpOf(0, 'double')).toBe(5e-324);
    expect(ulpOf(-8, 'single')).toBe(2 ** -20);
  });
});

describe('margin', () => {
  it('is positive for accepted, negative for rejected, zero for undecided, and always a number', () => {
    const of = (distance: number) => margin({ distance }, float64);
    expect(of(1e-11)).toBeCloseTo(2);
    expect(of(1e-4)).toBeCloseTo(-2);
    expect(of(1e-7)).toBe(0);
    expect([of(0), of(Infinity)]).toEqual([16, -16]);
    expect(margin({ distance: 0 }, exact)).toBe(16);
    expect(margin({ distance: 1 }, exact)).toBe(-16);
  });
});

describe('several gaps', () => {
  const gapsOf = (...distances: number[]) => distances.map((distance) => ({ distance }));

  it('are as good as the worst of them', () => {
    expect(judgeAll(gapsOf(0, 1e-3), float32)).toBe('undecided');
    expect(judgeAll(gapsOf(1e-3, 0, 1), float32)).toBe('reject');
    expect(judgeAll(gapsOf(0, 1, 1e-3), float32)).toBe('reject');
    expect(judgeAll(gapsOf(0, 0), float32)).toBe('accept');
  });

  it('and nothing compared is never a pass', () => {
    expect(() => judgeAll([], float32)).toThrow('nothing was compared: that is never a pass');
  });
});

/** Ends that binary numbers hit exactly. */
const halves = scaledBand('halves', 0.25, 0.5, 'a test');

describe('at the very ends of a band', () => {
  const at = (yours: number) => compareTensor('x', arrayOf([yours, 1]), arrayOf([1, 1]), halves);

  it('the accepting end is accepted, the rejecting end rejected', () => {
    expect([1.25, 1.2501, 1.4999, 1.5].map((yours) => judge(at(yours), halves))).toEqual([
      'accept',
      'undecided',
      'undecided',
      'reject',
    ]);
  });

  it('an entry counts as bad from the rejecting end on, and where both ends are one beyond it', () => {
    expect([1.25, 1.4999, 1.5, 3, NaN].map((yours) => at(yours).badShare)).toEqual([0, 0, 0.5, 0.5, 0.5]);
    const one = scaledBand('one', 0.5, 0.5, 'a test');
    const shareOf = (yours: number) => compareTensor('x', arrayOf([yours, 1]), arrayOf([1, 1]), one).badShare;
    expect([1.5, 1.5001].map(shareOf)).toEqual([0, 0.5]);
    expect(compareTensor('n', arrayOf([1, 2]), arrayOf([1, 2]), exact).badShare).toBe(0);
    expect(compareTensor('n', arrayOf([1, 3]), arrayOf([1, 2]), exact).badShare).toBe(0.5);
  });

  it('the margin is zero at each end, and undecided between', () => {
    expect([1.25, 1.3, 1.5].map((yours) => margin(at(yours), halves))).toEqual(
      [0, 0, 0].map((zero) => expect.closeTo(zero, 12)),
    );
    expect(margin({ distance: 0.025 }, halves)).toBeCloseTo(1);
    expect(margin({ distance: 5 }, halves)).toBeCloseTo(-1);
    expect(margin({ distance: 1e-200 }, halves)).toBe(16);
  });
});

describe('what is wrong with an answer', () => {
  it('is told with shape, tolerance, place and both values; of equal errors the first', () => {
    const gap = compareTensor('W', arrayOf([[1, 2], [5, 4]]), arrayOf([[1, 4], [3, 4]]), float32); // prettier-ignore
    expect(gap).toEqual({
      name: 'W',
      shape: [2, 2],
      distance: 0.5,
      tolerance: 2e-3,
      worst: { index: [0, 1], yours: 2, expected: 4 },
      badShare: 0.5,
      heat: { rows: 2, cols: 2, values: [0, -0.5, 0.5, 0] },
    });
  });

  it('of one number has no picture', () => {
    expect(compareNumber('n', 2, 1, float32)).toEqual({
      name: 'n',
      shape: [],
      distance: 1,
      tolerance: 2e-3,
      worst: { index: [], yours: 2, expected: 1 },
      badShare: 1,
    });
  });

  it('is that its shape is another one: the first values stand for it, none for an empty one', () => {
    expect(compareTensor('W', arrayOf([7]), arrayOf([[1, 2]]), float32)).toEqual({
      name: 'W (shape (1))',
      shape: [1, 2],
      distance: Infinity,
      tolerance: 2e-3,
      worst: { index: [0, 0], yours: 7, expected: 1 },
      badShare: 1,
    });
    expect(compareTensor('W', arrayOf([]), arrayOf([1]), float32).worst).toEqual({
      index: [0],
      yours: NaN,
      expected: 1,
    });
  });

  it('keeps its sign in the picture, where what is not finite is as large as a picture shows', () => {
    const heat = (...yours: number[]) =>
      compareTensor('b', arrayOf(yours), arrayOf(yours.map(() => 1)), float32).heat!.values;
    expect(heat(1, -Infinity, Infinity, NaN, 0.5)).toEqual([0, -1e6, 1e6, 1e6, -0.5]);
    expect(heat(1e9, -1e9)).toEqual([1e6, -1e6]);
  });

  it('of a block the largest error is shown, whichever comes first', () => {
    for (const [i, j] of [
      [0, 1],
      [1, 0],
    ] as const) {
      // prettier-ignore
      const yours = new Float64Array(128).fill(1);
      yours[i] = 2;
      yours[j] = -3;
      const { heat } = compareTensor(
        'b',
        makeArray([128], yours),
        makeArray([128], new Float64Array(128).fill(1)),
        float32,
      );
      expect([heat!.rows, heat!.cols, heat!.values[0]]).toEqual([1, 64, -4]);
    }
  });

  it('in more than two axes is drawn with the leading axes as rows', () => {
    const expected = makeArray([2, 2, 2], new Float64Array(8).fill(1));
    const yours = makeArray([2, 2, 2], expected.data);
    yours.data[5] = 2;
    expect(compareTensor('b', yours, expected, float32).heat).toEqual({
      rows: 4,
      cols: 2,
      values: [0, 0, 0, 0, 0, 1, 0, 0],
    });
  });
});

describe('our own faults', () => {
  it('are said with the name of what was expected', () => {
    expect(() => compareTensor('W', arrayOf([1]), arrayOf([]), float32)).toThrow(
      'expected W is empty: nothing to compare with',
    );
    for (const odd of [NaN, Infinity, -Infinity])
      expect(() => compareTensor('W', arrayOf([1, 1]), arrayOf([1, odd]), float32)).toThrow(
        'expected W holds a value that is not finite',
      );
    for (const odd of [0, -1, NaN, Infinity])
      expect(() => compareTensor('b', arrayOf([0]), arrayOf([0]), float32, { zeroScale: odd })).toThrow(
        `zeroScale must be positive, got ${odd}`,
      );
  });
});

describe('units in the last place', () => {
  it('end where numbers of that kind end', () => {
    expect(ulpOf(2 ** -149, 'single')).toBe(2 ** -149);
    expect(ulpOf(2 ** -127, 'single')).toBe(2 ** -149);
    expect(ulpOf(2 ** -125, 'single')).toBe(2 ** -148);
    expect(ulpOf(0, 'single')).toBe(2 ** -149);
  });

  it('count only in a band that says so', () => {
    const odd = { ...halves, ulp: elementary32.ulp! };
    expect(compareTensor('x', arrayOf([1.5, 1]), arrayOf([1, 1]), odd).distance).toBe(0.5);
    const none = { ...elementary32, ulp: undefined };
    expect(compareTensor('x', arrayOf([1.5, 1]), arrayOf([1, 1]), none).distance).toBe(0.5);
  });
});

it('just below a power of two, where a logarithm rounds up, the last place is that of the smaller numbers', () => {
  expect(ulpOf(2 ** 29 - 2 ** -24, 'double')).toBe(2 ** -24);
  expect(ulpOf(2 ** 29, 'double')).toBe(2 ** -23);
});

it('of two errors of one size in a block the first is shown', () => {
  const yours = new Float64Array(128).fill(1);
  [yours[0], yours[1]] = [0, 2];
  const { heat } = compareTensor(
    'b',
    makeArray([128], yours),
    makeArray([128], new Float64Array(128).fill(1)),
    float32,
  );
  expect(heat!.values[0]).toBe(-1);
});
