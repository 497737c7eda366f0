/** Gradescope's results.json. */
import type { RunView, TestView } from './run-view.ts';

export type Visibility = 'visible' | 'after_due_date' | 'after_published' | 'hidden';

/** The run as Gradescope takes it. */
export function gradescope(run: RunView, { visibility = 'visible' }: { visibility?: Visibility } = {}): string {
  return write({
    score: run.score,
    execution_time: Math.round((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000),
    output: topLevel(run),
    visibility,
    tests: run.tests.filter(({ status }) => status !== 'person').map(viewTest),
    extra_data: { gradmark: run.graderVersion, assignment: run.assignment, held: run.held },
  });
}

/** What stands there until the run is done, and where it never is: no marks, and a sentence that says so. */
export const gradescopeFailure = (says: string): string =>
  write({ score: 0, output: `${says}\n`, tests: [], extra_data: { gradmark: 'not graded' } });

function topLevel({ held, refused, notes, manualMax, tests }: RunView): string {
  const onHold = tests.filter(({ status }) => status === 'held').reduce((sum, { max }) => sum + max, 0);
  return [
    ...(refused === undefined ? [] : [`Not graded: ${refused}`]),
    ...(held ? [`${onHold} marks are on hold: the grader had a problem of its own, and staff will look at it.`] : []),
    ...(manualMax > 0 ? [`${manualMax} marks more are given by a person.`] : []),
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
