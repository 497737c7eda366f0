import { expect, test } from 'vitest';
import { fromJson, toJson } from './json.ts';

const grade = {
  margin: -Infinity,
  finding: {
    yours: 'NaN',
    gaps: [{ distance: Infinity, tolerance: 0.002, worst: { index: [0, -0], yours: NaN, expected: -0 } }],
  },
};

test('the values that JSON cannot hold survive a round trip', () => {
  const back = fromJson(toJson(grade)) as typeof grade;
  expect(back.margin).toBe(-Infinity);
  expect(back.finding.gaps[0]!.distance).toBe(Infinity);
  expect(back.finding.gaps[0]!.worst.yours).toBeNaN();
  expect(back.finding.gaps[0]!.worst.expected).toBe(-0);
});

test("a student's text that spells a number's name stays text", () => {
  expect((fromJson(toJson(grade)) as typeof grade).finding.yours).toBe('NaN');
});

test('half a character is never written', () => {
  expect(toJson({ because: 'a\ud800b' })).toContain('a\ufffdb');
});
