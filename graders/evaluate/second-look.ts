/**
 * Answers that are worth a second look at how they were computed are asked for again, in double precision and beside questions
 * whose numbers are other in their last digits. Most are not: nobody else's program is asked anything more.
 */
import type { CheckContext } from '../check.ts';
import type { Noise, NudgedNumber } from '../numerics/difference-noise.ts';
import { noiseOfDifferences, nudges } from '../numerics/difference-noise.ts';
import type { DerivedNumber, Lattice } from '../numerics/difference-rounding.ts';
import { latticeOfDifferences } from '../numerics/difference-rounding.ts';
import type { Problem } from '../problem.ts';
import type { Reading } from '../question.ts';
import { unlessStopped } from '../stopped.ts';
import type { Asked } from './derived-numbers.ts';
import { derivedNumbers } from './derived-numbers.ts';
import { nudged } from './nudged.ts';

/** No answer in double precision that follows a formula is further off than this, of the largest number. */
const exact = 2 ** -45;

/** Whether an answer is worth it: it is in double precision, and further from the right one than that leaves by itself. */
export function deservesSecondLook<Probe>(name: string, problem: Problem<Probe>, asked: Asked<Probe>): boolean {
  const answer = derivedNumbers(name, problem, asked);
  if (answer.flat().every(({ yours }) => Math.fround(yours) === yours)) return false;
  return answer.some((ofProbe) => {
    const scale = ofProbe.reduce((most, { expected }) => Math.max(most, Math.abs(expected)), 0);
    return ofProbe.some(({ yours, expected, lost }) => Math.abs(yours - expected) > exact * scale + lost);
  });
}

/** By what each of these tensors shows that it was computed by differences; a program that stops shows nothing. */
export async function secondLook<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  asked: Asked<Probe>,
  names: readonly string[],
): Promise<Map<string, Lattice | Noise>> {
  const found = new Map<string, Lattice | Noise>();
  const [first, ...more] = await unlessStopped(() => askedMore(context, problem, asked), []);
  if (first === undefined) return found;
  for (const name of names) {
    const answer = derivedNumbers(name, problem, { ...asked, readings: first });
    const shown = latticeOfDifferences(answer) ?? noiseOfDifferences(besideMore(name, answer, more));
    if (shown !== undefined) found.set(name, shown);
  }
  return found;
}

/** The readings of the same probes in double precision, twice, and then of probes whose numbers are other by a few roundings. */
async function askedMore<Probe>(
  context: CheckContext,
  problem: Problem<Probe>,
  { probes }: Asked<Probe>,
): Promise<Reading[][]> {
  const all = [];
  for (const asked of [probes, probes, ...nudges.map((factor) => probes.map((probe) => nudged(probe, factor)))]) {
    const readings: Reading[] = [];
    for (const probe of asked) {
      const answered = await context.ask(problem, probe, { precision: 'double', unbilled: true });
      readings.push(problem.read(answered, probe));
    }
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
