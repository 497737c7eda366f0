/**
 * A student's page as plain data: what the terminal says as well, gathered by cause, with one denominator for the marks of
 * checks and people together. It is made of what is disclosed, so there is nothing in it to hide.
 */
import type { FeedbackLevel, Grade, Results, TaskGrade } from '../graders/model/grade.ts';
import type { Verdict } from '../graders/model/verdict.ts';
import { viewAsked, type Asked } from './asked.ts';
import { viewCard, type Card } from './cards.ts';
import { causesOf, type Cause } from './causes.ts';
import { count, marks } from './format.ts';
import { viewGiven, type Given } from './given.ts';
import { handedIn } from './handed-in.ts';
import { viewNotebooks, type NotebookView } from './notebook-view.ts';
import { pictureGroups, type PictureGroup } from './pictures/groups.ts';
import { totalOfAll, type Total } from './total.ts';
import { disclosedTo, inOrder, viewDisclosed, type StudentView, type TaskView } from './student-view.ts';
import { typeset } from './typeset.ts';
import type { CheckView } from './view-check.ts';

interface TaskPage extends Omit<TaskView, 'attention' | 'manual'> {
  cards: Card[];
  /** Checks whose cause has its card in an earlier task. */
  elsewhere: { anchor: string; says: string }[];
  byPeople: CheckView[];
  given: Given | undefined;
  drawings: PictureGroup[];
  drawingsSay: string;
}

export interface StudentPage extends Omit<StudentView, 'tasks' | 'total' | 'tally'> {
  /** As people call the student: a name where one is known. */
  name: string;
  handedIn: string[];
  asked: Asked[];
  notebooks: NotebookView[];
  total: Total;
  /** The causes that cost most, at most five. */
  mend: { title: string; anchor: string; task: string; lost: string }[];
  tasks: TaskPage[];
}

/** The page of one submission at the batch's feedback level, or at another one that staff ask for. */
export function viewStudentPage(results: Results, id: string, level: FeedbackLevel = results.feedback): StudentPage {
  const disclosed = disclosedTo(results, id, level);
  const grade = disclosed.submissions[0]!;
  const { tally: _tally, total: _total, ...view } = viewDisclosed(disclosed);
  const tasks = pagesOfTasks(disclosed, grade, view.tasks);
  return {
    ...view,
    // What is said of each cell stands in a section of its own.
    notes: grade.notes,
    notebooks: viewNotebooks(grade),
    name: grade.origin?.name ?? grade.id,
    handedIn: handedIn(grade),
    asked: viewAsked(grade),
    total: totalOfAll(grade),
    mend: mendFirst(tasks),
    tasks,
  };
}

function pagesOfTasks(disclosed: Results, grade: Grade, views: readonly TaskView[]): TaskPage[] {
  // Of a submission that could not be graded no task is shown.
  const shown = grade.tasks.slice(0, views.length);
  const seen = new Map(
    shown.flatMap((task, i) => {
      const checks = [...views[i]!.attention, ...views[i]!.passed];
      return inOrder(task.checks).map((verdict, at): [Verdict, CheckView] => [verdict, checks[at]!]);
    }),
  );
  const about = {
    view: (verdict: Verdict) => seen.get(verdict)!,
    assignment: disclosed.title,
    round: disclosed.round?.fingerprint,
  };
  const causes = causesOf(shown.flatMap(({ checks }) => checks));
  return shown.map((task, i) => {
    const { attention, manual: _manual, ...view } = views[i]!;
    return {
      ...view,
      cards: causes.filter((cause) => startsIn(cause, task)).map((cause) => viewCard(cause, about)),
      elsewhere: causes.flatMap((cause) => elsewhere(cause, task, about.view)),
      byPeople: attention.flatMap((check) => byPeople(check, task)),
      given: viewGiven(task),
      passed: view.passed.map((check) => typeset(check, ['places', 'manual'])),
      drawings: typeset(pictureGroups(task.drawings ?? []), []),
      drawingsSay: task.drawings?.length === 1 ? 'Your plot' : 'Your plots',
    };
  });
}

/** Where marks are given, the rubric stands beside them, and not twice. */
const byPeople = (check: CheckView, { marked }: TaskGrade): CheckView[] =>
  check.manual === undefined
    ? []
    : [{ ...check, manual: marked === undefined ? check.manual : { ...check.manual, rubric: [] } }];

const startsIn = ({ verdicts }: Cause, { checks }: TaskGrade) => checks.includes(verdicts[0]!);

function elsewhere(cause: Cause, task: TaskGrade, view: (verdict: Verdict) => CheckView): TaskPage['elsewhere'] {
  const here = [...cause.verdicts, ...cause.follows].filter((verdict) => task.checks.includes(verdict)).length;
  if (here === 0 || startsIn(cause, task)) return [];
  const first = cause.verdicts[0]!;
  return [{ anchor: view(first).anchor, says: `${count(here, 'check')} for the same reason as in ${first.task}` }];
}

const mendFirst = (tasks: readonly TaskPage[]): StudentPage['mend'] =>
  tasks
    .flatMap((task) => task.cards.map((card) => ({ task: task.id, card })))
    .filter(({ card }) => card.lost > 0 && card.label.tone !== 'idle')
    .sort((a, b) => b.card.lost - a.card.lost)
    .slice(0, 5)
    .map(({ task, card }) => ({ title: card.title, anchor: card.anchor, task, lost: marks(card.lost) }));
