import { expect, test } from 'vitest';
import { fromJson, jsonPieces, toJson } from './json.ts';

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

test.each([
  {},
  { submissions: [] },
  {
    absent: undefined,
    title: 'a\n  "b": [',
    of: { seed: -0, none: {} },
    submissions: [grade, { id: 'x\ny', tasks: [] }, 3],
  },
  { submissions: [[1, [2]], 'a\ud800b', null], finishedAt: '2026', identical: [['a', 'b']] },
])('in pieces it is the same text', (value) => {
  expect([...jsonPieces(value)].join('')).toBe(toJson(value));
});
