/** The gradient of a program's own function, by finite differences: nothing else has to know what is right. */
import type { NamedArrays } from '../numerics/arrays.ts';
import { maxAbs, toNested } from '../numerics/arrays.ts';
import { gradientOf } from '../numerics/finite-difference.ts';
import type { Band } from '../numerics/tolerance.ts';
import { bandOf, scaledBand } from '../numerics/tolerance.ts';
import type { Compared } from './compared.ts';
import { compared } from './compared.ts';
import type { TensorLike } from './read-tensor.ts';
import { tensorOf } from './read-tensor.ts';

/** Where to differentiate: a number, rows of numbers, or several of these by name. */
export type Places = number | readonly unknown[] | Readonly<Record<string, number | readonly unknown[]>>;
/** A gradient in the same form as the place. */
export type Gradients = TensorLike | Readonly<Record<string, TensorLike>>;

/** Differences that cannot be trusted to this share of the largest entry tell nothing: known mistakes lie above it. */
const tooRough = 0.01;

const alone = 'at';
const isNamed = (at: unknown): at is Record<string, unknown> =>
  typeof at === 'object' &&
  at !== null &&
  !Array.isArray(at) &&
  !ArrayBuffer.isView(at) &&
  !('dataSync' in at) &&
  !('shape' in at);

/** Every array of the gradient beside differences of `f`; the worst of them decides. */
export function againstDifferences(
  yours: unknown,
  f: (at: never) => TensorLike,
  at: Places,
  precision?: 'single' | 'double',
): Compared {
  const places = arraysIn(at, 'The place');
  const answers = arraysIn(yours, 'The gradient');
  const value = (arrays: NamedArrays): number => {
    const given = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, toNested(array)]));
    const result = tensorOf(f((isNamed(at) ? given : given[alone]) as never), 'What the function returns');
    if (result.data.length !== 1) throw new TypeError('A gradient is that of one number: the function returns more.');
    return result.data[0]!;
  };
  const { gradient, error } = gradientOf(value, places);
  const all = Object.entries(gradient).map(([name, expected]) => {
    const what = name === alone ? 'The gradient' : `The gradient of ${name}`;
    const answer = answers[name];
    if (answer === undefined) return { pass: false, lines: [`${what} is missing.`] };
    const lost = maxAbs(error[name]!) / (maxAbs(expected) || 1);
    const single = precision ?? (answer.dtype === 'float32' ? 'single' : 'double');
    if (!(lost <= tooRough)) return { pass: false, lines: [`${what} cannot be judged: ${rough(lost)}`] };
    return compared(what, answer, expected, widened(bandOf(single), lost));
  });
  return all.find(({ pass }) => !pass) ?? all.reduce((a, b) => ((b.margin ?? 0) < (a.margin ?? 0) ? b : a));
}

const arraysIn = (value: unknown, what: string): NamedArrays =>
  isNamed(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tensorOf(one, `${what} of ${name}`)]))
    : { [alone]: tensorOf(value, what) };

const rough = (lost: number): string =>
  `differences of the function are only trusted to ${Number(lost.toPrecision(2))} of the largest entry here. ` +
  'It has to be smooth at this place, without random numbers, and computed in double precision.';

const widened = ({ id, accept, reject }: Band, lost: number): Band => {
  const wide = accept + lost;
  const says =
    `accepted up to ${wide.toExponential(1)} of the largest entry, rejected from ${Math.max(reject, wide).toExponential(1)}: ` +
    `differences of your function are trusted to ${lost.toExponential(1)}, the rest is rounding`;
  return scaledBand(`${id} beside differences`, wide, Math.max(reject, wide), says);
};
