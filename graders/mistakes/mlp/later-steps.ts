/** Later steps of one network on single samples: what a program keeps from one call to the next shows there. */
import type { Mat, Vec } from '../../../reference/oracles/linear-algebra.ts';
import { makeArray, zipArrays } from '../../numerics/arrays.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { Answer } from '../../question.ts';
import type { Mistake, Program } from '../program.ts';
import { mistake } from '../program.ts';
import type { MlpCase } from './backprop.ts';
import { backprop, rightRules } from './backprop.ts';
import { named, wholeNet } from './views.ts';

/** A network, and the batches of its steps, one after the other. */
export interface StepsCase extends Omit<MlpCase, 'X' | 'Y' | 'learningRate'> {
  steps: { X: Mat; Y: Mat }[];
  rate: number;
}

interface Parameters {
  W: Mat[];
  b: Vec[];
}

interface StepsRules {
  /** Which batch the gradients of this step belong to. */
  sample(step: number): number;
  /** What a step moves along, from the gradients of this step and of the earlier ones. */
  along(now: Answer, earlier: readonly Answer[]): Answer;
}

const combined = (a: Answer, b: Answer, f: (x: number, y: number) => number): Answer =>
  Object.fromEntries(Object.entries(a).map(([name, array]) => [name, zipArrays(array, b[name]!, f)]));

const plus = (a: Answer, b: Answer): Answer => combined(a, b, (x, y) => x + y);
const minus = (a: Answer, b: Answer): Answer => combined(a, b, (x, y) => x - y);

const gradientsAt = (given: StepsCase, at: Parameters, step: number): Answer =>
  named(backprop({ ...given, ...at, ...given.steps[step]! }, rightRules), wholeNet(at.W.length));

const moved = ({ W, b }: Parameters, along: Answer, rate: number): Parameters => ({
  W: W.map((rows, l) => {
    const { data } = along[`W${l + 1}`]!;
    return rows.map((row, i) => row.map((w, j) => w - rate * data[i * row.length + j]!));
  }),
  b: b.map((bias, l) => bias.map((v, j) => v - rate * along[`b${l + 1}`]!.data[j]!)),
});

/** The right gradients of every step. */
function rightSteps(given: StepsCase): Answer[] {
  let at: Parameters = given;
  return given.steps.map((_, k) => {
    const gradients = gradientsAt(given, at, k);
    at = moved(at, gradients, given.rate);
    return gradients;
  });
}

/**
 * Every step is judged from where the steps before it have led: the right gradients along the right way, plus what the step
 * differs from the right one at the network's own weights. So a mistake in one tensor does not show in the others. Stacked:
 * W1 has the shape steps × inputs × outputs.
 */
export const stepsProgram: Program<StepsCase, StepsRules> = {
  right: { sample: (step) => step, along: (now) => now },
  run(given, rules) {
    const right = rightSteps(given);
    const earlier: Answer[] = [];
    let at: Parameters = given;
    const seen = right.map((gradients, k) => {
      const now = gradientsAt(given, at, rules.sample(k));
      const along = rules.along(now, earlier);
      const error = minus(along, gradientsAt(given, at, k));
      earlier.push(now);
      at = moved(at, along, given.rate);
      return plus(gradients, error);
    });
    return stacked(seen);
  },
};

/** The steps that a program took, by the parameters after each of them, as `stepsProgram` answers; not finite: as right. */
export function stepsFrom(given: StepsCase, seen: readonly { before: Parameters; gradients: Answer }[]): Answer {
  const right = rightSteps(given);
  return stacked(
    seen.map(({ before, gradients }, k) =>
      // Where a step before has left what is no number, nothing can be said of this one.
      isFinite(before) ? plus(right[k]!, minus(gradients, gradientsAt(given, before, k))) : right[k]!,
    ),
  );
}

/** The inverse of `stepsFrom`: what each step of the program moved along. */
export function stepsAlong(given: StepsCase, answer: Answer): Answer[] {
  const right = rightSteps(given);
  let at: Parameters = given;
  return right.map((gradients, k) => {
    const told = Object.fromEntries(Object.entries(answer).map(([name, all]) => [name, slice(all, k)]));
    const along = plus(minus(told, gradients), gradientsAt(given, at, k));
    at = moved(at, along, given.rate);
    return along;
  });
}

const isFinite = ({ W, b }: Parameters): boolean => [...W.flat(), ...b].every((row) => row.every(Number.isFinite));

const stacked = (answers: readonly Answer[]): Answer =>
  Object.fromEntries(
    Object.entries(answers[0]!).map(([name, { shape }]) => [
      name,
      makeArray(
        [answers.length, ...shape],
        answers.flatMap((answer) => Array.from(answer[name]!.data)),
      ),
    ]),
  );

const slice = ({ shape, data }: NdArray, step: number): NdArray => {
  const size = data.length / shape[0]!;
  return makeArray(shape.slice(1), data.slice(step * size, (step + 1) * size));
};

const m = mistake<StepsRules>;

const velocity =
  (momentum: number): StepsRules['along'] =>
  (now, earlier) =>
    combined(
      now,
      // Horner: v = g + m (g₋₁ + m (g₋₂ + …)).
      earlier.reduce(
        (v, gradient) => combined(gradient, v, (g, old) => g + momentum * old),
        combined(now, now, () => 0),
      ),
      (g, old) => g + momentum * old,
    );
const times =
  (factor: (step: number) => number): StepsRules['along'] =>
  (now, earlier) =>
    combined(now, now, (g) => factor(earlier.length) * g);

/** Slips of plain gradient descent from one call to the next. */
export const stepsMistakes: readonly Mistake<StepsRules>[] = [
  m('momentum', 'momentum 0.9', 'Plain gradient descent keeps no velocity from one call to the next.', {
    along: velocity(0.9),
  }),
  m(
    'momentum-of-weights',
    'momentum 0.9 for the weights',
    'Plain gradient descent keeps no velocity from one call to the next.',
    {
      along: (now, earlier) => {
        const moved = velocity(0.9)(now, earlier);
        return Object.fromEntries(
          Object.entries(now).map(([name, g]) => [name, name.startsWith('b') ? g : moved[name]!]),
        );
      },
    },
  ),
  m('accumulates', 'gradients of earlier calls are added', 'Start every call with fresh gradients.', {
    along: velocity(1),
  }),
  m('stale-input', 'the first sample is kept', 'Use the sample of this call: run the forward pass anew.', {
    sample: () => 0,
  }),
  m('stale-gradient', 'the gradients of the first call are kept', 'Compute the gradients anew in every call.', {
    along: (now, earlier) => earlier[0] ?? now,
  }),
  m('previous-gradient', 'the gradients of the call before', 'Use the gradients of this call.', {
    along: (now, earlier) => earlier.at(-1) ?? now,
  }),
  m('decay', 'a learning rate that is divided by the number of calls', 'Use lr as it is passed in, in every call.', {
    along: times((step) => 1 / (step + 1)),
  }),
  m('halving', 'a learning rate that is halved at every call', 'Use lr as it is passed in, in every call.', {
    along: times((step) => 0.5 ** step),
  }),
  m('once', 'only the first call takes a step', 'Take a step at every call.', {
    along: times((step) => Number(step === 0)),
  }),
];
