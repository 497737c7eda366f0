/** The Test Anything Protocol, version 14. */
import type { RunView, TestView } from './run-view.ts';

/** The run as TAP: a line a check, with what is known of a failure as YAML below it. */
export function tap(run: RunView): string {
  const lines = ['TAP version 14', `1..${run.tests.length}`, ...run.tests.flatMap((test, i) => point(test, i + 1))];
  return `${lines.join('\n')}\n`;
}

function point(test: TestView, number: number): string[] {
  const { id, title, status, says, body, points, max } = test;
  const name = `${number} - ${escaped(`${id} ${title}`)}`;
  if (status === 'skip' || status === 'person') return [`ok ${name} # SKIP ${escaped(says)}`];
  if (status === 'pass') return [`ok ${name}`];
  // A text in quotes of JSON is one in YAML, too.
  const known = { message: says, severity: status, score: points, max_score: max, details: body };
  const yaml = Object.entries(known).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return [`not ok ${name}`, '  ---', ...yaml, '  ...'];
}

/** `#` begins a directive. */
const escaped = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\#]/g, '\\$&');
