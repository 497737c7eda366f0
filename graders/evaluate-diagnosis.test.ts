/** What an answer that is not accepted is told: readings, conventions, known mistakes, differences. */
import { expect, test } from 'vitest';
import { judgeTensor } from './evaluate.ts';
import type { Precision } from './model/guest.ts';
import { arrayOf, mapArray } from './numerics/arrays.ts';
import type { Problem } from './problem.ts';
import { ProgramStopped } from './stopped.ts';
import { answer, evaluated, halved, right, rightW, variant } from './evaluate.testing.ts';
import type { Numbers, Student } from './evaluate.testing.ts';

test('what could not be read is told in the words of the reading, without a margin', async () => {
  const misread = { says: 'It should be a list.' };
  const none = await evaluated(right, { read: () => ({ misread }) });
  expect(judgeTensor(none, 'W', 'W')).toStrictEqual({ earned: 0, finding: { asked: 'probe 1', ...misread } });
  expect(none.notes).toEqual([]);
  expect(none.likeness).toBe(0);
  const some = await evaluated(right, {
    read: (_, n) => ({ answer: answer({ W: rightW(n) }), notes: [], misreads: { b: misread } }),
  });
  expect(judgeTensor(some, 'b', 'b').finding).toEqual({ asked: 'probe 1', ...misread });
  expect(judgeTensor(some, 'W', 'W').earned).toBe(1);
  const absent = await evaluated((n) => ({ W: rightW(n) }));
  expect(judgeTensor(absent, 'b', 'b').finding).toEqual({ asked: 'probe 1', says: 'The answer has no b.' });
});

test('that readable answers show no mistake is no news where another could not be read; a mistake they show is', async () => {
  const half = (W: (n: number) => Numbers): Partial<Problem<number>> => ({
    read: (_, n) => (n === 1 ? { misread: { says: 'nothing' } } : { answer: answer({ W: W(n), b: [n] }), notes: [] }),
  });
  expect((await evaluated(right, half(rightW))).diagnosis).toBeUndefined();
  const sign = await evaluated(
    right,
    half((n) => rightW(n).map((w) => -w)),
  );
  expect(sign.diagnosis!.mistakes).toEqual(['sign']);
  // A tensor that could not be read is not the student's number, whatever stands in its place.
  const partly = await evaluated(right, {
    read: (_, n) => ({
      answer: answer({ ...right(n), W: rightW(n).map((w) => -w) }),
      notes: [],
      misreads: { b: { says: 'x' } },
    }),
  });
  expect(partly.diagnosis).toBeUndefined();
});

test('derivatives by differences are told where the sheet leaves that open, and refused where it asks for a derivation', async () => {
  const places = (n: number) => Array.from({ length: 20 }, (_, i) => n / 3 + i / 11);
  const by =
    (slope: (x: number) => number): Student =>
    (n) => ({ W: places(n).map(slope), b: [n] });
  const central = by((x) => (Math.exp(x + 1e-5) - Math.exp(x - 1e-5)) / 2e-5);
  const oracle = (n: number) => answer({ W: places(n).map(Math.exp), b: [n] });
  const probes = () => [1.25, 3.5];
  const asked = (are: 'told' | 'refused') => ({ probes, oracle, mistakes: [], differences: { are } });

  const told = await evaluated(central, asked('told'));
  const { earned, notes } = judgeTensor(told, 'W', '∂L/∂W');
  expect([earned, notes]).toEqual([
    1,
    [expect.stringMatching(/finite differences.*whole multiples.*no marks are lost\.$/)],
  ]);
  expect(judgeTensor(told, 'b', '∂L/∂b').notes).toEqual([]);

  const refused = await evaluated(central, asked('refused'));
  expect(judgeTensor(refused, 'W', '∂L/∂W')).toMatchObject({
    earned: 0,
    finding: { says: expect.stringMatching(/The sheet asks for a derivation\.$/) as string },
  });
  expect(judgeTensor(refused, 'b', '∂L/∂b').earned).toBe(1);

  // A power of two leaves no lattice that a derivative does not lie on; what rounding leaves is seen by asking once more.
  const binary = by((x) => (Math.exp(x + 2 ** -17) - Math.exp(x - 2 ** -17)) * 2 ** 16);
  const noisy = judgeTensor(await evaluated(binary, asked('told')), 'W', '∂L/∂W');
  expect([noisy.earned, noisy.notes]).toEqual([
    1,
    [expect.stringMatching(/finite differences.*change by about \de-1\d.*no marks are lost\.$/)],
  ]);
  expect(judgeTensor(await evaluated(binary, asked('refused')), 'W', '∂L/∂W').earned).toBe(0);

  for (const honest of [by(Math.exp), by((x) => Math.fround(Math.exp(x)))])
    expect(judgeTensor(await evaluated(honest, asked('refused')), 'W', '∂L/∂W')).toMatchObject({
      earned: 1,
      notes: [],
    });
  // A right program in double precision is asked each question once, and whoever stops when asked once more is not accused.
  let calls = 0;
  const counted: Student = (n) => (calls++, by(Math.exp)(n, 'single', 0));
  await evaluated(counted, asked('refused'));
  expect(calls).toBe(2);
  const stops: Student = (n, precision, call) =>
    call < 2 ? binary(n, precision, call) : new ProgramStopped('crash', 'no');
  expect(judgeTensor(await evaluated(stops, asked('refused')), 'W', '∂L/∂W').earned).toBe(1);
  expect(judgeTensor(await evaluated(central, { oracle, mistakes: [] }), 'W', '∂L/∂W').notes).toEqual([]);
});

