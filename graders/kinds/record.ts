/** Judging a function that returns an object of arrays, and whether it leaves the arrays that it is given as they were. */
import { halfIfChanging } from '../changed-arguments.ts';
import type { CheckContext, Judgement } from '../check.ts';
import type { Arg } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import { makeArray } from '../numerics/arrays.ts';
import type { Problem } from '../problem.ts';
import type { RecordTable } from './record-question.ts';
import { callFor } from './record-question.ts';

/** Half of a right result where one of the first `watched` arrays that are sent is changed in place. */
export function halfIfArgumentsChange<Probe>(
  context: CheckContext,
  judgement: Judgement,
  problem: Problem<Probe>,
  table: RecordTable<Probe>,
  watched: number,
): Promise<Judgement> {
  const probe = context.probes(problem)[0]!;
  return halfIfChanging(context, judgement, {
    name: table.name,
    args: table.sends(probe).slice(0, watched).flatMap(arrayIn),
    call: (guest, options) => callFor(table, guest, probe, options),
  });
}

function arrayIn(arg: Arg): NdArray[] {
  if (typeof arg !== 'object' || arg === null) return [];
  if (arg.kind === 'array') return [arg];
  return arg.kind === 'bytes' ? [makeArray([arg.data.length], arg.data)] : [];
}
