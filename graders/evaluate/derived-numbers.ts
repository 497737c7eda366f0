/** The numbers of one tensor of an answer, as those who look for finite differences want them. */
import type { DerivedNumber } from '../numerics/difference-rounding.ts';
import type { Problem } from '../problem.ts';
import type { Answer, Reading } from '../question.ts';

/** What was asked, answered and expected, probe by probe: probes are those that are asked for the first time. */
export interface Asked<Probe> {
  probes: readonly Probe[];
  readings: readonly Reading[];
  expected: readonly Answer[];
}

/** The numbers of a tensor, probe by probe; none of a probe where its answer cannot be read. */
export function derivedNumbers<Probe>(
  name: string,
  { differences }: Problem<Probe>,
  { probes, readings, expected }: Asked<Probe>,
): DerivedNumber[][] {
  return probes.map((probe, i) => {
    const [reading, right] = [readings[i]!, expected[i]![name]];
    const yours = 'answer' in reading ? reading.answer[name] : undefined;
    if (yours === undefined || right?.data.length !== yours.data.length) return [];
    // What came back in few digits is judged within these.
    const missing =
      ('answer' in reading ? (reading.rounding?.[name] ?? 0) : 0) + (differences?.lost?.(probe)[name] ?? 0);
    const places = differences?.at?.(probe)[name]?.data;
    return Array.from(yours.data, (value, j) => ({
      yours: value,
      expected: right.data[j]!,
      lost: missing,
      ...(places === undefined ? {} : { at: places[j]! }),
    }));
  });
}
