/** Numbers and lists as readers see them in a diagnosis. */
import { maxAbs, unravel } from '../numerics/arrays.ts';
import type { Answer } from '../question.ts';
import type { Evidence } from './matching.ts';

/** Up to five digits; no trailing zeros. */
export const digits = (value: number): string => String(Number(value.toPrecision(5)));

export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** A tensor as a reader knows it. */
export const called = ({ names }: Pick<Evidence<unknown>, 'names'>, name: string): string => names?.[name] ?? name;

/** The same at the start of a sentence; what is a name in the student's program is written as there. */
export const atStart = (evidence: Pick<Evidence<unknown>, 'names'>, name: string): string =>
  called(evidence, name).replace(/^the /, 'The ');

/** `W2[3, 1]` or `the list of labels at [3]`, or just the name for a single number. */
export function entryName(name: string, position: number, shape: readonly number[]): string {
  const index = unravel(position, shape);
  if (index.length === 0) return name;
  return `${name}${name.includes(' ') ? ' at ' : ''}[${index.join(', ')}]`;
}

/** Entries smaller than this share of the largest one make poor examples: their factors are large and say little. */
const TELLING = 0.1;

/**
 * The entry that is farthest from the right answer among those of some size: yours, expected, the factor between them,
 * and what the hypothesis gives there. Empty when nothing differs.
 */
export function worstEntry(evidence: Evidence<unknown>, hypothesis?: readonly Answer[]): string[] {
  const { answers, right } = evidence;
  let worst = { error: 0, text: '' };
  answers.forEach((answer, probe) => {
    for (const [name, expected] of Object.entries(right[probe]!)) {
      const yours = answer[name];
      const guess = hypothesis?.[probe]?.[name];
      const scale = maxAbs(expected) || 1;
      if (!yours || yours.data.length !== expected.data.length) continue;
      expected.data.forEach((e, i) => {
        const y = yours.data[i]!;
        const isTelling = Math.abs(e) >= TELLING * scale;
        const error = (Math.abs(y - e) / scale) * (isTelling ? 1 : 1e-6);
        if (!(error > worst.error)) return;
        const factor = e === 0 || y === 0 ? '' : ` (${digits(y / e)} times)`;
        const explained = guess ? `; this mistake would give ${digits(guess.data[i]!)}` : '';
        const entry = entryName(called(evidence, name), i, expected.shape);
        worst = { error, text: `${entry}: yours ${digits(y)}, expected ${digits(e)}${factor}${explained}` };
      });
    }
  });
  return worst.text === '' ? [] : [worst.text];
}
