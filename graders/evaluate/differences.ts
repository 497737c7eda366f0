/** Finite differences in the place of a derivation: recognised by their rounding, and told or refused as the sheet has it. */
import type { CheckContext } from '../check.ts';
import type { Noise } from '../numerics/difference-noise.ts';
import type { Lattice } from '../numerics/difference-rounding.ts';
import { latticeOfDifferences } from '../numerics/difference-rounding.ts';
import type { Problem } from '../problem.ts';
import type { Asked } from './derived-numbers.ts';
import { derivedNumbers } from './derived-numbers.ts';
import type { TensorVerdict } from './judge-tensors.ts';
import { deservesSecondLook, secondLook } from './second-look.ts';

const notDerived = 'This was computed by finite differences and not by a derivation. ';

/** A tensor that was not differentiated by a derivation, in a sentence for its report. */
const inWords = (shown: Lattice | Noise): string =>
  notDerived +
  ('off' in shown
    ? `${shown.numbers} numbers are whole multiples of one small number, as the difference of two function values divided by a step is ` +
      `and a derivative is not; they lie about ${shown.off.toExponential(0)} beside the derivative, more than rounding explains.`
    : `${shown.numbers} numbers change by about ${shown.change.toExponential(0)} where what they are computed from changes in its last digit ` +
      'alone, as the rounding of two function values does that is divided by a small step; a derivative changes by a thousandth of that or less.');

/**
 * The verdicts on right tensors, where they were computed by finite differences: with a note where the sheet leaves that open, and
 * not accepted where it asks for a derivation.
 */
export async function withDifferencesTold<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  asked: Asked<Probe>,
  tensors: Readonly<Record<string, TensorVerdict>>,
): Promise<Record<string, TensorVerdict>> {
  const { differences } = problem;
  if (differences === undefined) return { ...tensors };
  const shown = new Map<string, Lattice | Noise>();
  const suspects: string[] = [];
  for (const [name, { accepted }] of Object.entries(tensors)) {
    if (!accepted) continue;
    const lattice = latticeOfDifferences(derivedNumbers(name, problem, asked));
    if (lattice !== undefined) shown.set(name, lattice);
    else if (deservesSecondLook(name, problem, asked)) suspects.push(name);
  }
  if (suspects.length > 0) {
    for (const [name, found] of await secondLook(context, problem, asked, suspects)) shown.set(name, found);
  }
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      const found = shown.get(name);
      return [name, found === undefined ? tensor : told(tensor, inWords(found), differences)];
    }),
  );
}

function told<Probe>(
  tensor: TensorVerdict,
  says: string,
  { are }: NonNullable<Problem<Probe>['differences']>,
): TensorVerdict {
  if (are === 'told') return { ...tensor, note: `${says} The sheet does not forbid it; no marks are lost.` };
  const hint = 'Derive the gradient, and write it as a formula of the values that the forward pass has computed.';
  return { ...tensor, accepted: false, misread: { says: `${says} The sheet asks for a derivation.`, hint } };
}
