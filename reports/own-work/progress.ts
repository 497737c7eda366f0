/** How far somebody is with work of their own: what is not begun is no mistake, and what has one cause is one thing to mend. */
import type { Grade, TaskGrade } from '../../graders/model/grade.ts';
import type { Verdict } from '../../graders/model/verdict.ts';
import { causesOf, type Cause } from '../causes.ts';
import { waits } from '../../graders/model/verdict.ts';
import { quoted } from '../format.ts';

export interface Progress {
  /** Tasks of which nothing is there, and tasks of which a part is, if only under another name: with what is still to be written. */
  open: { task: TaskGrade; begun: boolean; left: string[] }[];
  /** Checks of what is not begun. */
  notBegun: ReadonlySet<Verdict>;
  /** Tasks in which all that a program checks here is right. */
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
  const mistakes = withWaiting(
    causes
      .filter(({ kind }) => ['mistake', 'stop', 'single'].includes(kind))
      .filter(({ verdicts }) => !verdicts.every((verdict) => notThere.has(verdict))),
  );
  const earns = ({ verdicts }: Cause) => verdicts.some(({ max }) => max > 0);
  const elsewhere = new Set(causes.filter(({ kind }) => kind === 'skipped').flatMap(({ verdicts }) => verdicts));
  return {
    open: tasks.flatMap((task) => openPart(task, notThere, blank)),
    notBegun: notThere,
    right: tasks.filter(({ checks }) => {
      const own = checks.filter((check) => check.outcome !== 'manual' && !elsewhere.has(check));
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

/** What waits for something else of its task that is wrong is no mistake besides: it stands with what follows from that. */
function withWaiting(causes: readonly Cause[]): Cause[] {
  const isWaiting = ({ verdicts }: Cause) => verdicts.every(waits);
  const stand = causes.filter((cause) => !isWaiting(cause)).map((cause) => ({ ...cause, follows: [...cause.follows] }));
  const alone = causes.filter(isWaiting).filter(({ verdicts }) => {
    const leads = stand.find((cause) => cause.verdicts.some(({ task }) => task === verdicts[0]!.task));
    leads?.follows.push(...verdicts);
    return leads === undefined;
  });
  const place = (cause: Cause) => causes.findIndex(({ verdicts }) => verdicts === cause.verdicts);
  return [...stand, ...alone].sort((a, b) => place(a) - place(b));
}

/** Comments are the sheet's, and say what to write. */
const isWritten = (text: string): boolean => text.replace(/<!--[^]*?-->/g, '').trim() !== '';

function openPart(task: TaskGrade, notThere: ReadonlySet<Verdict>, blank: readonly Cause[]): Progress['open'] {
  const left = task.checks.filter(
    (check) => notThere.has(check) || (check.manual !== undefined && !isWritten(check.manual.text)),
  );
  if (left.length === 0) return [];
  const own = blank.filter(({ verdicts }) => verdicts.some((verdict) => task.checks.includes(verdict)));
  const otherwise = namedOtherwise(left);
  const names = [...own.flatMap((cause) => cause.names), ...otherwise];
  const begun = left.length < task.checks.length || otherwise.length > 0;
  return [{ task, begun, left: names.length > 0 ? names : left.map(({ title }) => quoted(title)) }];
}

/** What is asked for and not there, beside what its file or class has instead: it may only be called something else. */
function namedOtherwise(checks: readonly Verdict[]): string[] {
  const absent = checks.flatMap(({ outcome, because = '' }) => {
    const told = /^(.+?) (?:does not (?:export|define)|has no) ([\w.]+); it (.+)$/.exec(because);
    return outcome !== 'missing' || told === null ? [] : [{ name: told[2]!, there: `${told[1]!} ${told[3]!}` }];
  });
  return [...Map.groupBy(absent, ({ there }) => there)].map(
    ([there, list]) => `${[...new Set(list.map(({ name }) => name))].join(', ')} (${there})`,
  );
}
