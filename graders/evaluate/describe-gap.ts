/** A gap between an answer and what is expected, in words. */
import type { Finding, TensorGap } from '../model/finding.ts';

/** Where and by how much the tensor is wrong; `what` names it for the student. */
export function describeGap(gap: TensorGap, what: string): Finding {
  // A number on its own has no place where it differs most.
  const single = gap.shape.every((size) => size === 1);
  const at = single ? '' : ` at [${gap.worst.index.join(', ')}]`;
  const nonFinite = !Number.isFinite(gap.worst.yours);
  return {
    says: nonFinite
      ? `${what} ${single ? 'is' : 'holds'} ${String(gap.worst.yours)}${at}: not a finite number.`
      : `${what} is wrong${single ? '' : `; it differs most${at}`}.`,
    yours: sixDigits(gap.worst.yours),
    expected: sixDigits(gap.worst.expected),
    gaps: [gap],
  };
}

/** Six significant digits are enough to see a difference that the band rejects. */
const sixDigits = (value: number): string => String(Number(value.toPrecision(6)));
