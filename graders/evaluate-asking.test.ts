/** What is asked, how often and of whom, and what is remembered of it. */
import { expect, test } from 'vitest';
import { batchOf, contextInProcess } from './check-context.testing.ts';
import { evaluate, judgeTensor } from './evaluate.ts';
import type { Precision } from './model/guest.ts';
import type { Problem } from './problem.ts';
import { answer, evaluated, halved, off, problem, right, rightW } from './evaluate.testing.ts';

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
  // Where only the very first one is right, and no mistake explains the others, it is what was kept until then.
  const nine = (n: number) => ({ W: [9, n, 9], b: [n] });
  const later = await evaluated((n, _, call) => (call === 0 ? right(n) : nine(n)), again);
  expect(later.diagnosis!.mistakes).toEqual(['kept-between-calls']);
  const never = await evaluated((n, _, call) => (call === 2 ? { W: [8, n, 9], b: [n] } : nine(n)), again);
  expect(never.diagnosis!.certainty).toBe('unknown');
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
