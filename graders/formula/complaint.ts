/** Sentences about formulas that cannot be read. */
import type { Unreadable } from './formula.ts';

/** Thrown while reading, caught by parseFormula: never leaves this room. */
export class Unread extends Error {
  readonly column: number;
  readonly length: number;

  constructor(says: string, column: number, length = 1) {
    super(says);
    this.column = column;
    this.length = length;
  }
}

/** The sentence, the formula and a caret under the place it speaks of. */
export function complain(says: string, text: string, column: number, length = 1): Unreadable {
  const line = text.replace(/[\s\p{C}]/gu, ' ');
  const caret =
    ' '.repeat(width(line.slice(0, column - 1))) +
    '^'.repeat(Math.max(1, width(line.slice(column - 1, column - 1 + length))));
  return { error: `${says} (column ${column})\n  ${line}\n  ${caret}`, column };
}

/** Characters as a reader counts them: combining marks stand on the letter before. */
const width = (text: string): number => [...text.replace(/\p{M}/gu, '')].length;

/** The known name closest to a misspelt one, if it is close. */
export function closest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = edits(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance: insertions, deletions and replacements. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
