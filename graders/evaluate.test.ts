/** Whether an answer is accepted: tensors, bands, precisions, stops. */
import { expect, test } from 'vitest';
import { contextInProcess } from './check-context.testing.ts';
import type { Evaluation } from './evaluate.ts';
import { evaluate, inDouble, isAttempt, judgeTensor } from './evaluate.ts';
import type { Precision } from './model/guest.ts';
import { arrayOf } from './numerics/arrays.ts';
import { compareTensor } from './numerics/compare.ts';
import { scaledBand } from './numerics/tolerance.ts';
import type { Problem } from './problem.ts';
import { ProgramStopped } from './stopped.ts';
import { answer, evaluated, off, problem, right, rightW } from './evaluate.testing.ts';
import type { Student } from './evaluate.testing.ts';

test('a right answer is accepted tensor by tensor, without a diagnosis', async () => {
  const evaluation = await evaluated(right);
  expect(Object.keys(evaluation)).toEqual(['tensors', 'notes', 'likeness']);
  expect(evaluation.likeness).toBeCloseTo(1, 12);
  expect(evaluation.tensors['W']).toMatchObject({ accepted: true, margin: 16, asked: 'probe 1' });
  expect(judgeTensor(evaluation, 'W', '∂L/∂W')).toStrictEqual({ earned: 1, notes: [], margin: 16 });
});

test('a wrong tensor is told with its place, its numbers and what explains it; the others keep their marks', async () => {
  const evaluation = await evaluated((n) => ({ W: rightW(n).map((w) => -w), b: [n] }));
  expect(judgeTensor(evaluation, 'b', '∂L/∂b').earned).toBe(1);
  const judged = judgeTensor(evaluation, 'W', '∂L/∂W');
  expect(judged).toMatchObject({
    earned: 0,
    margin: -3,
    finding: {
      asked: 'probe 1',
      says: '∂L/∂W is wrong; it differs most at [2].',
      yours: '4',
      expected: '-4',
      gaps: [{ name: 'W', distance: 2, tolerance: 2e-3 }],
    },
    diagnosis: { mistakes: ['sign'], says: expect.stringContaining('Mend sign.') as string },
  });
  expect(judged.diagnosis).toBe(evaluation.diagnosis);
});

test('a single number is told without a place, in six digits', async () => {
  const evaluation = await evaluated((n) => off(n, 1 / 3));
  expect(judgeTensor(evaluation, 'b', 'The bias').finding).toMatchObject({
    says: 'The bias is wrong.',
    yours: '1.33333',
    expected: '1',
  });
});

test('NaN in one answer makes no known mistake explain the others', async () => {
  const { diagnosis } = await evaluated((n) => ({ ...right(n), W: n === 1 ? rightW(n).map(() => NaN) : [n, n, n] }));
  expect(diagnosis).toMatchObject({ mistakes: [], certainty: 'unknown' });
  expect(diagnosis?.says).toContain('NaN');
});

test('what is not finite is called so, with its place where it has one', async () => {
  const evaluation = await evaluated((n) => ({ W: [n, NaN, n], b: [-Infinity] }));
  expect(judgeTensor(evaluation, 'W', 'The weight').finding!.says).toBe(
    'The weight holds NaN at [1]: not a finite number.',
  );
  expect(judgeTensor(evaluation, 'b', 'The bias').finding!.says).toBe('The bias is -Infinity: not a finite number.');
  expect(judgeTensor(evaluation, 'b', 'The bias').finding!.yours).toBe('-Infinity');
});

test('the worst probe is told, and the closest call of what is accepted', async () => {
  const worse = await evaluated((n) => off(n, n === 3 ? 0.5 : 0.1));
  expect(worse.tensors['b']).toMatchObject({ accepted: false, asked: 'probe 3', gap: { distance: 0.5 } });
  const closer = await evaluated((n) => off(n, n === 3 ? 1e-4 : 1e-5));
  expect(closer.tensors['b']).toMatchObject({ accepted: true, asked: 'probe 3' });
  expect(closer.tensors['b']!.margin).toBeCloseTo(Math.log10(2));
  const once = await evaluated((n) => off(n, n === 1 ? 0.5 : 0));
  expect(once.tensors['b']).toMatchObject({ accepted: false, asked: 'probe 1' });
});

