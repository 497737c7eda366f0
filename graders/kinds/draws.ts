/** Statistics of draws: a program that draws at random is right when both of its draws could come from the right law. */
import type { Key } from '../key.ts';
import type { Problem } from '../problem.ts';
import type { Drawn, DrawsTable } from './draws-question.ts';
import { drawsIn, drawsQuestion } from './draws-question.ts';

/** The problem whose draws are read as the first of its known laws that they could come from: right, accepted or wrong. */
export function drawsProblem<Probe extends Drawn>(table: DrawsTable<Probe>, key: Key<Probe>): Problem<Probe> {
  const laws = [{ compute: key.oracle }, ...(key.accepts ?? []), ...key.mistakes];
  return {
    ...drawsQuestion(table),
    coarse: true,
    drawn: true,
    ...key,
    read: (answered, probe) =>
      table.read(
        drawsIn(answered),
        probe,
        laws.map(({ compute }) => compute(probe)),
      ),
  };
}
