/** Problems of two tensors, as a student of a test answers them. */
import { contextInProcess } from './check-context.testing.ts';
import { evaluate } from './evaluate.ts';
import type { Variant } from './key.ts';
import { standIn } from './mistakes/stand-in.testing.ts';
import type { Precision } from './model/guest.ts';
import { arrayOf } from './numerics/arrays.ts';
import type { Problem } from './problem.ts';
import type { Answer, Answered } from './question.ts';

export type Numbers = readonly number[];
/** What a student sends: two tensors, or any of them left out. */
export type Sent = Partial<Record<'W' | 'b', Numbers>>;
export type Student = (n: number, precision: Precision, call: number) => Sent | Error;

export const rightW = (n: number): number[] => [n, 2 * n, -4 * n];
export const right = (n: number): Required<Sent> => ({ W: rightW(n), b: [n] });
export const answer = (sent: Sent): Answer =>
  Object.fromEntries(Object.entries(sent).map(([name, of]) => [name, arrayOf([...of])]));
export const variant = (id: string, compute: (n: number) => Sent): Variant<number> => ({
  id,
  title: id,
  advice: `Mend ${id}.`,
  compute: (n) => answer(compute(n)),
});
export const negated = variant('sign', (n) => ({ W: rightW(n).map((w) => -w), b: [n] }));
export const halved = variant('half of it', (n) => ({ W: rightW(n).map((w) => w / 2), b: [n] }));

/** The problem as this student answers it, at the probes 1 and 3, each asked once. */
export const problem = (student: Student, more: Partial<Problem<number>> = {}): Problem<number> => {
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
export const evaluated = (student: Student, more: Partial<Problem<number>> = {}) =>
  evaluate(contextInProcess(), problem(student, more));
export const off = (n: number, by: number): Sent => ({ ...right(n), b: [n * (1 + by)] });
