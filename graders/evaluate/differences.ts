/** Finite differences in the place of a derivation: recognised by their rounding, and told or refused as the sheet has it. */
import type { CheckContext } from '../check.ts';
import type { Noise, NudgedNumber } from '../numerics/difference-noise.ts';
import { noiseOfDifferences, nudges } from '../numerics/difference-noise.ts';
import type { DerivedNumber, Lattice } from '../numerics/difference-rounding.ts';
import { latticeOfDifferences } from '../numerics/difference-rounding.ts';
import type { Problem } from '../problem.ts';
import type { Answer, Reading } from '../question.ts';
import { unlessStopped } from '../stopped.ts';
import type { TensorVerdict } from './judge-tensors.ts';
import { nudged } from './nudged.ts';

type Differences<Probe> = NonNullable<Problem<Probe>['differences']>;

const notDerived = 'This was computed by finite differences and not by a derivation. ';

/** A tensor that was not differentiated by a derivation, in a sentence for its report. */
const latticeInWords = ({ numbers, off }: Lattice): string =>
  `${notDerived}${numbers} numbers are whole multiples of one small number, as the difference of two function values divided by a step is ` +
  `and a derivative is not; they lie about ${off.toExponential(0)} beside the derivative, more than rounding explains.`;

const noiseInWords = ({ numbers, change }: Noise): string =>
  `${notDerived}${numbers} numbers change by about ${change.toExponential(0)} where what they are computed from changes in its last digit ` +
  'alone, as the rounding of two function values does that is divided by a small step; a derivative changes by a thousandth of that or less.';

/** What was asked and answered, and what was expected: probes are those that are asked for the first time. */
interface Asked<Probe> {
  probes: readonly Probe[];
  readings: readonly Reading[];
  expected: readonly Answer[];
}

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
  const numbers = new Map(
    Object.entries(tensors).flatMap(([name, { accepted }]) =>
      accepted ? [[name, numbersOf(name, differences, asked)] as const] : [],
    ),
  );
  const says = new Map<string, string>();
  for (const [name, answer] of numbers) {
    const lattice = latticeOfDifferences(answer);
    if (lattice !== undefined) says.set(name, latticeInWords(lattice));
  }
  const suspects = [...numbers].filter(([name, answer]) => !says.has(name) && isSuspect(answer));
  if (suspects.length > 0) {
    const more = await unlessStopped(() => askedMore(context, problem, asked), []);
    for (const [name, answer] of suspects) {
      const noise = noiseOfDifferences(besideMore(name, answer, more));
      if (noise !== undefined) says.set(name, noiseInWords(noise));
    }
  }
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      const said = says.get(name);
      return [name, said === undefined ? tensor : told(tensor, said, differences)];
    }),
  );
}

/** The numbers of a tensor, probe by probe; none of a probe where its answer cannot be read. */
function numbersOf<Probe>(
  name: string,
  { at, lost }: Differences<Probe>,
  { probes, readings, expected }: Asked<Probe>,
): DerivedNumber[][] {
  return probes.map((probe, i) => {
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
  });
}

/** No answer in double precision that follows a formula is further off than this, of the largest number: those are asked nothing more. */
const exact = 2 ** -45;

/** Whether an answer is in double precision, and further from the right one than that leaves by itself. */
function isSuspect(answer: readonly (readonly DerivedNumber[])[]): boolean {
  if (answer.flat().every(({ yours }) => Math.fround(yours) === yours)) return false;
  return answer.some((numbers) => {
    const scale = numbers.reduce((most, { expected }) => Math.max(most, Math.abs(expected)), 0);
    return numbers.some(({ yours, expected, lost }) => Math.abs(yours - expected) > exact * scale + lost);
  });
}

/** The readings of the same probes, asked again, and then of probes whose numbers are other by a few roundings. */
async function askedMore<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  { probes }: Asked<Probe>,
): Promise<Reading[][]> {
  const all = [];
  for (const asked of [probes, ...nudges.map((factor) => probes.map((probe) => nudged(probe, factor)))]) {
    const readings: Reading[] = [];
    for (const probe of asked)
      readings.push(problem.read(await context.ask(problem, probe, { unbilled: true }), probe));
    all.push(readings);
  }
  return all;
}

/** The numbers of a tensor beside those of the further readings; none of a probe where one of these cannot be read. */
function besideMore(
  name: string,
  answer: readonly (readonly DerivedNumber[])[],
  more: readonly (readonly Reading[])[],
): NudgedNumber[][] {
  return answer.map((numbers, i) => {
    const [again, ...moved] = more.map((readings) => {
      const reading = readings[i]!;
      return 'answer' in reading ? reading.answer[name]?.data : undefined;
    });
    if ([again, ...moved].some((data) => data?.length !== numbers.length)) return [];
    return numbers.map((number, j) => ({ ...number, again: again![j]!, nudged: moved.map((data) => data![j]!) }));
  });
}

function told<Probe>(tensor: TensorVerdict, says: string, { are }: Differences<Probe>): TensorVerdict {
  if (are === 'told') return { ...tensor, note: `${says} The sheet does not forbid it; no marks are lost.` };
  const hint = 'Derive the gradient, and write it as a formula of the values that the forward pass has computed.';
  return { ...tensor, accepted: false, misread: { says: `${says} The sheet asks for a derivation.`, hint } };
}