test('between the ends of the band double precision decides, and only there is it asked', async () => {
  const asked: Precision[] = [];
  const student =
    (single: number, double: number): Student =>
    (n, precision) => {
      asked.push(precision);
      return off(n, precision === 'single' ? single : double);
    };
  expect((await evaluated(student(1e-3, 0))).tensors['b']).toMatchObject({ accepted: true, margin: 16 });
  expect(asked).toEqual(['single', 'single', 'double', 'double']);
  const wrong = (await evaluated(student(1e-3, 1e-3))).tensors['b'];
  expect(wrong).toMatchObject({ accepted: false, gap: { tolerance: 2e-4 } });
  asked.length = 0;
  await evaluated(student(1e-4, 0));
  await evaluated(student(1e-2, 0));
  expect(asked).toEqual(['single', 'single', 'single', 'single']);
});

test('double precision settles what is undecided and nothing else', async () => {
  const evaluation = await evaluated((n, precision) =>
    precision === 'single' ? { W: rightW(n).map((w) => 2 * w), b: [n * 1.001] } : right(n),
  );
  expect(evaluation.tensors['b']!.accepted).toBe(true);
  expect(evaluation.tensors['W']!.accepted).toBe(false);
});

test('where the work is in double precision already it is not asked again, and what is not accepted is wrong', async () => {
  const asked: Precision[] = [];
  const student: Student = (n, precision) => (asked.push(precision), off(n, 1e-3));
  expect((await evaluated(student, { precision: 'double' })).tensors['b']!.accepted).toBe(false);
  expect(asked).toEqual(['single', 'single']);
});

test("a stop in the grader's double precision is not charged, and staff are told with either judgement", async () => {
  const student: Student = (n, precision) =>
    precision === 'single' ? { W: [9, 9, 9], b: [n * 1.001] } : new ProgramStopped('crash', 'no such kernel');
  const evaluation = await evaluated(student);
  const staff =
    "In the grader's double precision the program stopped (no such kernel); judged on its answer in single precision.";
  expect(evaluation.staff).toBe(staff);
  expect(judgeTensor(evaluation, 'b', 'b')).toEqual({ earned: 1, notes: [], margin: 0, staff });
  expect(judgeTensor(evaluation, 'W', 'W')).toMatchObject({ earned: 0, staff });
  const ours: Student = (n, precision) => (precision === 'single' ? off(n, 1e-3) : new TypeError('ours'));
  await expect(evaluated(ours)).rejects.toThrow('ours');
  await expect(inDouble(() => Promise.resolve(7))).resolves.toBe(7);
});

test('a stop in single precision is the student’s', async () => {
  await expect(evaluated(() => new ProgramStopped('crash', 'theirs'))).rejects.toThrow(ProgramStopped);
});

test('likeness is that of the best tensor on its worst probe, whatever its sign', async () => {
  const likeness = async (student: Student) => (await evaluated(student)).likeness;
  expect(await likeness((n) => ({ W: rightW(n).map((w) => -w), b: [0] }))).toBeCloseTo(1);
  expect(await likeness((n) => ({ W: n === 1 ? rightW(n) : [2, -1, 0], b: [0] }))).toBeCloseTo(0, 12);
  expect(await likeness((n) => (n === 1 ? { W: rightW(n), b: [0] } : { b: [0] }))).toBe(0);
  expect(await likeness((n) => ({ W: [n, 0, 0], b: [0] }))).toBeCloseTo(1 / Math.sqrt(21));
  expect(await likeness(() => ({ W: [0, 0, 0], b: [0] }))).toBe(0);
});

test('a band of the problem stands in for the usual one', async () => {
  const rough = { band: scaledBand('rough', 0.1, 0.2, 'a test') };
  expect((await evaluated((n) => off(n, 0.09), rough)).tensors['b']!.accepted).toBe(true);
  expect((await evaluated((n) => off(n, 0.21), rough)).tensors['b']!.gap!.tolerance).toBe(0.2);
});

const bare: Evaluation = { tensors: {}, notes: [], likeness: 0 };

test('a tensor that the problem does not have is our mistake', () => {
  expect(() => judgeTensor(bare, 'x', 'x')).toThrow('The problem has no tensor x.');
});

