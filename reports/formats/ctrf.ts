/** The Common Test Report Format, for the reporters that take it. */
import { failed, type RunView, type TestStatus, type TestView } from './run-view.ts';

const STATUSES: Readonly<Record<TestStatus, string>> = {
  ...{ pass: 'passed', fail: 'failed', error: 'failed', skip: 'skipped', person: 'pending', held: 'other' },
};

/** The run as a JSON document; marks stand in `extra`. */
export function ctrf(run: RunView): string {
  const of = (status: string) => run.tests.filter((test) => STATUSES[test.status] === status).length;
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: 'gradmark', version: run.graderVersion },
      summary: {
        tests: run.tests.length,
        ...{ passed: of('passed'), failed: of('failed'), skipped: of('skipped'), pending: of('pending') },
        ...{ other: of('other'), start: Date.parse(run.startedAt), stop: Date.parse(run.finishedAt) },
        extra: { score: run.score, maxScore: run.max, manualMax: run.manualMax, held: run.held },
      },
      tests: run.tests.map(viewCtrf),
      extra: { assignment: run.assignment },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function viewCtrf(test: TestView) {
  const { id, task, taskTitle, title, status, ms, says, body, place, points, max } = test;
  return {
    ...{ name: `${id} ${title}`, status: STATUSES[status], rawStatus: status, duration: ms },
    suite: [`${task} ${taskTitle}`.trim()],
    ...(status !== 'pass' && { message: says }),
    ...(failed(test) && { trace: body }),
    ...(place && { filePath: place.path, line: place.line }),
    extra: { score: points, maxScore: max },
  };
}
