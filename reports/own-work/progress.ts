/** How far somebody is with work of their own: what is not begun is no mistake, and what has one cause is one thing to mend. */
import type { Grade, TaskGrade } from '../../graders/model/grade.ts';
import type { Verdict } from '../../graders/model/verdict.ts';
import { causesOf, type Cause } from '../causes.ts';

export interface Progress {
  /** Tasks of which nothing is there, and tasks of which a part is: with what is still to be written, by name. */
  open: { task: TaskGrade; begun: boolean; left: string[] }[];
  /** Checks of what is not begun. */
  notBegun: ReadonlySet<Verdict>;
  /** Tasks in which all that a program checks is right. */
  right: TaskGrade[];
  /** Written work that is there, for a person to read. */
  written: TaskGrade[];
  /** What is to be mended, one thing a cause: what earns marks first, in the order of the sheet. */
  mistakes: Cause[];
  /** What was not run here, by the reason: what only the course checks, or what needs data that are absent. */
  unchecked: { because: string; ids: string[] }[];
  /** Checks in which the grader itself had a problem. */
  held: Verdict[];
}

/** Sorts everything that is known of a grade that is disclosed already. */
export function progressOf({ tasks }: Grade): Progress {
  const causes = causesOf(tasks.flatMap(({ checks }) => checks));
  const blank = causes.filter(({ kind }) => ['missing', 'stub'].includes(kind));
  // A check that waits for something blank is nobody's mistake.
  const notThere = new Set(blank.flatMap(({ verdicts, follows }) => [...verdicts, ...follows]));
  for (const { checks } of tasks) {
    if (checks.some((check) => notThere.has(check))) checks.filter(waits).forEach((check) => notThere.add(check));
    // Of a module in which nothing is done, what a person would read is the starter's.
    const own = checks.filter(({ manual }) => manual === undefined);
    if (own.length > 0 && own.every((check) => notThere.has(check))) checks.forEach((check) => notThere.add(check));
  }
  const mistakes = causes
    .filter(({ kind }) => ['mistake', 'stop', 'single'].includes(kind))
    .filter(({ verdicts }) => !verdicts.every((verdict) => notThere.has(verdict)));
  const earns = ({ verdicts }: Cause) => verdicts.some(({ max }) => max > 0);
  return {
    open: tasks.flatMap((task) => openPart(task, notThere, blank)),
    notBegun: notThere,
    right: tasks.filter(({ checks }) => {
      const own = checks.filter(({ outcome }) => outcome !== 'manual');
      return own.length > 0 && own.every(({ outcome }) => outcome === 'pass');
    }),
    written: tasks.filter(({ checks }) =>
      checks.some((check) => check.manual !== undefined && isWritten(check.manual.text) && !notThere.has(check)),
    ),
    mistakes: [...mistakes.filter(earns), ...mistakes.filter((cause) => !earns(cause))],
    unchecked: causes
      .filter(({ kind }) => kind === 'skipped')
      .map(({ verdicts }) => ({ because: verdicts[0]!.because ?? '', ids: verdicts.map(({ id }) => id) })),
    held: causes.filter(({ kind }) => kind === 'hold').flatMap(({ verdicts }) => verdicts),
  };
}

/** A check that is judged only when something else of its task computes something. */
const waits = ({ outcome, finding }: Verdict): boolean =>
  outcome === 'fail' && /^Counts once /.test(finding?.says ?? '');

/** Comments are the sheet's, and say what to write. */
const isWritten = (text: string): boolean => text.replace(/<!--[^]*?-->/g, '').trim() !== '';

function openPart(task: TaskGrade, notThere: ReadonlySet<Verdict>, blank: readonly Cause[]): Progress['open'] {
  const left = task.checks.filter(
    (check) => notThere.has(check) || (check.manual !== undefined && !isWritten(check.manual.text)),
  );
  if (left.length === 0) return [];
  const begun = left.length < task.checks.length;
  const own = blank.filter(({ verdicts }) => verdicts.some((verdict) => task.checks.includes(verdict)));
  const names = own.flatMap((cause) => cause.names);
  return [{ task, begun, left: names.length > 0 ? names : left.map(({ title }) => title) }];
}