test('an attempt is alike, recognised, or right in part; a stub and a program that stops are none', async () => {
  const is = (more: Partial<Evaluation>) => isAttempt(() => Promise.resolve({ ...bare, ...more }));
  expect([await is({ likeness: 0.2 }), await is({ likeness: 0.199 })]).toEqual([true, false]);
  const said = { mistakes: [], says: '', evidence: [] };
  expect(await is({ diagnosis: { ...said, certainty: 'family' } })).toBe(true);
  expect(await is({ diagnosis: { ...said, certainty: 'unknown' } })).toBe(false);
  const tensor = (accepted: boolean) => ({ accepted, margin: 0, asked: '' });
  expect(await is({ tensors: { a: tensor(false), b: tensor(true) } })).toBe(true);
  expect(await is({ tensors: { a: tensor(false) } })).toBe(false);
  expect(await isAttempt(() => Promise.reject(new ProgramStopped('missing', 'x')))).toBe(false);
  await expect(isAttempt(() => Promise.reject(new Error('ours')))).rejects.toThrow('ours');
});

test('two problems of one batch are judged by their own answers', async () => {
  const context = contextInProcess();
  const doubled = (n: number) => ({ W: rightW(n), b: [2 * n] });
  await evaluate(context, problem(right));
  const second = await evaluate(context, problem(doubled, { id: 'second', oracle: (n) => answer(doubled(n)) }));
  expect(second.tensors['b']!.accepted).toBe(true);
});

test('an answer that cannot be read is wrong whichever probe it belongs to, and is not asked again in double precision', async () => {
  const asked: Precision[] = [];
  const student: Student = (n, precision) => (asked.push(precision), right(n));
  const read: Problem<number>['read'] = (_, n) =>
    n === 3 ? { misread: { says: 'nothing' } } : { answer: answer(right(n)), notes: [] };
  const evaluation = await evaluated(student, { read });
  expect(evaluation.tensors['W']).toMatchObject({ accepted: false, asked: 'probe 3', misread: { says: 'nothing' } });
  expect(asked).toEqual(['single', 'single']);
});

test('an answer that cannot be read at first and can be later is no state of a right one', async () => {
  let reads = 0;
  const read: Problem<number>['read'] = (_, n) =>
    reads++ === 0 ? { misread: { says: 'nothing' } } : { answer: answer(right(n)), notes: [] };
  const evaluation = await evaluated(right, { once: false, read });
  expect(evaluation.diagnosis?.mistakes ?? []).not.toContain('kept-between-calls');
});

test('the digits that an answer lost on its way widen its own band, up to a limit', async () => {
  const asked: Precision[] = [];
  const lossy = (by: number, lost: number, more: Partial<Problem<number>> = {}) => {
    asked.length = 0;
    const read: Problem<number>['read'] = (_, n) => ({
      answer: answer({ W: rightW(n).map((w) => w * (1 + by)), b: [n * (1 + by)] }),
      notes: [],
      rounding: { b: lost * n },
    });
    return evaluated((n, precision) => (asked.push(precision), right(n)), { read, ...more });
  };
  const double = () => asked.includes('double');
  const accepted = await lossy(2.5e-4, 0.6e-4);
  expect([accepted.tensors['b']!.accepted, accepted.tensors['W']!.accepted]).toEqual([true, false]);
  expect((await lossy(2.5e-4, 0.4e-4)).tensors['b']!.accepted).toBe(false);
  expect((await lossy(2.9e-4, 1)).tensors['b']!.accepted).toBe(true);
  expect((await lossy(3.1e-4, 1)).tensors['b']!.accepted).toBe(false);
  expect((await lossy(2.1e-3, 0)).tensors['b']!.gap!.tolerance).toBe(2e-3);
  expect((await lossy(0.1, 0.5e-4)).tensors['b']!.gap!.tolerance).toBeCloseTo(2.05e-3, 12);
  expect(double()).toBe(false);
  // Zeros have no size of which a lost digit could be a share.
  const zeros = { oracle: () => answer({ b: [0] }), mistakes: [] };
  const near = (lost: number) =>
    lossy(0, 0, { ...zeros, read: () => ({ answer: answer({ b: [1.2e-6] }), notes: [], rounding: { b: lost } }) });
  expect((await near(1)).tensors['b']!.accepted).toBe(false);
  expect(double()).toBe(true);
});

test('a row of numbers has places, each index told', () => {
  const gap = compareTensor('W', arrayOf([[1, 3]]), arrayOf([[1, 2]]), scaledBand('mine', 0, 0, 'a test'));
  const tensors = { W: { accepted: false, margin: -1, asked: 'it', gap } };
  expect(judgeTensor({ ...bare, tensors }, 'W', 'The row').finding!.says).toBe(
    'The row is wrong; it differs most at [0, 1].',
  );
});
