/** GitLab's code quality report: failures that have a place in the source. */
import { createHash } from 'node:crypto';
import { failed, worstFirst, type RunView, type TestView } from './run-view.ts';

/** The failures with a place as a JSON list. */
export function codeQuality(run: RunView): string {
  const issues = worstFirst(run.tests.filter(failed)).flatMap((test) => {
    if (test.place === undefined) return [];
    const { path, line } = test.place;
    return {
      description: `${test.id} ${test.title}. ${test.says}`,
      check_name: test.id,
      fingerprint: fingerprint(run, test),
      severity: test.status === 'error' ? 'critical' : 'major',
      location: { path, lines: { begin: line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}

/** The same for the same failure of a check, on whatever line it now stands: GitLab tells by it what is new. */
const fingerprint = ({ assignment }: RunView, { id, place, status }: TestView): string =>
  createHash('sha256')
    .update(JSON.stringify([assignment, id, place?.path, status]))
    .digest('hex');
