/** One problem as a practice pack holds it: its question by name, drawn probes, and what is right and wrong there in numbers. */
import type { Variant } from '../key.ts';
import type { NdArray } from '../model/numbers.ts';
import type { PackedProblem, PackedVariant } from '../practice/pack.ts';
import { asJson } from '../practice/values-as-json.ts';
import type { AnyProblem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { Exported } from './recipe-of.ts';
import { recipeOf } from './recipe-of.ts';

/** A problem that cannot be packed, and why, for staff. */
interface Unpacked {
  because: string;
}

/** A pack is for many problems: one that would be larger than this, in characters, stays in the course. */
const largest = 800_000;

/** The problem at these probes, of which none is asked twice. */
export function packProblem(
  problem: AnyProblem,
  probes: readonly unknown[],
  exported: Exported,
): PackedProblem | Unpacked {
  if (problem.handedIn !== undefined) return { because: 'its numbers are what is handed in' };
  const recipe = recipeOf(problem, exported);
  if (recipe === undefined) return { because: 'no question file makes its question' };
  const precise = problem.precision === 'double' || problem.drawn === true;
  const stored = (answer: Answer): Answer => (precise ? answer : inSingle(answer));
  const right = probes.map((probe) => stored(problem.oracle(probe)));
  const variant = ({ id, title, advice, family, compute }: Variant<unknown>): PackedVariant => ({
    ...{ id, title, ...(advice !== undefined && advice !== '' && { advice }), ...(family !== undefined && { family }) },
    answers: asJson(probes.map((probe, i) => onlyOther(stored(compute(probe)), right[i]!))),
  });
  const { clues, band, names, precision, id, title } = problem;
  const packed: PackedProblem = {
    question: {
      ...recipe,
      ...{ id, title, precision, says: probes.map((probe) => problem.describe(probe)) },
      ...(names !== undefined && { names }),
      ...(problem.alone !== undefined && { alone: problem.alone }),
      ...(problem.drawsAnew !== undefined && { drawsAnew: problem.drawsAnew }),
      ...(problem.once !== undefined && { once: problem.once }),
      ...(problem.seenAs !== undefined && { seenAs: problem.seenAs }),
    },
    probes: asJson(probes),
    right: asJson(right),
    accepts: (problem.accepts ?? []).map(variant),
    mistakes: problem.mistakes.map(variant),
    ...(band !== undefined && { band }),
    ...(problem.coarse !== undefined && { coarse: problem.coarse }),
    ...(problem.drawn !== undefined && { drawn: problem.drawn }),
    twins: (problem.twins ?? []).map(({ ids }) => ids),
    faint: Object.keys(problem.faint ?? {}),
    ...(clues?.quantities !== undefined && { quantities: probes.map((probe) => clues.quantities!(probe)) }),
    ...(clues?.order !== undefined && { order: clues.order }),
  };
  const size = JSON.stringify(packed).length;
  return size > largest ? { because: `it would take ${Math.round(size / 1000)} kB` } : packed;
}

/** The student answers in single precision: more digits than that would only take room. */
const inSingle = (answer: Answer): Answer =>
  mapped(answer, (array) => ({ ...array, data: array.data.map(Math.fround) })) as Answer;

/** The answer with null for every tensor that is the right one. */
const onlyOther = (answer: Answer, right: Answer): Record<string, NdArray | null> =>
  mapped(answer, (array, name) => (isSame(array, right[name]) ? null : array));

const mapped = (answer: Answer, of: (array: NdArray, name: string) => NdArray | null): Record<string, NdArray | null> =>
  Object.fromEntries(Object.entries(answer).map(([name, array]) => [name, of(array, name)]));

const isSame = (array: NdArray, other: NdArray | undefined): boolean =>
  other !== undefined &&
  array.container === other.container &&
  array.dtype === other.dtype &&
  array.shape.join() === other.shape.join() &&
  array.data.every((value, i) => Object.is(value, other.data[i]));
