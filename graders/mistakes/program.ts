/**
 * The shape of every known mistake. A program is a readable computation whose every debatable step is a named rule; a
 * mistake replaces some rules and leaves the rest. So one computation serves the right answer, all single mistakes, and
 * any two of them together.
 *
 * ```ts
 * import assert from 'node:assert/strict';
 * import { arrayOf } from 'gradmark/arrays';
 * import type { Program } from 'gradmark/mistakes/program';
 * import { mistake, variantsOf } from 'gradmark/mistakes/program';
 *
 * interface Rules {
 *   reduce(xs: number[]): number;
 * }
 * const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
 * const loss: Program<number[], Rules> = {
 *   right: { reduce: (xs) => sum(xs) / xs.length },
 *   run: (xs, rules) => ({ loss: arrayOf([rules.reduce(xs)]) }),
 * };
 * const [summed] = variantsOf(loss, [mistake<Rules>('sum', 'sum instead of mean', 'Divide by n.', { reduce: sum })]);
 * assert.deepEqual([...summed!.compute([1, 2, 3])['loss']!.data], [6]);
 * ```
 */
import type { Named, Variant } from '../key.ts';
import { mistakeMaker } from '../key.ts';
import type { Answer } from '../question.ts';

/** A computation with exchangeable steps. `run` with the `right` rules is the oracle's answer. */
export interface Program<Probe, Rules extends object> {
  right: Rules;
  run(probe: Probe, rules: Rules): Answer;
}

/** The program of a topic asked by a problem's own probes, with the answer under the problem's own names. */
export const adapt = <Case, Rules extends object, Probe>(
  program: Program<Case, Rules>,
  toCase: (probe: Probe) => Case,
  toAnswer: (answer: Answer) => Answer = (answer) => answer,
): Program<Probe, Rules> => ({
  right: program.right,
  run: (probe, rules) => toAnswer(program.run(toCase(probe), rules)),
});

/** A known mistake as data: what to call it, what to tell the student, and which rules it changes. */
export interface Mistake<Rules> extends Named {
  /** Mistakes of one family differ only by a scale factor or a permutation. */
  family?: string;
  apply(right: Rules): Rules;
}

/** Other rules in place of some of the right ones, which they may build on. */
export type Change<Rules> = Partial<Rules> | ((right: Rules) => Partial<Rules>);

/** The slip of a mistake that puts other rules in place of some of the right ones. */
export const replacing = <Rules extends object>(change: Change<Rules>): { apply(right: Rules): Rules } => ({
  apply: (right) => ({ ...right, ...(typeof change === 'function' ? change(right) : change) }),
});

/** A mistake that puts other rules in place of some of the right ones. */
export const mistake = mistakeMaker(replacing);

/** A mistake bound to a problem's probes. It knows how to be made together with another one. */
export interface SwitchedVariant<Probe> extends Variant<Probe> {
  advice: string;
  /** Both mistakes at once; undefined when they change the same step, so that one would hide the other. */
  together(other: Variant<Probe>): SwitchedVariant<Probe> | undefined;
}

interface Bound<Probe, Rules extends object> extends SwitchedVariant<Probe> {
  program: Program<Probe, Rules>;
  mistake: Mistake<Rules>;
}

/** Binds mistakes to a program, so that a problem can list them. */
export function variantsOf<Probe, Rules extends object>(
  program: Program<Probe, Rules>,
  mistakes: readonly Mistake<Rules>[],
): SwitchedVariant<Probe>[] {
  return mistakes.map((mistake) => bind(program, mistake));
}

function bind<Probe, Rules extends object>(
  program: Program<Probe, Rules>,
  mistake: Mistake<Rules>,
): Bound<Probe, Rules> {
  const { id, title, advice, family } = mistake;
  const rules = mistake.apply(program.right);
  return {
    id,
    title,
    advice,
    ...(family === undefined ? {} : { family }),
    program,
    mistake,
    compute: (probe) => program.run(probe, rules),
    together: (other) => {
      if (!isBoundTo(program, other)) return undefined;
      const theirs = changedRules(program.right, other.mistake);
      if (changedRules(program.right, mistake).some((rule) => theirs.includes(rule))) return undefined;
      return bind(program, both(mistake, other.mistake));
    },
  };
}

const isBoundTo = <Probe, Rules extends object>(
  program: Program<Probe, Rules>,
  variant: Variant<Probe>,
): variant is Bound<Probe, Rules> => (variant as Partial<Bound<Probe, Rules>>).program === program;

function changedRules<Rules extends object>(right: Rules, mistake: Mistake<Rules>): (keyof Rules)[] {
  const changed = mistake.apply(right);
  return (Object.keys(right) as (keyof Rules)[]).filter((rule) => changed[rule] !== right[rule]);
}

const both = <Rules>(a: Mistake<Rules>, b: Mistake<Rules>): Mistake<Rules> => ({
  id: `${a.id}+${b.id}`,
  title: `${a.title}, and ${b.title}`,
  advice: `${a.advice} ${b.advice}`,
  apply: (right) => b.apply(a.apply(right)),
});

/** All two-mistake programs of a list, for `audit`: mistakes that change the same step are left out. */
export function pairs<Probe>(variants: readonly Variant<Probe>[]): SwitchedVariant<Probe>[] {
  const found: SwitchedVariant<Probe>[] = [];
  variants.forEach((first, i) => {
    if (!isSwitched(first)) return;
    for (const second of variants.slice(i + 1)) {
      const pair = first.together(second);
      if (pair) found.push(pair);
    }
  });
  return found;
}

/** Whether a variant knows how to be made together with another one. */
export const isSwitched = <Probe>(variant: Variant<Probe>): variant is SwitchedVariant<Probe> =>
  typeof (variant as Partial<SwitchedVariant<Probe>>).together === 'function';
