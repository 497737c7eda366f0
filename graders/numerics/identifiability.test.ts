import { describe, expect, it } from 'vitest';
import { arrayOf, mapArray } from './arrays.ts';
import { answerDistance, certify, colliding, separation } from './identifiability.ts';
import { createRandom } from './random.ts';

const expected = { W: arrayOf([1, -4]), b: arrayOf([0, 0]) };

describe('answerDistance', () => {
  it('is the worst tensor in units of its expected scale; zeros take the scale of their siblings', () => {
    const a = { W: arrayOf([1, -3]), b: arrayOf([0, 0]) };
    const b = { W: arrayOf([1, -4]), b: arrayOf([0, 2]) };
    expect(answerDistance(a, expected, expected)).toBe(0.25);
    expect(answerDistance(a, b, expected)).toBe(0.5);
  });

  it('other names, other shapes and NaN against a number are infinitely far, NaN against NaN is not', () => {
    const odd = { W: arrayOf([1, NaN]), b: arrayOf([0, 0]) };
    expect(answerDistance({ W: expected.W }, expected, expected)).toBe(Infinity);
    expect(answerDistance({ ...expected, b: arrayOf([0]) }, expected, expected)).toBe(Infinity);
    expect(answerDistance(odd, expected, expected)).toBe(Infinity);
    expect(answerDistance(odd, odd, expected)).toBe(0);
  });
});

describe('separation', () => {
  const times = (k: number) => ({ W: mapArray(expected.W, (v) => k * v), b: expected.b });
  const answers = [
    { id: 'double', answer: times(2) },
    { id: 'twice', answer: times(2) },
    { id: 'negative', answer: times(-1) },
  ];

  it('sorts every distance, nearest first, and lists what collides', () => {
    const measured = separation(answers, expected);
    expect(measured.toCorrect[0]).toEqual({ id: 'double', distance: 1 });
    expect(measured.pairs).toHaveLength(3);
    expect(measured.smallest).toBe(0);
    expect(colliding(measured, 0.1)).toEqual([{ a: 'double', b: 'twice', distance: 0 }]);
  });

  it('leaves declared twins out', () => {
    expect(separation(answers, expected, [{ ids: ['double', 'twice'] }]).smallest).toBe(1);
    expect(separation([{ id: 'same', answer: expected }], expected, [{ ids: ['same', 'correct'] }]).smallest).toBe(Infinity); // prettier-ignore
  });
});

describe('certify', () => {
  interface Probe {
    x: number[];
  }
  const mean = ({ x }: Probe) => ({ mean: arrayOf(x.reduce((a, b) => a + b, 0) / x.length) });
  const plan = {
    makeProbe: (random: ReturnType<typeof createRandom>): Probe => ({
      x: Array.from({ length: 5 }, () => random.normal(1)),
    }),
    oracle: mean,
    variants: [
      { id: 'median', compute: ({ x }: Probe) => ({ mean: arrayOf(x.toSorted((a, b) => a - b)[2]!) }) },
      { id: 'sum', compute: ({ x }: Probe) => ({ mean: arrayOf(x.reduce((a, b) => a + b, 0)) }) },
    ],
    random: createRandom(1, 'certify'),
    need: 0.2,
  };

  it('finds a probe on which every mistake shows, the same one every time', () => {
    const found = certify(plan);
    expect(found.separation.smallest).toBeGreaterThan(0.2);
    expect(certify(plan).probe).toEqual(found.probe);
  });

  it('names the mistakes that no probe of this design can show', () => {
    const blind = { ...plan, makeProbe: () => ({ x: [1, 2, 3] }), tries: 3 };
    expect(() => certify({ ...blind, variants: [{ id: 'median', compute: () => ({ mean: arrayOf(2) }) }] })).toThrow(
      /no probe of 3 tells these apart by 0.2: correct and median \(0.0e\+0\)/,
    );
  });
});
