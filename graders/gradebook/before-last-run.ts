/** What a class looked like before the newest run: it follows from the events, so that it is the same whenever it is asked. */
import type { Results } from '../model/grade.ts';
import { resultsOf } from './class-results.ts';
import type { Recorded } from './event.ts';
import { stateOf } from './fold.ts';
import { outcomesOf } from './outcomes.ts';
import type { Gradebook } from './store.ts';

/**
 * The results before the newest batch, or before what was approved since; undefined where nobody was graded by then. Outcomes and
 * marks alone: with all that shows them a large class would be held twice.
 */
export function resultsBeforeLastRun(book: Gradebook): Results | undefined {
  const run = Math.max(
    0,
    ...(['begun', 'approved'] as const).flatMap((kind) => book.events({ kind }).map(({ seq }) => seq)),
  );
  const state = stateOf(outcomesBefore(book.each({ until: run - 1 })));
  if (state.config === undefined || state.begun === undefined) return undefined;
  const results = resultsOf(state);
  return results.submissions.length === 0 ? undefined : results;
}

/** A run says first with what it grades: where that comes last, it is the run's own. */
function* outcomesBefore(events: Iterable<Recorded>): Generator<Recorded> {
  let configured: Recorded | undefined;
  for (const told of events) {
    const event = outcomesOf(told);
    if (configured !== undefined) yield configured;
    configured = event.kind === 'configured' ? event : undefined;
    if (configured === undefined) yield event;
  }
}
