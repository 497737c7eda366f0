/** Finite differences in the place of a derivation: recognised by their rounding, and told or refused as the sheet has it. */
import type { Lattice } from '../numerics/difference-rounding.ts';
import { latticeOfDifferences } from '../numerics/difference-rounding.ts';
import type { Problem } from '../problem.ts';
import type { Answer, Reading } from '../question.ts';
import type { TensorVerdict } from './judge-tensors.ts';

type Differences<Probe> = NonNullable<Problem<Probe>['differences']>;

/** A tensor that was not differentiated by a derivation, in a sentence for its report. */
const inWords = ({ numbers, off }: Lattice): string =>
  'This was computed by finite differences and not by a derivation. ' +
  `${numbers} numbers are whole multiples of one small number, as the difference of two function values divided by a step is ` +
  `and a derivative is not; they lie about ${off.toExponential(0)} beside the derivative, more than rounding explains.`;

/**
 * The verdicts on right tensors, where they were computed by finite differences: with a note where the sheet leaves that open, and
 * not accepted where it asks for a derivation. Probes are those that are asked for the first time.
 */
export function withDifferencesTold<Probe>(
  { differences }: Problem<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
  expected: readonly Answer[],
  tensors: Readonly<Record<string, TensorVerdict>>,
): Record<string, TensorVerdict> {
  if (differences === undefined) return { ...tensors };
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      const found = tensor.accepted ? latticeOf(name, differences, probes, readings, expected) : undefined;
      return [name, found === undefined ? tensor : told(tensor, inWords(found), differences)];
    }),
  );
}

function latticeOf<Probe>(
  name: string,
  { at, lost }: Differences<Probe>,
  probes: readonly Probe[],
  readings: readonly Reading[],
  expected: readonly Answer[],
): Lattice | undefined {
  return latticeOfDifferences(
    probes.map((probe, i) => {
      const [reading, right] = [readings[i]!, expected[i]![name]];
      const yours = 'answer' in reading ? reading.answer[name] : undefined;
      if (yours === undefined || right?.data.length !== yours.data.length) return [];
      // What came back in few digits is judged within these.
      const missing = ('answer' in reading ? (reading.rounding?.[name] ?? 0) : 0) + (lost?.(probe)[name] ?? 0);
      const places = at?.(probe)[name]?.data;
      return Array.from(yours.data, (value, j) => ({
        yours: value,
        expected: right.data[j]!,
        lost: missing,
        ...(places === undefined ? {} : { at: places[j]! }),
      }));
    }),
  );
}

function told<Probe>(tensor: TensorVerdict, says: string, { are }: Differences<Probe>): TensorVerdict {
  if (are === 'told') return { ...tensor, note: `${says} The sheet does not forbid it; no marks are lost.` };
  const hint = 'Derive the gradient, and write it as a formula of the values that the forward pass has computed.';
  return { ...tensor, accepted: false, misread: { says: `${says} The sheet asks for a derivation.`, hint } };
}
