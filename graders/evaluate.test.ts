import { expect, test } from 'vitest';
import { batchOf, contextInProcess } from './check-context.testing.ts';
import type { Evaluation } from './evaluate.ts';
import { evaluate, inDouble, isAttempt, judgeTensor } from './evaluate.ts';
import { standIn } from './mistakes/stand-in.testing.ts';
import type { Precision } from './model/guest.ts';
import { arrayOf, mapArray } from './numerics/arrays.ts';
import { compareTensor } from './numerics/compare.ts';
import { scaledBand } from './numerics/tolerance.ts';
import type { Variant } from './key.ts';
import type { Problem } from './problem.ts';
import type { Answer, Answered } from './question.ts';
import { ProgramStopped } from './stopped.ts';

type Numbers = readonly number[];
/** What a student sends: two tensors, or any of them left out. */
type Sent = Partial<Record<'W' | 'b', Numbers>>;
type Student = (n: number, precision: Precision, call: number) => Sent | Error;

const rightW = (n: number): number[] => [n, 2 * n, -4 * n];
const right = (n: number): Required<Sent> => ({ W: rightW(n), b: [n] });
const answer = (sent: Sent): Answer =>
  Object.fromEntries(Object.entries(sent).map(([name, of]) => [name, arrayOf([...of])]));
const variant = (id: string, compute: (n: number) => Sent): Variant<number> => ({
  id,
  title: id,
  advice: `Mend ${id}.`,
  compute: (n) => answer(compute(n)),
});
const negated = variant('sign', (n) => ({ W: rightW(n).map((w) => -w), b: [n] }));

/** The problem as this student answers it, at the probes 1 and 3, each asked once. */
const problem = (student: Student, more: Partial<Problem<number>> = {}): Problem<number> => {
  let calls = 0;
  return standIn<number>({
    id: 'p',
    precision: 'single',
    probes: () => [1, 3],
    once: true,
    describe: (n) => `probe ${n}`,
    oracle: (n) => answer(right(n)),
    mistakes: [negated],
    ask: ({ precision }, n): Promise<Answered> => {
      const sent = student(n, precision, calls++);
      if (sent instanceof Error) return Promise.reject(sent);
      return Promise.resolve({ value: { kind: 'record', entries: { ...answer(sent) } } });
    },
    ...more,
  });
};
const evaluated = (student: Student, more: Partial<Problem<number>> = {}) =>
  evaluate(contextInProcess(), problem(student, more));
const off = (n: number, by: number): Sent => ({ ...right(n), b: [n * (1 + by)] });

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
  const asked = (are: 'told' | 'refused') => ({ oracle, mistakes: [], differences: { are } });

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

  for (const honest of [by(Math.exp), by((x) => Math.fround(Math.exp(x)))])
    expect(judgeTensor(await evaluated(honest, asked('refused')), 'W', '∂L/∂W')).toMatchObject({
      earned: 1,
      notes: [],
    });
  expect(judgeTensor(await evaluated(central, { oracle, mistakes: [] }), 'W', '∂L/∂W').notes).toEqual([]);
});

test('a wrong answer that nothing explains has a diagnosis that says so', async () => {
  const evaluation = await evaluated((n) => ({ W: [n, n * n, 7], b: [5] }));
  expect(evaluation.diagnosis).toMatchObject({ mistakes: [], certainty: 'unknown' });
});

const halved = variant('half of it', (n) => ({ W: rightW(n).map((w) => w / 2), b: [n] }));
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

test('what is right is computed once for all students, and each of them is asked once however many checks judge it', async () => {
  let oracles = 0;
  let asked = 0;
  const counted = problem((n) => (asked++, right(n)), { oracle: (n) => (oracles++, answer(right(n))), mistakes: [] });
  const batch = batchOf();
  const contexts = [contextInProcess(batch), contextInProcess(batch)];
  await evaluate(contexts[0]!, counted);
  const once = oracles;
  expect(await evaluate(contexts[0]!, counted)).toBe(await evaluate(contexts[0]!, counted));
  await evaluate(contexts[1]!, counted);
  expect([oracles, asked]).toEqual([once, 4]);
  await evaluate(contextInProcess(), counted);
  expect(oracles).toBeGreaterThan(once);
});

