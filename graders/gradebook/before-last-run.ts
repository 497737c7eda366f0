/** What a class looked like before the newest run: it follows from the events, so that it is the same whenever it is asked. */
import type { Results } from '../model/grade.ts';
import { resultsOf } from './class-results.ts';
import type { Recorded } from './event.ts';
import { stateOf } from './fold.ts';

/** The results before the newest batch, or before what was approved since; undefined where nobody was graded by then. */
export function resultsBeforeLastRun(events: readonly Recorded[]): Results | undefined {
  const run = events.findLastIndex(({ kind }) => kind === 'begun' || kind === 'approved');
  // A run says first with what it grades.
  const first = events[run - 1]?.kind === 'configured' ? run - 1 : run;
  const state = stateOf(events.slice(0, Math.max(0, first)));
  if (state.config === undefined || state.begun === undefined) return undefined;
  const results = resultsOf(state);
  return results.submissions.length === 0 ? undefined : results;
}
