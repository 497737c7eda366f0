/**
 * Judging is bounded by sizes: whatever arrives has at most the size that the protocol allows, what is judged has the shape
 * that was asked for, and diagnosis compares it with a known number of mistakes. So an answer of the worst kind costs the grader
 * about as much as a wrong one.
 */
import { describe, expect, it } from 'vitest';
import { batchOf, contextInProcess } from '../check-context.testing.ts';
import { cpuMsOf } from '../cpu-time.testing.ts';
import { evaluate } from '../evaluate.ts';
import type { Value } from '../model/guest.ts';
import { atNight } from '../nightly.testing.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { AnyProblem } from '../problem.ts';
import type { Answer } from '../question.ts';
import { record } from '../values.ts';
import { gradsProblem } from './boston-init-mnist-grads/q3c.ts';
import { backwardProblem } from './descent-components-digits/q1-4a-key.ts';
import { largest } from './largest-values.testing.ts';
import { oneSample } from './vectors-relu-fashion-backprop/p5q3.ts';

const problems: Readonly<Record<string, AnyProblem>> = {
  'gradients of a model': gradsProblem,
  'a step on one sample': oneSample.first,
  'a linear layer': backwardProblem,
};

/** In the shape that was asked for. */
const strange: Readonly<Record<string, (right: Answer) => Answer>> = {
  'nothing finite': (right) => changed(right, () => NaN),
  'the largest numbers': (right) => changed(right, (_, i) => (i % 2 === 0 ? 1 : -1) * Number.MAX_VALUE),
  'the smallest numbers': (right) => changed(right, () => Number.MIN_VALUE),
  'numbers of no known origin': (right) => changed(right, (v, i) => v + Math.sin(7 * i + 1)),
};
const changed = (answer: Answer, by: (v: number, i: number) => number): Answer =>
  Object.fromEntries(Object.entries(answer).map(([name, { shape, data }]) => [name, makeArray(shape, data.map(by))]));

/** Names under which questions look for parts of an answer. */
const named = (value: Value) =>
  record({ weights: value, biases: value, W: value, b: value, dW: value, db: value, dx: value });

const answering = (problem: AnyProblem, answer: (probe: unknown) => Value): AnyProblem => ({
  ...problem,
  ask: (_, probe) => Promise.resolve({ value: answer(probe), argsAfter: [answer(probe)] }),
});

describe.each(atNight(Object.entries(problems), 2))('%s', (_, problem) => {
  /** As in a class: probes and the answers of known mistakes are found for the first answer, and that pays for them. */
  const batch = batchOf();

  /** Processor time of judging it, and how much is then said. */
  async function judging(answer: (probe: unknown) => Value) {
    let said = 0;
    const ms = await cpuMsOf(async () => {
      const evaluation = await evaluate(contextInProcess(batch), answering(problem, answer));
      expect(Object.values(evaluation.tensors).some(({ accepted }) => accepted)).toBe(false);
      said = JSON.stringify(evaluation, (key, value: unknown) => (key === 'heat' ? undefined : value)).length;
    });
    return { ms, said };
  }

  it.each(Object.entries(largest))('%s costs seconds at most, and few words', async (_name, make) => {
    const value = make();
    for (const answer of [value, named(value)]) {
      const { ms, said } = await judging(() => answer);
      expect(ms).toBeLessThan(4000);
      expect(said).toBeLessThan(20_000);
    }
  });

  it.each(Object.entries(strange))('%s cost seconds at most, and few words', async (_name, change) => {
    const { ms, said } = await judging((probe) => problem.write(change(problem.oracle(probe)), probe));
    expect(ms).toBeLessThan(4000);
    expect(said).toBeLessThan(20_000);
  });
});