test('a first answer that is right and a later one to the same question that is not is something kept between calls', async () => {
  const again: Partial<Problem<number>> = { once: false };
  const keeps = await evaluated((n, _, call) => (call === 2 ? { W: [9, 9, 9], b: [n] } : right(n)), again);
  expect(judgeTensor(keeps, 'W', 'W')).toMatchObject({
    earned: 0,
    finding: { asked: 'probe 1, asked once more' },
    diagnosis: { mistakes: ['kept-between-calls'], certainty: 'consistent' },
  });
  expect(keeps.diagnosis!.says).toMatch(
    /^The first answer to the same question was right: your program keeps something/,
  );
  expect(keeps.diagnosis!.evidence).toEqual([
    'The first probe was asked once more after the others, in the same process.',
  ]);
  const same = await evaluated((n) => ({ W: rightW(n).map((w) => -w), b: [n] }), again);
  expect(same.tensors['W']!.asked).toBe('probe 1');
  expect(same.diagnosis!.mistakes).toEqual(['sign']);
  // Where the first answers are wrong as well they are what is explained.
  const both = await evaluated(
    (n, _, call) => (call === 2 ? { W: [9, 9, 9], b: [9] } : { W: rightW(n).map((w) => -w), b: [n] }),
    again,
  );
  expect(both.diagnosis!.mistakes).toEqual(['sign']);
  // A convention that is accepted is right the first time too.
  const half = (n: number) => ({ W: rightW(n).map((w) => w / 2), b: [n] });
  const accepted = await evaluated((n, _, call) => (call === 2 ? { W: [9, 9, 9], b: [n] } : half(n)), {
    ...again,
    accepts: [halved],
  });
  expect([accepted.notes, accepted.tensors['W']!.asked]).toEqual([['half of it'], 'probe 1, asked once more']);
  expect(accepted.diagnosis!.mistakes).toEqual(['kept-between-calls']);
  // Between the bands an answer may be wrong both times: nothing has changed then.
  expect((await evaluated((n) => off(n, 1e-3), again)).diagnosis!.mistakes).not.toContain('kept-between-calls');
  expect((await evaluated(right, again)).diagnosis).toBeUndefined();
});

test('nothing is kept between calls where nothing was asked twice', async () => {
  const evaluation = await evaluated((n) => ({ ...right(n), W: [9, 9, 9] }));
  expect(evaluation.diagnosis!.mistakes).not.toContain('kept-between-calls');
});

test('a program that is asked alone is opened anew for its first probe only', async () => {
  const opened: Precision[] = [];
  const context = contextInProcess(batchOf(), (precision) => opened.push(precision));
  await evaluate(context, problem(right, { id: 'before' }));
  await evaluate(context, problem(right, { id: 'beside' }));
  expect(opened).toEqual(['single']);
  await evaluate(context, problem(right, { id: 'alone', alone: true, probes: () => [1, 2, 3] }));
  expect(opened).toEqual(['single', 'single']);
});

test('the automatic differentiation of any call is told, the first one', async () => {
  const uses = (...names: (string | undefined)[]) => {
    let call = 0;
    return evaluated(right, {
      ask: (_, n) => {
        const differentiated = names[call++];
        const value = { kind: 'record' as const, entries: { ...answer(right(n)) } };
        return Promise.resolve({ value, ...(differentiated !== undefined && { differentiated }) });
      },
    });
  };
  expect((await uses(undefined, 'tf.grads')).differentiated).toBe('tf.grads');
  expect((await uses('tf.grad', 'tf.grads')).differentiated).toBe('tf.grad');
  expect(Object.keys(await uses())).not.toContain('differentiated');
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
