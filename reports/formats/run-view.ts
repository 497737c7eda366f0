/**
 * One submission as every format of a CI or a hand-in system tells it: made once, from what the feedback level discloses.
 * The formats beside this file are pure functions of it.
 */
import type { Results } from '../../graders/model/grade.ts';
import type { OutcomeKind, Verdict } from '../../graders/model/verdict.ts';
import { isStub } from '../causes.ts';
import { checkLines } from '../check-text.ts';
import { cellsTold } from '../notebook-text.ts';
import { disclosedTo } from '../student-view.ts';
import { painter } from '../terminal-paint.ts';
import { viewCheck } from '../view-check.ts';

/**
 * `fail` is a wrong answer, `error` a program that stopped, `skip` what was not run and failures without marks, `person` what
 * somebody marks, `held` the grader's own trouble.
 */
export type TestStatus = 'pass' | 'fail' | 'error' | 'skip' | 'person' | 'held';

export interface TestView {
  id: string;
  task: string;
  taskTitle: string;
  title: string;
  status: TestStatus;
  /** The outcome in words, and the first sentence to read; on one line. */
  says: string;
  /** Everything that is known of it, as plain lines. */
  body: string;
  points: number;
  max: number;
  ms: number;
  /** Where it is, from the top of the repository. */
  place: { path: string; line: number } | undefined;
}

export interface RunView {
  assignment: string;
  title: string;
  id: string;
  graderVersion: string;
  startedAt: string;
  finishedAt: string;
  score: number;
  /** What can be earned without a person. */
  max: number;
  manualMax: number;
  held: boolean;
  refused: string | undefined;
  notes: string[];
  stdout: string | undefined;
  tests: TestView[];
}

/** Where a file of the work lies, from the top of the repository. */
type Locate = (path: string) => string;

/** The run of one submission. Of work that was refused there is one test, which says why. */
export function viewRun(results: Results, id: string, locate: Locate = (path) => path): RunView {
  const disclosed = disclosedTo(results, id, results.feedback);
  const grade = disclosed.submissions[0]!;
  const { assignment, title, graderVersion, startedAt, finishedAt } = disclosed;
  const { score, manualMax, held, refused, stdout } = grade;
  const notes = [...grade.notes, ...cellsTold(grade)];
  const tests =
    refused !== undefined
      ? [refusal(refused, grade.max)]
      : grade.tasks.flatMap((task) =>
          task.checks.map((verdict) => ({ ...viewTest(verdict, locate), taskTitle: task.title })),
        );
  return {
    ...{ assignment, title, id: grade.id, graderVersion, startedAt, finishedAt },
    ...{ score, max: grade.max - manualMax, manualMax, held, refused, notes, stdout, tests },
  };
}

/** The worst first: by marks lost, then in the order of the sheet. */
export const worstFirst = (tests: readonly TestView[]): TestView[] =>
  tests.toSorted((a, b) => b.max - b.points - (a.max - a.points));

/** What went wrong and costs marks. */
export const failed = ({ status }: TestView): boolean => status === 'fail' || status === 'error';

const REFUSED = 'The work can be read';

const refusal = (refused: string, max: number): TestView => ({
  ...{ id: 'handed-in', task: '', taskTitle: 'Hand-in', title: REFUSED, status: 'error', ms: 0, place: undefined },
  ...{ says: `Not graded: ${refused}`, body: refused, points: 0, max },
});

/** Widths are for people who read it in a page that does not wrap. */
const WIDTH = 96;

function viewTest(verdict: Verdict, locate: Locate): Omit<TestView, 'taskTitle'> {
  const { id, task, title, points, max, ms, finding } = verdict;
  const view = viewCheck(verdict, id);
  const [at] = finding?.places ?? [];
  const cell = at === undefined ? undefined : placeInCell(at);
  const body = checkLines(view, WIDTH, painter({ colour: false, width: WIDTH }));
  return {
    ...{ id, task, title, points, max, ms: Math.round(ms), status: statusOf(verdict) },
    says: [view.label.word, cell?.says ?? '', view.lead].filter((part) => part !== '').join(': '),
    body: body.map((line) => line.replace(/^ {2}/, '')).join('\n'),
    place: at && { path: locate(cell?.path ?? at.path), line: cell === undefined ? at.line : 1 },
  };
}

/** Of a place in a notebook, whose lines as a file say nothing to anybody: the file, and the cell in words. */
function placeInCell({ path, line }: { path: string; line: number }): { path: string; says: string } | undefined {
  const found = /^(.*\.ipynb) (cell \d+)$/.exec(path);
  return found === null ? undefined : { path: found[1]!, says: `${found[2]}, line ${line}` };
}

const STATUSES: Readonly<Partial<Record<OutcomeKind, TestStatus>>> = {
  pass: 'pass',
  skipped: 'skip',
  manual: 'person',
  broken: 'held',
  crash: 'error',
  timeout: 'error',
  memory: 'error',
};

function statusOf(verdict: Verdict): TestStatus {
  const { outcome, max } = verdict;
  const status = isStub(verdict) ? 'fail' : (STATUSES[outcome] ?? 'fail');
  // What earns nothing never fails a run.
  return max === 0 && (status === 'fail' || status === 'error') ? 'skip' : status;
}
