/** One problem as a practice pack holds it: its question by name, drawn probes, and what is right and wrong there in numbers. */
import type { Variant } from '../key.ts';
import type { NdArray } from '../model/numbers.ts';
import type { PackedProblem, PackedVariant } from '../practice/pack.ts';
import { asJson } from '../practice/values-as-json.ts';
import { coarseEnough } from './coarse-enough.ts';
import { givesAway } from './gives-away.ts';
import type { AnyProblem } from '../problem.ts';
import type { Answer } from '../question.ts';
import type { Exported } from './recipe-of.ts';
import { recipeOf } from './recipe-of.ts';

/** A problem that cannot be packed, and why, for staff. */
interface Unpacked {
  because: string;
}

/** A pack is for many problems: one that would be larger than this, in characters, stays in the course. */
const largest = 600_000;

/** The problem at these probes, of which none is asked twice. `formulas` are the right ones of the sheet: no advice says them. */
export function packProblem(
  problem: AnyProblem,
  probes: readonly unknown[],
  exported: Exported,
  formulas: readonly string[],
): PackedProblem | Unpacked {
  if (problem.handedIn !== undefined) return { because: 'its numbers are what is handed in' };
  const recipe = recipeOf(problem, exported);
  if (recipe === undefined) return { because: 'no question file makes its question' };
  const precise = problem.precision === 'double' || problem.drawn === true;
  const stored = (answer: Answer): Answer => (precise ? answer : inSingle(answer));
  const right = probes.map((probe) => stored(problem.oracle(probe)));
  const { clues, band, names, precision, differences, id, title } = problem;
  // Numbers that are drawn, and those that are told apart by their last digits, are kept as they are.
  const rounded = problem.drawn !== true && band?.measure !== 'ulp';
  const shared = sharing();
  const packed = (array: NdArray, known: NdArray): number | null =>
    isSame(array, known) ? null : shared.put(rounded ? coarseEnough(array, precision) : array, known);
  const variant = ({ id, title, advice, family, compute }: Variant<unknown>): PackedVariant => ({
    ...{ id, title, ...(family !== undefined && { family }) },
    ...(advice !== undefined && advice !== '' && !givesAway(advice, formulas) && { advice }),
    answers: probes.map((probe, i) =>
      Object.fromEntries(
        Object.entries(stored(compute(probe))).map(([name, array]) => [name, packed(array, right[i]![name]!)]),
      ),
    ),
  });
  const [accepts, mistakes] = [(problem.accepts ?? []).map(variant), problem.mistakes.map(variant)];
  const whole: PackedProblem = {
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
    accepts,
    mistakes,
    arrays: asJson(shared.arrays),
    ...(band !== undefined && { band }),
    ...(problem.coarse !== undefined && { coarse: problem.coarse }),
    ...(problem.drawn !== undefined && { drawn: problem.drawn }),
    twins: (problem.twins ?? []).map(({ ids }) => ids),
    faint: Object.keys(problem.faint ?? {}),
    ...(clues?.quantities !== undefined && { quantities: probes.map((probe) => clues.quantities!(probe)) }),
    ...(clues?.order !== undefined && { order: clues.order }),
    ...(differences !== undefined && {
      differences: {
        are: differences.are,
        ...(differences.at !== undefined && { at: asJson(probes.map((probe) => differences.at!(probe))) }),
        ...(differences.lost !== undefined && { lost: probes.map((probe) => differences.lost!(probe)) }),
      },
    }),
  };
  const size = JSON.stringify(whole).length;
  return size > largest ? { because: `it would take ${Math.round(size / 1000)} kB` } : whole;
}

/** Every array once, however many mistakes give it; of one that is like the right one but for its numbers, the numbers. */
function sharing() {
  const places = new Map<string, number>();
  const arrays: unknown[] = [];
  const put = (array: NdArray, known: NdArray | undefined): number => {
    const isLike = known !== undefined && isAlike(array, known);
    const key = `${isLike ? '' : `${array.container} ${array.dtype} ${array.shape.join('x')}`}:${Array.from(array.data, (value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
    const place = places.get(key) ?? arrays.push(isLike ? array.data : array) - 1;
    places.set(key, place);
    return place;
  };
  return { arrays, put };
}

/** The student answers in single precision: more digits than that would only take room. */
const inSingle = (answer: Answer): Answer =>
  Object.fromEntries(
    Object.entries(answer).map(([name, array]) => [name, { ...array, data: array.data.map(Math.fround) }]),
  );

const isAlike = (array: NdArray, other: NdArray): boolean =>
  array.container === other.container && array.dtype === other.dtype && array.shape.join() === other.shape.join();

const isSame = (array: NdArray, other: NdArray | undefined): boolean =>
  other !== undefined && isAlike(array, other) && array.data.every((value, i) => Object.is(value, other.data[i]));
