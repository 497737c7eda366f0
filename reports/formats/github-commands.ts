/** What a step of GitHub Actions reads from its output: annotations within the limits, and foreign text that commands nothing. */
import { plainLine } from '../plain-text.ts';
import { failed, worstFirst, type RunView, type TestView } from './run-view.ts';

/** GitHub shows so many of a kind and a step, and drops the others without a word. */
const MOST = 10;

type Kind = 'error' | 'warning' | 'notice';

interface Annotation {
  kind: Kind;
  title: string;
  says: string;
  place?: TestView['place'];
}

/**
 * The lines that annotate the run: what costs marks as errors, the worst first; what needs somebody's eye as warnings, with
 * `also` of the caller; the marks as a notice. The last of a kind says how many more there are.
 */
export function annotations(run: RunView, also: readonly string[] = []): string[] {
  const errors = worstFirst(run.tests.filter(failed)).map((test) => ({
    ...{ kind: 'error' as const, title: `${test.id} ${test.title}`, says: test.says, place: test.place },
  }));
  const held = run.tests.filter(({ status }) => status === 'held');
  const warnings = [
    ...held.map((test) => ({ kind: 'warning' as const, title: `${test.id} ${test.title}`, says: test.says })),
    ...also.map((says) => ({ kind: 'warning' as const, title: 'Files of the sheet', says })),
  ];
  const notice = { kind: 'notice' as const, title: 'Autograding complete', says: `Points ${run.score}/${run.max}` };
  return [errors, warnings, [notice]].flatMap(limited).map(command);
}

function limited(list: readonly Annotation[]): Annotation[] {
  const more = list.length - MOST;
  return list
    .slice(0, MOST)
    .map((one, i) =>
      more > 0 && i === MOST - 1 ? { ...one, says: `${one.says} (+ ${more} more: see the summary)` } : one,
    );
}

function command({ kind, title, says, place }: Annotation): string {
  const properties = { ...(place && { file: place.path, line: String(place.line) }), title: plainLine(title, 200) };
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${inProperty(value)}`);
  return `::${kind} ${listed.join(',')}::${inData(plainLine(says, 1000))}`;
}

const inData = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const inProperty = (text: string) => inData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Text in which the runner looks for no commands, whoever wrote it; `token` is one that nobody could know beforehand. */
export const withoutCommands = (text: string, token: string): string =>
  `::stop-commands::${token}\n${text.trimEnd()}\n::${token}::`;

/** Values for GITHUB_OUTPUT, each between delimiters that nobody could know beforehand. */
export const outputs = (values: Readonly<Record<string, string | number>>, token: string): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}<<${token}\n${String(value)}\n${token}\n`)
    .join('');
