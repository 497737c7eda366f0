/** The run as GitHub's markdown, for the page of a step or a comment: what the marks are, and every failure folded. */
import { marks, marksWord } from '../format.ts';
import { plainLine } from '../plain-text.ts';
import { failed, worstFirst, type RunView, type TestView } from './run-view.ts';

/** GitHub drops a summary of more than a megabyte (2^20 bytes) as a whole. */
const MOST_BYTES = 900_000;
const MOST_OF_ONE = 20_000;

const SIGNS = { pass: '✅', fail: '❌', error: '💥', skip: '➖', person: '✍️', held: '⏸️' } as const;

/** Markdown of less than a megabyte; failures beyond are counted. */
export function stepSummary(run: RunView, also: readonly string[] = []): string {
  const head = [
    `## ${text(run.title)}`,
    '',
    run.refused === undefined
      ? `**${marks(run.score)} of ${marksWord(run.max)}** given automatically${run.manualMax > 0 ? `; ${marksWord(run.manualMax)} given by a person` : ''}.`
      : `**Not graded.** ${text(run.refused)}`,
    ...(run.held ? ['', 'The grader had a problem of its own: no marks are lost by it.'] : []),
    ...[...also, ...run.notes].flatMap((says) => ['', `> ${text(says)}`]),
    '',
    '| | task | marks |',
    '| - | - | -: |',
    ...[...Map.groupBy(run.tests, ({ task }) => task).values()].map(taskRow),
    '',
  ].join('\n');
  const details = worstFirst(run.tests.filter(failed)).map(folded);
  return `${head}${fitting(details, MOST_BYTES - bytes(head))}`;
}

function taskRow(tests: readonly TestView[]): string {
  const { task, taskTitle } = tests[0]!;
  const sum = (of: 'points' | 'max') => marks(tests.reduce((total, test) => total + test[of], 0));
  const worst = (['held', 'error', 'fail', 'skip', 'person'] as const).find((status) =>
    tests.some((test) => test.status === status),
  );
  const score = tests.every(({ status }) => status === 'person') ? '–' : sum('points');
  return `| ${SIGNS[worst ?? 'pass']} | ${text(`${task} ${taskTitle}`.trim())} | ${score} / ${sum('max')} |`;
}

function folded({ id, title, says, body, status }: TestView): string {
  const shown = body.length > MOST_OF_ONE ? `${body.slice(0, MOST_OF_ONE)}\n[…]` : body;
  const fence = '`'.repeat(Math.max(3, 1 + longestRun(shown)));
  const head = `${SIGNS[status]} ${text(`${id} ${title}`)}: ${text(says)}`;
  return `\n<details><summary>${head}</summary>\n\n${fence}text\n${shown.toWellFormed()}\n${fence}\n\n</details>\n`;
}

const longestRun = (shown: string) => Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));

/** As many as fit, and how many do not. */
function fitting(parts: readonly string[], room: number): string {
  let left = room;
  const kept = parts.filter((part) => (left -= bytes(part)) >= 0);
  return kept.length === parts.length
    ? kept.join('')
    : `${kept.join('')}\n${parts.length - kept.length} more are not shown here: the page would be too long.\n`;
}

const bytes = (shown: string) => new TextEncoder().encode(shown).length;

/** One line in which nothing is markup: neither HTML nor a table, nor a picture that somebody's server would see asked for. */
const text = (foreign: string): string =>
  plainLine(foreign, 500).replace(/[\\`*_{}[\]()#+!|~<>&@:$]/g, (mark) => `&#${mark.codePointAt(0)};`);