test('a wrong answer that nothing explains has a diagnosis that says so', async () => {
  const evaluation = await evaluated((n) => ({ W: [n, n * n, 7], b: [5] }));
  expect(evaluation.diagnosis).toMatchObject({ mistakes: [], certainty: 'unknown' });
});

const doubledBias = variant('twice the bias', (n) => ({ W: rightW(n), b: [2 * n] }));

test('one convention is recognised for all probes and tensors, and is a note', async () => {
  const accepts = [doubledBias, halved];
  const student: Student = (n) => ({ W: rightW(n).map((w) => w / 2), b: [n] });
  const evaluation = await evaluated(student, { accepts });
  expect(judgeTensor(evaluation, 'W', 'W')).toMatchObject({ earned: 1, notes: ['half of it'] });
  // Half of it for the first probe and the oracle for the second is neither.
  const mixed = await evaluated((n) => (n === 1 ? { W: rightW(n).map((w) => w / 2), b: [n] } : right(n)), { accepts });
  expect([mixed.tensors['W']!.accepted, mixed.notes]).toEqual([false, []]);
});

test('the oracle wins ties, an accepted tensor outweighs any undecided one, and an undecided one outweighs nothing', async () => {
  const tie = await evaluated((n) => ({ W: [9, 9, 9], b: [n] }), { accepts: [halved] });
  expect(tie.notes).toEqual([]);
  // Accepted by the variant in W alone; undecided by the oracle in b alone.
  const outweighed = await evaluated((n) => ({ W: rightW(n).map((w) => w / 2), b: [n * 1.001] }), {
    accepts: [variant('another', (n) => ({ W: rightW(n).map((w) => w / 2), b: [-n] }))],
  });
  expect(outweighed.notes).toEqual(['another']);
  const undecided = await evaluated(
    (n, precision) => ({ W: [9, 9, 9], b: [2 * n * (precision === 'single' ? 1.001 : 1)] }),
    {
      accepts: [doubledBias],
    },
  );
  expect([undecided.notes, undecided.tensors['b']!.accepted]).toEqual([['twice the bias'], true]);
  // Two undecided ones of the oracle against one accepted one.
  const two = await evaluated((n) => ({ W: rightW(n).map((w) => w * 1.001), b: [n * 1.001] }), {
    accepts: [variant('bias only', (n) => ({ W: [-n, -n, -n], b: [n * 1.001] }))],
  });
  expect(two.notes).toEqual(['bias only']);
});

test('notes of the readings follow the convention, each once', async () => {
  const noted = (notes: string[]): Partial<Problem<number>> => ({
    accepts: [halved],
    read: (_, n) => ({ answer: answer({ W: rightW(n).map((w) => w / 2), b: [n] }), notes: [...notes, `of ${n}`] }),
  });
  expect((await evaluated(right, noted(['as a list']))).notes).toEqual(['half of it', 'as a list', 'of 1', 'of 3']);
});

test('an answer that is a known mistake to the usual tolerance is named, and one ten times that far is not', async () => {
  const nearly =
    (by: number): Student =>
    (n) => ({ W: mapArray(arrayOf(rightW(n)), (w) => -w * (1 + by)).data as unknown as Numbers, b: [n] });
  const named = async (by: number, precision: Precision) =>
    (await evaluated(nearly(by), { precision })).diagnosis!.mistakes;
  expect([await named(1.5e-4, 'single'), await named(0.8e-9, 'double')]).toEqual([['sign'], ['sign']]);
  expect(await named(1e-3, 'single')).not.toEqual(['sign']);
  expect(await named(5e-9, 'double')).not.toEqual(['sign']);
});
