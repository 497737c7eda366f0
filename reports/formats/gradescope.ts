/** Gradescope's results.json. */
import { marksAre } from '../format.ts';
import type { RunView, TestView } from './run-view.ts';

export type Visibility = 'visible' | 'after_due_date' | 'after_published' | 'hidden';

interface Shown {
  visibility?: Visibility;
  /** Set while the grader runs, in case that it is ended: how many checks are made, and of how many. */
  soFar?: { judged: number; of: number };
}

/** The run as Gradescope takes it. */
export function gradescope(run: RunView, { visibility = 'visible', soFar }: Shown = {}): string {
  return write({
    score: run.score,
    ...(soFar === undefined && {
      execution_time: Math.round((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000),
    }),
    output: [...(soFar === undefined ? [] : [stoppedAt(soFar)]), topLevel(run)].join('\n'),
    visibility,
    tests: run.tests.filter(({ status }) => status !== 'person').map(viewTest),
    extra_data: { gradmark: run.graderVersion, assignment: run.assignment, held: run.held, ...soFar },
  });
}

const stoppedAt = ({ judged, of }: { judged: number; of: number }): string =>
  `The autograder was stopped before it was done: ${judged} of ${of} checks were made, and the marks are of these alone. Please hand in again, or ask staff.`;

/** What stands there until the run is done, and where it never is: no marks, and a sentence that says so. */
export const gradescopeFailure = (says: string): string =>
  write({ score: 0, output: `${says}\n`, tests: [], extra_data: { gradmark: 'not graded' } });

function topLevel({ held, refused, notes, manualMax, tests }: RunView): string {
  const onHold = tests.filter(({ status }) => status === 'held').reduce((sum, { max }) => sum + max, 0);
  return [
    ...(refused === undefined ? [] : [`Not graded: ${refused}`]),
    ...(held ? [`${marksAre(onHold)} on hold: the grader had a problem of its own, and staff will look at it.`] : []),
    ...(manualMax > 0 ? [`${marksAre(manualMax)} given by a person besides.`] : []),
    ...notes,
  ].join('\n');
}

function viewTest({ id, title, status, points, max, body }: TestView) {
  const isPlain = status === 'pass' || status === 'fail' || status === 'error';
  return {
    ...{ name: title, number: id, output: body, output_format: 'text' },
    // What is on hold or was not run has no mark of its own yet.
    ...(status !== 'held' && { score: points, max_score: max }),
    ...(isPlain && { status: status === 'pass' ? 'passed' : 'failed' }),
  };
}

const write = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;
